package lint

import (
	"slices"
	"strings"
	"sync"
)

// model says what an element may hold.
type model uint8

const (
	modelNone        model = iota // nothing
	modelText                     // characters only
	modelPhrasing                 // text and inline elements
	modelFlow                     // text, inline and block elements
	modelTransparent              // what the parent may hold
	modelList                     // only the elements listed
	modelAny                      // anything
)

// spec is what the HTML Standard, in XML syntax, says about an element.
type spec struct {
	name           string
	flow, phrasing bool // may stand where such content is expected
	model          model
	extra          map[string]bool // children beside the model
	attrs          map[string]string
	required       []string
	roles          map[string]bool // nil: any role
	noType         bool            // no epub:type
}

// elementTable lists the elements of HTML: name, category (F flow, P phrasing and flow, - neither), model with the
// children allowed beside it, attributes with their type ("!" required), and roles ("*" any, EPUBCheck 5.3's reading of
// ARIA in HTML). The attributes that every element has are globalAttrs.
const elementTable = `
html       | - | list head body | epub:prefix | -
head       | - | list title base link meta style script template | - | -
title      | - | text | - | -
base       | - | none | href target | -
link       | P | none | rel href as integrity hreflang media type=mime referrerpolicy sizes color disabled scope updateviacache workertype imagesrcset imagesizes fetchpriority crossorigin blocking | link
meta       | P | none | name content charset http-equiv media | -
style      | - | any | type media blocking | -
script     | P | any | src=ref type charset async defer nomodule language integrity crossorigin blocking fetchpriority referrerpolicy | -
template   | P | any | - | -
body       | - | flow | onafterprint onbeforeprint onbeforeunload onhashchange onlanguagechange onmessage onmessageerror onoffline ononline onpagehide onpageshow onpopstate onrejectionhandled onstorage onunhandledrejection onunload | application document none presentation
section    | F | flow | - | alert alertdialog application banner complementary contentinfo dialog doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-bibliography doc-chapter doc-colophon doc-conclusion doc-credit doc-credits doc-dedication doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example doc-foreword doc-glossary doc-index doc-introduction doc-notice doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-toc document feed group log main marquee navigation none note presentation region search status tabpanel
nav        | F | flow | - | doc-index doc-pagelist doc-toc menu menubar navigation none presentation tablist
article    | F | flow | - | application article document feed main none presentation region
aside      | F | flow | - | complementary doc-dedication doc-example doc-footnote doc-glossary doc-pullquote doc-tip feed none note presentation region search
h1         | F | phrasing | - | doc-subtitle heading none presentation tab
h2         | F | phrasing | - | doc-subtitle heading none presentation tab
h3         | F | phrasing | - | doc-subtitle heading none presentation tab
h4         | F | phrasing | - | doc-subtitle heading none presentation tab
h5         | F | phrasing | - | doc-subtitle heading none presentation tab
h6         | F | phrasing | - | doc-subtitle heading none presentation tab
hgroup     | F | list h1 h2 h3 h4 h5 h6 p script template | - | *
header     | F | flow | - | banner doc-footnote group none presentation
footer     | F | flow | - | contentinfo doc-footnote group none presentation
address    | F | flow | - | *
main       | F | flow | - | main
search     | F | flow | - | form group none presentation region search
p          | F | phrasing | - | *
hr         | F | none | - | doc-pagebreak none presentation separator
pre        | F | phrasing | - | *
blockquote | F | flow | cite=uri | *
ol         | F | list li script template | start=int reversed=bool type=1|a|A|i|I | directory group list listbox menu menubar none presentation radiogroup tablist toolbar tree
ul         | F | list li script template | - | directory group list listbox menu menubar none presentation radiogroup tablist toolbar tree
menu       | F | list li script template | - | directory group list listbox menu menubar none presentation radiogroup tablist toolbar tree
li         | - | flow | value=int | doc-biblioentry doc-endnote listitem menuitem menuitemcheckbox menuitemradio none option presentation radio separator tab treeitem
dl         | F | list dt dd div script template | - | group list none presentation
dt         | - | flow | - | listitem term
dd         | - | flow | - | definition
div        | F | flow | - | *
figure     | F | flow figcaption | - | *
figcaption | - | flow | - | group none presentation
table      | F | list caption colgroup thead tbody tfoot tr script template | border=|1 | *
caption    | - | flow | - | -
colgroup   | - | list col script template | span=pint | -
col        | - | none | span=pint | -
thead      | - | list tr script template | - | *
tbody      | - | list tr script template | - | *
tfoot      | - | list tr script template | - | *
tr         | - | list td th script template | - | *
td         | - | flow | colspan=pint rowspan=uint headers | *
th         | - | flow | colspan=pint rowspan=uint headers scope=row|col|rowgroup|colgroup | *
a          | P | transparent | href=uri target download ping rel hreflang=lang type=mime referrerpolicy name=token | button checkbox doc-backlink doc-biblioref doc-glossref doc-noteref link menuitem menuitemcheckbox menuitemradio option radio switch tab treeitem
em         | P | phrasing | - | *
strong     | P | phrasing | - | *
small      | P | phrasing | - | *
s          | P | phrasing | - | *
cite       | P | phrasing | - | *
q          | P | phrasing | cite=uri | *
dfn        | P | phrasing | - | *
abbr       | P | phrasing | - | *
data       | P | phrasing | value! | *
time       | P | phrasing | datetime | *
code       | P | phrasing | - | *
var        | P | phrasing | - | *
samp       | P | phrasing | - | *
kbd        | P | phrasing | - | *
sub        | P | phrasing | - | *
sup        | P | phrasing | - | *
i          | P | phrasing | - | *
b          | P | phrasing | - | *
u          | P | phrasing | - | *
mark       | P | phrasing | - | *
bdi        | P | phrasing | - | *
bdo        | P | phrasing | - | *
span       | P | phrasing | - | *
slot       | P | transparent | name | *
br         | P | none | - | none presentation
wbr        | P | none | - | none presentation
ruby       | P | phrasing rb rt rtc rp | - | *
rb         | - | phrasing | - | *
rt         | - | phrasing | - | *
rtc        | - | phrasing rt rp | - | *
rp         | - | text | - | *
ins        | P | transparent | cite=uri datetime | *
del        | P | transparent | cite=uri datetime | *
img        | P | none | src=ref! srcset sizes alt height=uint width=uint usemap ismap=bool decoding=sync|async|auto loading=lazy|eager fetchpriority=high|low|auto border=0 referrerpolicy crossorigin | button checkbox doc-cover img link math menuitem menuitemcheckbox menuitemradio none option presentation progressbar radio scrollbar separator slider switch tab treeitem
picture    | P | list source img script template | - | -
source     | - | none | src=ref type=mime media srcset sizes width=uint height=uint | -
iframe     | P | none | src=ref srcdoc name width=uint height=uint loading=lazy|eager sandbox allowfullscreen allow referrerpolicy | application document img none presentation
embed      | P | none | src=ref type=mime height=uint width=uint | application document img none presentation
object     | P | transparent param | data=ref type=mime height=uint width=uint usemap name form | application document img
param      | - | none | name! value! | -
video      | P | transparent source track | src=ref crossorigin poster=ref preload autoplay loop muted controls width=uint height=uint playsinline | application
audio      | P | transparent source track | src=ref crossorigin preload autoplay loop muted controls | application
track      | - | none | kind=subtitles|captions|descriptions|chapters|metadata src=ref! srclang=lang label default | -
map        | P | transparent | name! | -
area       | P | none | alt coords shape href=uri target download ping rel hreflang type=mime | button link
canvas     | P | transparent | width=uint height=uint | *
form       | F | flow | accept-charset action autocomplete enctype method name novalidate target rel | form none presentation search
fieldset   | F | flow legend | disabled form name | group none presentation radiogroup
legend     | - | phrasing h1 h2 h3 h4 h5 h6 hgroup | - | -
label      | P | phrasing | for | -
input      | P | none | accept alt autocomplete checked dirname disabled form formaction formenctype formmethod formnovalidate formtarget height list max maxlength min minlength multiple name pattern placeholder popovertarget popovertargetaction readonly required size src step type value width | button checkbox combobox link menuitem menuitemcheckbox menuitemradio option radio searchbox slider spinbutton switch tab textbox
button     | P | phrasing | disabled form formaction formenctype formmethod formnovalidate formtarget name popovertarget popovertargetaction type value | button checkbox combobox link menuitem menuitemcheckbox menuitemradio option radio switch tab
select     | P | list option optgroup script template | autocomplete disabled form multiple name required size | combobox listbox menu
datalist   | P | phrasing option | - | -
optgroup   | - | list option script template | disabled label! | group
option     | - | text | disabled label selected value | option
textarea   | P | text | autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows wrap | textbox
output     | P | phrasing | for form name | *
progress   | P | phrasing | value max | progressbar
meter      | P | phrasing | value! min max low high optimum | -
details    | F | flow summary | open=bool name | group
summary    | - | phrasing h1 h2 h3 h4 h5 h6 hgroup | - | button
dialog     | F | flow | open | alertdialog
`

// allRoles are the roles of ARIA 1.2, the graphics and the publishing module.
var allRoles = names(`alert alertdialog application article banner button cell checkbox columnheader combobox complementary contentinfo
	definition dialog directory doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry
	doc-bibliography doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits doc-dedication
	doc-endnote doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref
	doc-index doc-introduction doc-noteref doc-notice doc-pagebreak doc-pagelist doc-part doc-preface doc-prologue doc-pullquote
	doc-qna doc-subtitle doc-tip doc-toc document feed figure form graphics-document graphics-object graphics-symbol grid gridcell
	group heading img link list listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio
	navigation none note option presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox
	separator slider spinbutton status switch tab table tablist tabpanel term textbox timer toolbar tooltip tree treegrid treeitem`)

// globalAttrs are the attributes of every element, those of microdata and RDFa among them.
var globalAttrs = map[string]string{
	"id": "token", "dir": "ltr|rtl|auto", "lang": "lang", "tabindex": "int", "translate": "|yes|no", "hidden": "|hidden|until-found",
	"contenteditable": "|true|plaintext-only|false", "draggable": "true|false", "spellcheck": "|true|false", "popover": "|auto|manual|hint",
	"autofocus": "|autofocus", "inert": "|inert", "inputmode": "none|text|tel|url|email|numeric|decimal|search",
	"autocapitalize": "off|none|on|sentences|words|characters", "enterkeyhint": "enter|done|go|next|previous|search|send",
	"class": "", "title": "", "style": "", "accesskey": "", "nonce": "", "slot": "", "is": "", "writingsuggestions": "",
	"itemscope": "", "itemprop": "", "itemid": "", "itemref": "", "itemtype": "", "about": "", "prefix": "", "property": "", "typeof": "",
	"vocab": "", "content": "", "datatype": "", "rel": "", "rev": "", "resource": "", "inlist": "",
}

// globalAria are the aria attributes that need no role; implicitAria those that an element has without one.
var (
	globalAria = names(`atomic busy controls current describedby description details disabled dropeffect errormessage flowto grabbed
		haspopup hidden invalid keyshortcuts label labelledby live owns relevant roledescription`)
	roleAria = names(`activedescendant autocomplete braillelabel brailleroledescription checked colcount colindex colindextext colspan
		expanded level modal multiline multiselectable orientation placeholder posinset pressed readonly required rowcount rowindex
		rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext`)
	implicitAria = map[string]map[string]bool{
		"expanded": names(`a article aside body button dd details dialog dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header img li
			main menu nav ol optgroup output search section select summary tbody tfoot th thead tr ul`),
		"pressed": names("button summary"), "level": names("h1 h2 h3 h4 h5 h6 li tr"), "checked": names("option input"),
		"selected": names("option th tr"), "readonly": names("input select textarea th"), "valuenow": names("hr progress input"),
		"valuemin": names("hr meter progress input"), "valuemax": names("hr meter progress input"), "valuetext": names("hr progress input"),
		"multiline": names("input textarea"), "multiselectable": names("select"), "orientation": names("hr input"),
		"placeholder": names("input textarea"), "posinset": names("li option"), "setsize": names("li option"), "sort": names("th"),
		"autocomplete": names("input select textarea"), "colcount": names("table"), "rowcount": names("table"), "colindex": names("th td tr"),
		"rowindex": names("td th tr"), "colspan": names("td th"), "rowspan": names("td th"), "required": names("input select textarea th"),
		"activedescendant": names("details fieldset form select textarea input optgroup"), "modal": names("dialog"),
	}
)

// elements is elementTable, read when first needed.
var elements = sync.OnceValue(func() map[string]*spec {
	all := map[string]*spec{}
	for line := range strings.Lines(elementTable) {
		cells := strings.SplitN(strings.TrimSuffix(line, "\n"), " | ", 5)
		if len(cells) < 5 {
			continue
		}
		s := parseSpec(cells)
		all[s.name] = s
	}
	return all
})

func parseSpec(cells []string) *spec {
	s := &spec{name: strings.TrimSpace(cells[0]), attrs: map[string]string{}}
	s.phrasing = cells[1] == "P"
	s.flow = s.phrasing || cells[1] == "F"
	words := strings.Fields(cells[2])
	s.model = map[string]model{"none": modelNone, "text": modelText, "phrasing": modelPhrasing, "flow": modelFlow,
		"transparent": modelTransparent, "list": modelList, "any": modelAny}[words[0]]
	s.extra = map[string]bool{}
	for _, w := range words[1:] {
		s.extra[w] = true
	}
	for a := range strings.FieldsSeq(strings.TrimPrefix(cells[3], "-")) {
		name, kind, _ := strings.Cut(strings.TrimSuffix(a, "!"), "=")
		s.attrs[name] = kind
		if strings.HasSuffix(a, "!") {
			s.required = append(s.required, name)
		}
	}
	if cells[4] != "*" {
		s.roles = names(strings.TrimPrefix(cells[4], "-"))
	}
	s.noType = slices.Contains([]string{"head", "title", "base", "link", "meta", "style", "script", "template", "col", "search", "slot"}, s.name)
	return s
}

// forbiddenAncestors are elements that must not lie inside others, however deep (HTML Standard, "content model").
var forbiddenAncestors = map[string][]string{
	"audio": {"audio", "video"}, "video": {"audio", "video"}, "address": {"address"}, "form": {"form"}, "progress": {"progress"},
	"meter": {"meter"}, "dfn": {"dfn"}, "table": {"caption"}, "label": {"label", "a", "button"},
	"header": {"address", "header", "footer"}, "footer": {"address", "header", "footer"},
	"a": {"a", "button"}, "button": {"a", "button"}, "details": {"a", "button"}, "embed": {"a", "button"}, "iframe": {"a", "button"},
	"menu": {"a", "button"}, "select": {"a", "button"}, "textarea": {"a", "button"}, "input": {"a", "button"},
}

// mathChildren are the presentation elements of MathML 3 with the number of children they need; -1 any, -2 text.
var mathChildren = map[string]int{
	"math": -1, "mrow": -1, "mfrac": 2, "msqrt": -1, "mroot": 2, "mstyle": -1, "merror": -1, "mpadded": -1, "mphantom": -1,
	"mfenced": -1, "menclose": -1, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
	"mmultiscripts": -1, "mtable": -1, "mtr": -1, "mlabeledtr": -1, "mtd": -1, "maction": -1, "mstack": -1, "mlongdiv": -1,
	"msgroup": -1, "msrow": -1, "mscarries": -1, "mscarry": -1, "msline": -1, "maligngroup": -1, "malignmark": -1,
	"mi": -2, "mn": -2, "mo": -2, "mtext": -2, "ms": -2, "mspace": -1, "mglyph": -1, "none": -1, "mprescripts": -1,
	"semantics": -1, "annotation": -2, "annotation-xml": -1,
}
