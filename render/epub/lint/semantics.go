package lint

import "strings"

// epubType checks the words of an epub:type attribute.
func (p *page) epubType(n *node, a *attr) {
	for word := range strings.FieldsSeq(a.value) {
		prefix, name, ok := strings.Cut(word, ":")
		switch {
		case ok && (prefix == "" || name == ""):
			p.f.at(a.off, "OPF-026", "the property %q is malformed", word)
		case ok:
			if p.prefixes[prefix] == "" {
				p.f.at(a.off, "OPF-028", "the prefix %q is not declared", prefix)
			}
		case !structureTypes[word]:
			p.f.at(a.off, "OPF-088", "the epub:type %q is not known", word)
		case deprecatedTypes[word]:
			p.f.at(a.off, "OPF-086b", "the epub:type %q is deprecated", word)
		case overlayOnlyTypes[word]:
			p.f.at(a.off, "OPF-087", "the epub:type %q is for media overlays only", word)
		case word == "index" || word == "glossary":
			p.allows[word] = true
		case word == "region-based" && (n.name != "nav" || !p.r.hasProp("data-nav")):
			p.f.at(a.off, "HTM-052", "region-based is only for the data navigation document")
		}
	}
}

// role checks that the role is one that the element may have.
func (p *page) role(n *node, s *spec, a *attr) {
	allowed := s.roles
	if n.name == "a" && !n.has("href") || allowed == nil {
		allowed = allRoles
	}
	if n.name == "input" {
		return // depends on its type
	}
	if n.name == "img" && n.has("alt") {
		if alt, _ := n.get("alt"); alt == "" && a.value != "none" && a.value != "presentation" && a.value != "doc-cover" {
			allowed = s.roles
		}
	}
	switch {
	case !allowed[a.value]:
		if len(strings.Fields(a.value)) > 1 {
			p.f.at(a.off, "RSC-005", "the role %q must be one word", a.value)
			return
		}
		p.f.at(a.off, "RSC-005", "the role %q is not allowed on %s", a.value, n.name)
	case a.value == "doc-endnote" || a.value == "doc-biblioentry":
		p.f.at(a.off, "RSC-017", "the role %q is deprecated", a.value)
	}
}

// aria checks that an aria attribute exists and has the role that it needs.
func (p *page) aria(n *node, a *attr) {
	name := strings.TrimPrefix(a.local, "aria-")
	switch {
	case globalAria[name]:
		if name == "hidden" && a.value != "true" && a.value != "false" && a.value != "undefined" {
			p.f.at(a.off, "RSC-005", "the value %q of aria-hidden is invalid: it must be true or false", a.value)
		}
	case !roleAria[name]:
		if n.name != "embed" {
			p.f.at(a.off, "RSC-005", "the attribute %q is not known", a.local)
		}
	case n.has("role") || implicitAria[name][n.name] || n.name == "embed":
	default:
		p.f.at(a.off, "RSC-005", "the attribute %q needs a role on %s", a.local, n.name)
	}
}

// idRefs are the attributes that name elements of the same document.
var idRefs = []string{"aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-flowto", "aria-activedescendant"}

// checkIDRefs wants the elements that attributes name by id to be there.
func (p *page) checkIDRefs() {
	charsets := 0
	maps := map[string]bool{}
	for i := range p.doc.nodes {
		n := &p.doc.nodes[i]
		for k := range n.attrs {
			a := &n.attrs[k]
			if a.space != "" {
				continue
			}
			switch {
			case strings.HasPrefix(a.local, "aria-"):
				for _, name := range idRefs {
					if a.local == name {
						p.wantIDs(a)
					}
				}
			case a.local == "headers" && (n.name == "td" || n.name == "th"):
				p.headers(int32(i), a)
			case a.local == "for" && n.name == "label":
				p.wantNamed(a, "button", "input", "meter", "output", "progress", "select", "textarea")
			case a.local == "for" && n.name == "output":
				p.wantIDs(a)
			case a.local == "form" && n.space == nsXHTML:
				p.wantNamed(a, "form")
			case a.local == "list" && n.name == "input":
				p.wantNamed(a, "datalist")
			case (a.local == "xref" || a.local == "indenttarget") && n.space == nsMathML:
				p.wantIDs(a)
			case a.local == "charset" && n.is(nsXHTML, "meta"):
				if charsets++; charsets > 1 {
					p.f.at(a.off, "RSC-005", "the charset must be given only once")
				}
			case a.local == "name" && n.is(nsXHTML, "map"):
				if maps[a.value] {
					p.f.at(a.off, "RSC-005", "the map name %q is given twice", a.value)
				}
				maps[a.value] = true
			}
		}
	}
}

func (p *page) wantIDs(a *attr) {
	for id := range strings.FieldsSeq(a.value) {
		if p.doc.ids[id] == 0 {
			p.f.at(a.off, "RSC-005", "%s names %q, but no element of the document has this id", a.local, id)
		}
	}
}

func (p *page) wantNamed(a *attr, elements ...string) {
	target := p.doc.ids[strings.TrimSpace(a.value)]
	for _, e := range elements {
		if target != 0 && p.doc.nodes[target].name == e {
			return
		}
	}
	p.f.at(a.off, "RSC-005", "%s names %q, but no element of the right kind has this id", a.local, a.value)
}

// headers wants the header cells named to lie in the same table.
func (p *page) headers(i int32, a *attr) {
	table := func(i int32) int32 {
		for i = p.doc.nodes[i].parent; i != 0 && !p.doc.nodes[i].is(nsXHTML, "table"); {
			i = p.doc.nodes[i].parent
		}
		return i
	}
	for id := range strings.FieldsSeq(a.value) {
		if t := p.doc.ids[id]; t == 0 || p.doc.nodes[t].name != "th" || table(t) != table(i) {
			p.f.at(a.off, "RSC-005", "headers names %q, but no header cell of the table has this id", id)
		}
	}
}

// checkProperties compares what the document holds with the properties of its item (EPUB 3.3 §5.6.2).
func (p *page) checkProperties() {
	for _, name := range []string{"mathml", "remote-resources", "scripted", "svg", "switch"} {
		switch has := p.r.hasProp(name); {
		case p.needs[name] && !has:
			p.f.whole("OPF-014", "the item in the manifest must have the property %q", name)
		case !p.needs[name] && has && name == "remote-resources":
			if p.needs["scripted"] {
				p.f.whole("OPF-018b", "the property remote-resources is given, but no remote resource was found")
			} else {
				p.f.whole("OPF-018", "the property remote-resources is given, but there is no remote resource")
			}
		case !p.needs[name] && has && !p.allows[name]:
			p.f.whole("OPF-015", "the item in the manifest has the property %q, but the document holds no such thing", name)
		}
	}
}
