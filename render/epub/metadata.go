package epub

import (
	"cmp"
	"crypto/sha1"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/xhtml"
)

// identifier returns the publication's identifier: the book's own, or one that depends on title and creators only.
func (p *publication) identifier() string {
	if id := strings.TrimSpace(p.book.Meta.Identifier); id != "" {
		return id
	}
	var names []string
	for _, c := range p.book.Meta.Creators {
		names = append(names, c.Name)
	}
	return "urn:uuid:" + uuid5(p.title+"\x00"+strings.Join(names, "\x00"))
}

// uuid5 returns a name-based UUID (RFC 9562 §5.5) in the name space of URLs, below a URL of this program.
func uuid5(name string) string {
	h := sha1.New()
	h.Write([]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8})
	h.Write([]byte("https://github.com/evbook/evbook#" + name))
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// metaWriter writes metadata elements: Dublin Core elements, and meta elements that refine them.
type metaWriter struct {
	w *xhtml.Writer
}

func (m metaWriter) dc(element, text, id string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	m.w.Element("dc:"+element, text, xhtml.Opt("id", id))
	m.w.Line()
}

func (m metaWriter) property(property, text string, attrs ...xhtml.Attr) {
	if strings.TrimSpace(text) == "" {
		return
	}
	m.w.Element("meta", text, append([]xhtml.Attr{xhtml.A("property", property)}, attrs...)...)
	m.w.Line()
}

func (m metaWriter) refine(id, property, text string, attrs ...xhtml.Attr) {
	m.property(property, text, append([]xhtml.Attr{xhtml.A("refines", "#"+id)}, attrs...)...)
}

// link refines by a resource in the web.
func (m metaWriter) link(rel, id, href string) {
	m.w.Void("link", xhtml.A("rel", rel), xhtml.A("refines", "#"+id), xhtml.A("href", href))
	m.w.Line()
}

// legacy writes a meta element of EPUB 2. The name stands before the content: some readers look for just that.
func (m metaWriter) legacy(name, content string) {
	if strings.TrimSpace(content) == "" {
		return
	}
	m.w.Void("meta", xhtml.A("name", name), xhtml.A("content", content))
	m.w.Line()
}

func (p *publication) metadata(w *xhtml.Writer) {
	meta := &p.book.Meta
	w.Start("metadata", xhtml.A("xmlns:dc", "http://purl.org/dc/elements/1.1/"))
	w.Line()
	m := metaWriter{w}
	m.dc("identifier", p.identifier(), "id")
	for _, id := range meta.Identifiers {
		m.dc("identifier", id, "")
	}
	m.dc("title", p.title, "title")
	m.refine("title", "title-type", "main")
	if strings.TrimSpace(meta.Subtitle) != "" {
		m.refine("title", "display-seq", "1")
		m.dc("title", meta.Subtitle, "subtitle")
		m.refine("subtitle", "title-type", "subtitle")
		m.refine("subtitle", "display-seq", "2")
	}
	for _, lang := range p.languages() {
		m.dc("language", lang, "")
	}
	p.people(m)
	m.dc("date", meta.Date.String(), "")
	m.dc("publisher", meta.Publisher, "")
	m.dc("description", meta.Description, "")
	p.subjectCodes(m)
	m.dc("rights", meta.Rights, "")
	if meta.RightsLink != "" {
		w.Void("link", xhtml.A("rel", "dcterms:license"), xhtml.A("href", meta.RightsLink))
		w.Line()
	}
	m.property("dcterms:modified", modified(p.job.Time))
	if meta.Series != "" {
		m.property("belongs-to-collection", meta.Series, xhtml.A("id", "series"))
		m.refine("series", "collection-type", "series")
		m.refine("series", "group-position", position(meta.SeriesIndex))
	}
	if source := p.pageSource(); source != "" {
		m.dc("source", source, "source")
		m.property("pageBreakSource", source)
	}
	p.accessibility(m)
	if len(p.fonts) > 0 {
		m.property("ibooks:specified-fonts", "true")
	}
	if p.cover != nil {
		m.legacy("cover", itemID(pictureFolder+p.cover.Name))
	}
	m.legacy("generator", p.job.Generator)
	m.legacy("calibre:series", meta.Series)
	if meta.Series != "" {
		m.legacy("calibre:series_index", position(meta.SeriesIndex))
	}
	w.End()
	w.Line()
}

// subjectCodes writes the subjects, those in a published scheme with its name and their term (EPUB 3.3 §5.5.3.2.12).
func (p *publication) subjectCodes(m metaWriter) {
	codes := map[string]tree.SubjectCode{}
	for _, c := range p.book.Meta.SubjectCodes {
		codes[c.Subject] = c
	}
	for i, s := range p.subjects() {
		c, ok := codes[s]
		if !ok {
			m.dc("subject", s, "")
			continue
		}
		id := "subject-" + strconv.Itoa(i+1)
		m.dc("subject", s, id)
		m.refine(id, "authority", c.Authority)
		m.refine(id, "term", c.Term)
	}
}

// position returns a place in a series in the form that is allowed: numbers joined by stops; nothing for any other.
func position(s string) string {
	for part := range strings.SplitSeq(s, ".") {
		if _, err := strconv.ParseUint(part, 10, 32); err != nil {
			return ""
		}
	}
	return s
}

// languages returns the book's language and those of talks in other languages.
func (p *publication) languages() []string {
	list := []string{p.lang}
	seen := map[string]bool{strings.ToLower(p.lang): true}
	for _, d := range p.docs {
		if key := strings.ToLower(d.lang); !seen[key] {
			seen[key] = true
			list = append(list, d.lang)
		}
	}
	return list
}

// credit is one person with everything that he or she did for the book.
type credit struct {
	tree.Person
	roles []string
}

// people writes creators, contributors, and the speakers of all talks as contributors, each person once.
func (p *publication) people(m metaWriter) {
	var creators, contributors []*credit
	known := map[string]*credit{}
	add := func(list *[]*credit, person tree.Person, role string) {
		if strings.TrimSpace(person.Name) == "" {
			return
		}
		role = marcRole(person.Role, role)
		key := cmp.Or(person.ID, strings.ToLower(person.Name))
		c := known[key]
		if c == nil {
			c = &credit{Person: person}
			known[key] = c
			*list = append(*list, c)
		}
		if slices.Contains(c.roles, role) {
			return
		}
		c.roles = append(c.roles, role)
	}
	for _, c := range p.book.Meta.Creators {
		add(&creators, c, "aut")
	}
	for _, c := range p.book.Meta.Contributor {
		add(&contributors, c, "ctb")
	}
	for t := range p.book.AllTalks() {
		for _, s := range t.Speakers {
			s.Role = "" // a speaker in a talk's header is a speaker
			add(&contributors, s, "spk")
		}
	}
	for i, c := range creators {
		m.person("creator", "creator"+strconv.Itoa(i+1), c, i+1)
	}
	for i, c := range contributors {
		m.person("contributor", "contributor"+strconv.Itoa(i+1), c, 0)
	}
}

func (m metaWriter) person(element, id string, c *credit, seq int) {
	m.dc(element, c.Name, id)
	for _, role := range c.roles {
		m.refine(id, "role", role, xhtml.A("scheme", "marc:relators"))
	}
	m.refine(id, "file-as", sortName(c.Person))
	if seq > 0 {
		m.refine(id, "display-seq", strconv.Itoa(seq))
	}
}

// sortName returns a person's name as it is sorted. Without one given, the last word comes first; a name with a small word
// after a capital one, or a leading article, is an organisation's and is not turned round.
func sortName(person tree.Person) string {
	if person.Sort != "" {
		return person.Sort
	}
	words := strings.Fields(person.Name)
	if len(words) < 2 {
		return person.Name
	}
	if words[0] == "The" {
		return strings.Join(words[1:], " ") + ", The"
	}
	last := []rune(words[len(words)-1])
	if !unicode.IsUpper(last[0]) {
		return person.Name
	}
	family := len(words) - 1
	for family > 1 && unicode.IsLower([]rune(words[family-1])[0]) { // van, de, von der
		family--
	}
	return strings.Join(words[family:], " ") + ", " + strings.Join(words[:family], " ")
}

// marcRole returns the MARC relator code of a role, or the given one if the role is none.
func marcRole(role, otherwise string) string {
	role = strings.ToLower(strings.TrimSpace(role))
	if len(role) == 3 && strings.Contains(marcRelators, " "+role+" ") {
		return role
	}
	return otherwise
}

// marcRelators are the codes of the MARC Code List for Relators, Library of Congress.
const marcRelators = " abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att auc aud " +
	"aui aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr cli cll clr clt cmm cmp cmt cnd cng cns coe col " +
	"com con cop cor cos cot cou cov cpc cpe cph cpl cpt cre crp crr crt csl csp cst ctb cte ctg ctr cts ctt cur cwt dbd dbp " +
	"dfd dfe dft dgc dgg dgs dis djo dln dnc dnr dpb dpc dpt drm drt dsr dst dtc dte dtm dto dub edc edd edm edt egr elg elt " +
	"eng enj etr evp exp fac fds fld flm fmd fmk fmo fmp fnd fon fpy frg gdv gis gon grt his hnr hst ill ilu ins inv isb itr " +
	"ive ivr jud jug lbr lbt ldr led lee lel len let lgd lie lil lit lsa lse lso ltg ltr lyr mcp mdc med mfp mfr mka mod mon " +
	"mrb mrk msd mte mtk mup mus mxe nan nrt onp opn org orm osp oth own pad pan pat pbd pbl pdr pfr pht plt pma pmn pop ppm " +
	"ppt pra prc prd pre prf prg prm prn pro prp prs prt prv pta pte ptf pth ptt pup rap rbr rcd rce rcp rdd red ren res rev " +
	"rpc rps rpt rpy rse rsg rsp rsr rst rth rtm rxa sad sce scl scr sde sds sec sfx sgd sgn sht sll sng spk spn spy srv std " +
	"stg stl stm stn str swd tad tau tcd tch ths tld tlg tlh tlp trc trl tyd tyg uvp vac vdg vfx voc wac wal wam wat waw wdc " +
	"wde wfs wft win wit wpr wst wts "
