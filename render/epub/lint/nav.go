package lint

import (
	"slices"
	"strings"
)

// nav checks the navigation document (EPUB 3.3 §7).
func (p *page) nav() {
	count := map[string]int{}
	d := p.doc
	for i := range d.nodes {
		n := &d.nodes[i]
		if n.is(nsXHTML, "nav") {
			if types, ok := n.getNS(nsOPS, "type"); ok {
				p.navList(int32(i), n, strings.Fields(types), count)
			}
		}
		if n.space == nsXHTML && isHeading(n.name) && p.label(int32(i)) == "" {
			p.f.at(n.off, "RSC-005", "a heading of the navigation document is empty")
		}
	}
	root := &d.nodes[d.root]
	if count["toc"] != 1 {
		p.f.at(root.off, "RSC-005", "there must be exactly one nav of the type toc: there are %d", count["toc"])
	}
	for _, name := range []string{"page-list", "landmarks"} {
		if count[name] > 1 {
			p.f.at(root.off, "RSC-005", "there must be only one nav of the type %s", name)
		}
	}
}

// navList checks one nav element: a heading, which only toc, page-list and landmarks may lack, and one ordered list.
func (p *page) navList(i int32, n *node, types []string, count map[string]int) {
	main := ""
	for _, name := range []string{"toc", "page-list", "landmarks"} {
		if slices.Contains(types, name) {
			count[name]++
			main = name
		}
	}
	stage := 0 // 0 nothing yet, 1 heading, 2 list
	p.doc.children(i, func(k int32, c *node) {
		switch {
		case (isHeading(c.name) || c.name == "hgroup") && stage == 0:
			stage = 1
		case c.name == "ol" && stage < 2:
			if stage == 0 && main == "" {
				p.f.at(n.off, "RSC-005", "a nav other than toc, page-list and landmarks must begin with a heading")
			}
			stage = 2
			p.navItems(k, c, main, 1)
		default:
			p.f.at(c.off, "RSC-005", "the element %q is not allowed here in a nav: it holds a heading and one ol", c.name)
		}
	})
	if stage < 2 {
		p.f.at(n.off, "RSC-005", "the nav has no ol")
	}
	p.textBeside(i)
	if main == "landmarks" {
		p.landmarks(i)
	}
}

func (p *page) textBeside(i int32) {
	for c := p.doc.nodes[i].first; c != 0; c = p.doc.nodes[c].nxt {
		if m := &p.doc.nodes[c]; m.name == "" && strings.TrimSpace(m.text) != "" {
			p.f.at(m.off, "RSC-005", "text is not allowed here in a nav")
		}
	}
}

// navItems checks the entries of a list: a link, or a link or span with a list under it.
func (p *page) navItems(i int32, ol *node, list string, depth int) {
	if depth > 1 && (list == "page-list" || list == "landmarks") {
		p.f.at(ol.off, "RSC-017", "the %s should have one level only", list)
	}
	items := 0
	p.doc.children(i, func(k int32, li *node) {
		if li.name != "li" {
			p.f.at(li.off, "RSC-005", "the element %q is not allowed in a list of a nav", li.name)
			return
		}
		items++
		p.navItem(k, li, list, depth)
	})
	if items == 0 {
		p.f.at(ol.off, "RSC-005", "a list of a nav must have an entry")
	}
	p.textBeside(i)
}

func (p *page) navItem(i int32, li *node, list string, depth int) {
	label, sub := "", false
	p.doc.children(i, func(k int32, c *node) {
		switch {
		case (c.name == "a" || c.name == "span") && label == "" && !sub:
			label = c.name
			if p.label(k) == "" {
				p.f.at(c.off, "RSC-005", "an entry of the navigation has no text")
			}
			p.navLink(c, list)
		case c.name == "ol" && label != "" && !sub:
			sub = true
			p.navItems(k, c, list, depth+1)
		default:
			p.f.at(c.off, "RSC-005", "the element %q is not allowed here in an entry of a nav", c.name)
		}
	})
	switch {
	case label == "":
		p.f.at(li.off, "RSC-005", "an entry of a nav must begin with a link or a span")
	case label == "span" && !sub:
		p.f.at(li.off, "RSC-005", "an entry without a link must have a list under it")
	}
	p.textBeside(i)
}

// navLink notes a link for the test of the reading order and wants it to lead into the book.
func (p *page) navLink(n *node, list string) {
	href, ok := n.get("href")
	if n.name != "a" || !ok || list == "" {
		return
	}
	to := p.f.quiet(p.dir, href)
	if to.remote() {
		p.f.at(n.off, "NAV-010", "the %s must not link out of the EPUB", list)
		return
	}
	kind := refNavTOC
	if list == "page-list" {
		kind = refNavPages
	} else if list == "landmarks" {
		return
	}
	p.r.refs = append(p.r.refs, reference{kind: kind, to: to, off: n.off, tag: "a"})
}

// label is what a reader shows for i: its text, alternative texts and aria labels.
func (p *page) label(i int32) string {
	end := p.doc.after(i)
	var b strings.Builder
	for k := i; k < end; k++ {
		n := &p.doc.nodes[k]
		b.WriteString(n.text)
		b.WriteString(attrOf(n, "aria-label"))
		if n.name == "img" && n.parent == i {
			b.WriteString(attrOf(n, "alt"))
		}
	}
	return strings.TrimSpace(b.String())
}

// landmarks wants a type on each entry, and no two of the same type to the same place.
func (p *page) landmarks(i int32) {
	end := p.doc.after(i)
	seen := map[string]bool{}
	for k := i; k < end; k++ {
		n := &p.doc.nodes[k]
		if !n.is(nsXHTML, "a") {
			continue
		}
		types, ok := n.getNS(nsOPS, "type")
		if !ok {
			p.f.at(n.off, "RSC-005", "a landmark must have an epub:type")
		}
		for t := range strings.FieldsSeq(strings.ToLower(types)) {
			key := t + " " + strings.ToLower(strings.TrimSpace(attrOf(n, "href")))
			if seen[key] {
				p.f.at(n.off, "RSC-005", "there is another landmark of the type %q to the same place", t)
			}
			seen[key] = true
		}
	}
}
