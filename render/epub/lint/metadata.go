package lint

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
)

// metadata checks the metadata element.
func (p *packageDoc) metadata() {
	if p.version == "2.0" {
		p.metadata2()
		return
	}
	m := &metaCheck{p: p, f: p.file, byID: map[string]*node{}, said: map[string]bool{}, once: map[string]int{}}
	for i := range p.doc.nodes {
		n := &p.doc.nodes[i]
		if id, ok := n.get("id"); ok && n.name != "" {
			m.byID[strings.TrimSpace(id)] = n
		}
	}
	count := map[string]int{}
	section := p.section("metadata", func(i int32, n *node) {
		text := strings.TrimSpace(p.doc.content(i))
		switch {
		case n.space == nsDC:
			count[n.name]++
			m.dc(n, text)
		case n.is(nsOPF, "meta"):
			if n.has("property") {
				m.meta(n, text)
			} else {
				m.meta2(n)
			}
		case n.is(nsOPF, "link"):
			m.link(n)
		default:
			m.f.at(n.off, "RSC-005", "the element %q is not allowed in the metadata", n.name)
		}
	})
	if section == nil {
		return
	}
	for _, name := range []string{"identifier", "title", "language"} {
		if count[name] == 0 {
			m.f.at(section.off, "RSC-005", "the metadata has no dc:%s", name)
		}
	}
	if count["date"] > 1 {
		m.f.at(section.off, "RSC-005", "the metadata may have only one dc:date")
	}
	if n := m.once["dcterms:modified"]; n != 1 {
		m.f.at(section.off, "RSC-005", "the metadata must have dcterms:modified exactly once: it is there %d times", n)
	}
	for _, name := range []string{"rendition:flow", "rendition:layout", "rendition:orientation", "rendition:spread", "media:active-class", "media:playback-active-class"} {
		if m.once[name] > 1 {
			m.f.at(section.off, "RSC-005", "%s must not be given more than once", name)
		}
	}
	m.subjects()
}

// metadata2 checks what EPUB 2 asks.
func (p *packageDoc) metadata2() {
	count := map[string]int{}
	var visit func(i int32, n *node)
	visit = func(i int32, n *node) {
		if n.is(nsOPF, "dc-metadata") || n.is(nsOPF, "x-metadata") {
			p.doc.children(i, visit)
			return
		}
		if n.space != nsDC {
			return
		}
		count[n.name]++
		text := strings.TrimSpace(p.doc.content(i))
		switch {
		case text == "" && (n.name == "title" || n.name == "language"):
			p.file.at(n.off, "OPF-055", "dc:%s is empty", n.name)
		case text == "" && n.name == "identifier":
			p.file.at(n.off, "RSC-005", "dc:identifier is empty")
		case text == "":
			p.file.at(n.off, "OPF-072", "dc:%s is empty", n.name)
		case n.name == "date" && !isDate(text):
			p.file.at(n.off, "OPF-054", "%q is not a date of the form YYYY-MM-DD", text)
		}
	}
	section := p.section("metadata", visit)
	if section == nil {
		return
	}
	for _, name := range []string{"identifier", "title", "language"} {
		if count[name] == 0 {
			p.file.at(section.off, "RSC-005", "the metadata has no dc:%s", name)
		}
	}
}

type metaCheck struct {
	p       *packageDoc
	f       *file
	byID    map[string]*node
	said    map[string]bool // "property refines" once seen
	once    map[string]int  // primary properties
	subject []subjectPair
}

type subjectPair struct {
	n               *node
	authority, term int
}

var dcElements = names("identifier title language date source type format creator subject description publisher contributor relation coverage rights")

// dcPlain are the elements that take an id and nothing else.
var dcPlain = names("identifier language date type format")

func (m *metaCheck) dc(n *node, text string) {
	if !dcElements[n.name] {
		m.f.at(n.off, "RSC-005", "dc:%s is not an element of Dublin Core", n.name)
		return
	}
	if text == "" {
		m.f.at(n.off, "RSC-005", "dc:%s is empty", n.name)
		return
	}
	if dcPlain[n.name] {
		m.p.allow(n, "id")
		if _, ok := n.getNS(nsXML, "lang"); ok {
			m.f.at(n.off, "RSC-005", "xml:lang is not allowed on dc:%s", n.name)
		}
	} else {
		m.p.allow(n, "id", "dir")
		m.i18n(n)
	}
	switch n.name {
	case "language":
		if !isWellFormedTag(text) {
			m.f.at(n.off, "OPF-092", "%q is not a well-formed language tag", text)
		}
	case "date":
		if !isDate(text) {
			m.f.at(n.off, "OPF-053", "%q is not a date of the form YYYY-MM-DD", text)
		}
	case "identifier":
		id, _ := n.get("id")
		uid, _ := m.p.doc.nodes[m.p.doc.root].get("unique-identifier")
		if uuid, ok := strings.CutPrefix(text, "urn:uuid:"); ok && id != "" && strings.TrimSpace(id) == strings.TrimSpace(uid) && !uuidPattern.MatchString(uuid) {
			m.f.at(n.off, "OPF-085", "%q is not a UUID", uuid)
		}
	case "subject":
		m.subject = append(m.subject, subjectPair{n: n})
	}
}

var uuidPattern = lazyregexp.New(`^[0-9a-fA-F]{1,8}-[0-9a-fA-F]{1,4}-[0-9a-fA-F]{1,4}-[0-9a-fA-F]{1,4}-[0-9a-fA-F]{1,12}$`)

func (m *metaCheck) i18n(n *node) {
	if lang, ok := n.getNS(nsXML, "lang"); ok && lang != "" && !isLanguage(lang) {
		m.f.at(n.off, "RSC-005", "the language %q is not a language tag", lang)
	}
	if dir, ok := n.get("dir"); ok && dir != "ltr" && dir != "rtl" && dir != "auto" {
		m.f.at(n.off, "RSC-005", "dir must be ltr, rtl or auto")
	}
}

// meta2 checks a meta element of EPUB 2, such as the one that names the cover.
func (m *metaCheck) meta2(n *node) {
	m.p.allow(n, "name", "content")
	if !n.has("name") || !n.has("content") {
		m.f.at(n.off, "RSC-005", "a meta element needs property, or name and content")
	}
}

var modifiedPattern = lazyregexp.New(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)

func (m *metaCheck) meta(n *node, text string) {
	m.p.allow(n, "property", "refines", "id", "scheme", "dir")
	m.i18n(n)
	property, _ := n.get("property")
	property = strings.TrimSpace(property)
	switch {
	case property == "":
		m.f.at(n.off, "RSC-005", "the property of a meta element is empty")
		return
	case len(strings.Fields(property)) > 1:
		m.f.at(n.off, "OPF-025", "%q is more than one property", property)
		return
	}
	if text == "" {
		m.f.at(n.off, "RSC-005", "the meta element of %s is empty", property)
	}
	if !m.f.property(n.off, property, m.p.prefixes, metaVocab) {
		return
	}
	if scheme, ok := n.get("scheme"); ok {
		if len(strings.Fields(scheme)) != 1 {
			m.f.at(n.off, "OPF-025", "the scheme %q must be one property", scheme)
		} else {
			m.f.property(n.off, strings.TrimSpace(scheme), m.p.prefixes, metaVocab)
		}
	}
	refines, refined := n.get("refines")
	refines = strings.TrimSpace(refines)
	target := m.refines(n, refines, refined)
	if !refined {
		m.once[property]++
	}
	m.values(n, property, text, refined)
	m.relations(n, property, refines, refined, target)
}

// refines resolves the attribute of n and returns the element meant.
func (m *metaCheck) refines(n *node, refines string, ok bool) *node {
	if !ok {
		return nil
	}
	if _, _, absolute := cutScheme(refines); absolute {
		m.f.at(n.off, "RSC-005", "refines must be a relative URL")
		return nil
	}
	id, fragment := strings.CutPrefix(refines, "#")
	if !fragment {
		return nil
	}
	target := m.byID[id]
	if target == nil {
		m.f.at(n.off, "RSC-005", "refines names %q, but no element has this id", id)
	}
	return target
}

// renditionValues are the values that each property of fixed layouts takes.
var renditionValues = map[string]string{
	"rendition:flow":        "paginated scrolled-continuous scrolled-doc auto",
	"rendition:layout":      "reflowable pre-paginated",
	"rendition:orientation": "landscape portrait auto",
	"rendition:spread":      "none landscape portrait both auto",
}

var clockPattern = lazyregexp.New(`^(\d+:[0-5]\d:[0-5]\d(\.\d+)?|[0-5]\d:[0-5]\d(\.\d+)?|\d+(\.\d+)?(h|min|s|ms)?)$`)

func (m *metaCheck) values(n *node, property, text string, refined bool) {
	switch property {
	case "dcterms:modified":
		if !modifiedPattern.MatchString(text) {
			m.f.at(n.off, "RSC-005", "dcterms:modified must have the form CCYY-MM-DDThh:mm:ssZ, not %q", text)
		}
	case "rendition:viewport":
		m.f.at(n.off, "OPF-086", "rendition:viewport is deprecated")
	case "meta-auth":
		m.f.at(n.off, "RSC-017", "meta-auth is deprecated")
	case "media:duration":
		if !clockPattern.MatchString(text) {
			m.f.at(n.off, "RSC-005", "media:duration must be a clock value, not %q", text)
		}
	case "media:active-class", "media:playback-active-class":
		if refined || len(strings.Fields(text)) > 1 {
			m.f.at(n.off, "RSC-005", "%s must be one class name and refine nothing", property)
		}
	}
	if values, ok := renditionValues[property]; ok {
		if refined {
			m.f.at(n.off, "RSC-005", "%s must not refine anything", property)
		}
		if !names(values)[text] {
			m.f.at(n.off, "RSC-005", "the value of %s must be one of %s", property, strings.Join(strings.Fields(values), ", "))
		}
		if property == "rendition:layout" && text == "pre-paginated" {
			m.p.fixed = true
		}
		if property == "rendition:spread" && text == "portrait" {
			m.f.at(n.off, "OPF-086", `the value "portrait" of rendition:spread is deprecated`)
		}
	}
}

// refinable are the elements that a property may refine, and whether it must.
var refinable = map[string][]string{
	"authority":       {"subject"},
	"term":            {"subject"},
	"identifier-type": {"identifier", "source"},
	"role":            {"creator", "contributor", "publisher"},
	"source-of":       {"source"},
	"title-type":      {"title"},
}

// single are the properties that refine one thing only once.
var single = names("collection-type display-seq file-as group-position identifier-type source-of title-type")

func (m *metaCheck) relations(n *node, property, refines string, refined bool, target *node) {
	if allowed, ok := refinable[property]; ok && (target == nil || target.space != nsDC || !slices.Contains(allowed, target.name)) {
		m.f.at(n.off, "RSC-005", "the property %s must refine dc:%s", property, strings.Join(allowed, " or dc:"))
	}
	collection := target != nil && target.is(nsOPF, "meta") && hasValue(target, "property", "belongs-to-collection")
	switch property {
	case "belongs-to-collection":
		if refined && !collection {
			m.f.at(n.off, "RSC-005", "belongs-to-collection can only refine another belongs-to-collection")
		}
	case "collection-type":
		if !collection {
			m.f.at(n.off, "RSC-005", "collection-type must refine a belongs-to-collection")
		}
	case "source-of":
		if i := m.index(n); i >= 0 && strings.TrimSpace(m.p.doc.content(i)) != "pagination" {
			m.f.at(n.off, "RSC-005", `the value of source-of must be "pagination"`)
		}
	}
	for i := range m.subject {
		if m.subject[i].n == target && target != nil {
			switch property {
			case "authority":
				m.subject[i].authority++
			case "term":
				m.subject[i].term++
			}
		}
	}
	if single[property] {
		key := property + " " + refines
		if m.said[key] {
			m.f.at(n.off, "RSC-005", "%s is given twice for the same thing", property)
		}
		m.said[key] = true
	}
}

func (m *metaCheck) index(n *node) int32 {
	for i := range m.p.doc.nodes {
		if &m.p.doc.nodes[i] == n {
			return int32(i)
		}
	}
	return -1
}

func hasValue(n *node, name, value string) bool {
	v, _ := n.get(name)
	return strings.TrimSpace(v) == value
}

func (m *metaCheck) subjects() {
	for _, s := range m.subject {
		switch {
		case s.authority > 1 || s.term > 1:
			m.f.at(s.n.off, "RSC-005", "a subject can have only one authority and one term")
		case s.authority != s.term:
			m.f.at(s.n.off, "RSC-005", "authority and term of a subject must be given together")
		}
	}
}

func (m *metaCheck) link(n *node) {
	m.p.allow(n, "href", "hreflang", "rel", "id", "refines", "media-type", "properties")
	href, hasHref := n.get("href")
	rel, hasRel := n.get("rel")
	if !hasHref || !hasRel {
		m.f.at(n.off, "RSC-005", "a link needs href and rel")
	}
	rels := m.f.properties(n.off, rel, m.p.prefixes, linkRelVocab)
	props, _ := n.get("properties")
	m.f.properties(n.off, props, m.p.prefixes, linkVocab)
	if slices.Contains(rels, "alternate") && len(rels) > 1 {
		m.f.at(n.off, "OPF-089", "alternate must be the only relation of its link")
	}
	for _, r := range rels {
		if strings.HasSuffix(r, "-record") || r == "xml-signature" {
			m.f.at(n.off, "OPF-086", "the relation %q is deprecated", r)
		}
	}
	if lang, _ := n.get("hreflang"); lang != "" && !isWellFormedTag(lang) {
		m.f.at(n.off, "OPF-092", "%q is not a well-formed language tag", lang)
	}
	refines, refined := n.get("refines")
	m.refines(n, strings.TrimSpace(refines), refined)
	record, voicing := slices.Contains(rels, "record"), slices.Contains(rels, "voicing")
	if record && refined || voicing && !refined {
		m.f.at(n.off, "RSC-005", "a record is about the whole book, a voicing refines something")
	}
	if !hasHref {
		return
	}
	to := m.f.resolve(n.off, m.p.dir, href)
	mediaType, hasType := n.get("media-type")
	switch {
	case to.scheme == "data":
		m.f.at(n.off, "RSC-029", "a data URL must not be linked")
		return
	case !to.remote() && to.path == m.p.path && to.fragment != "":
		m.f.at(n.off, "OPF-098", "a link must not point into the package document")
		return
	case !hasType && !to.remote():
		m.f.at(n.off, "OPF-093", "a link into the EPUB needs a media-type")
	case !hasType && (record || voicing):
		m.f.at(n.off, "OPF-094", "a link with the relation %q needs a media-type", rel)
	case hasType && voicing && !audioType(mediaType):
		m.f.at(n.off, "OPF-095", "a voicing must be audio, not %q", mediaType)
	}
	m.p.self.refs = append(m.p.self.refs, reference{kind: refMeta, to: to, off: n.off, tag: "link"})
}
