package lint

import (
	"maps"
	"slices"
	"strings"
)

// vocab is a set of properties by prefix: a nil set means that every name is good.
type vocab map[string]map[string]bool

func names(s string) map[string]bool {
	m := map[string]bool{}
	for n := range strings.FieldsSeq(s) {
		m[n] = true
	}
	return m
}

// packageReserved are the prefixes that a package document need not declare (EPUB 3.3 §D.1.4).
var packageReserved = map[string]string{
	"a11y":      "http://www.idpf.org/epub/vocab/package/a11y/#",
	"dcterms":   "http://purl.org/dc/terms/",
	"marc":      "http://id.loc.gov/vocabulary/",
	"media":     "http://www.idpf.org/epub/vocab/overlays/#",
	"onix":      "http://www.editeur.org/ONIX/book/codelists/current.html#",
	"rendition": "http://www.idpf.org/vocab/rendition/#",
	"schema":    "http://schema.org/",
	"xsd":       "http://www.w3.org/2001/XMLSchema#",
}

// contentReserved are the prefixes that a content document need not declare.
var contentReserved = map[string]string{
	"msv":   "http://www.idpf.org/epub/vocab/structure/magazine/#",
	"prism": "http://www.prismstandard.org/specifications/3.0/PRISM_CV_Spec_3.0.htm#",
}

// defaultVocabs must not be given a prefix.
var defaultVocabs = names(`http://idpf.org/epub/vocab/package/item/# http://idpf.org/epub/vocab/package/itemref/#
	http://idpf.org/epub/vocab/package/link/# http://idpf.org/epub/vocab/package/meta/# http://www.idpf.org/epub/vocab/structure/#`)

var metaVocab = vocab{
	"": names(`alternate-script authority belongs-to-collection collection-type display-seq dictionary-type file-as
		group-position identifier-type meta-auth role source-language source-of target-language term title-type pageBreakSource`),
	"a11y":      names("certifiedBy certifierCredential exemption"),
	"media":     names("active-class duration narrator playback-active-class"),
	"rendition": names("layout orientation spread viewport flow"),
}

var itemVocab = vocab{
	"": names("cover-image data-nav dictionary glossary index mathml nav remote-resources scripted search-key-map svg switch"),
}

// itemProperties are the media types that a property of the manifest is for.
var itemProperties = map[string][]string{
	"cover-image":      {"image/"},
	"data-nav":         {"application/xhtml+xml"},
	"dictionary":       {"application/vnd.epub.search-key-map+xml"},
	"glossary":         {"application/vnd.epub.search-key-map+xml", "application/xhtml+xml"},
	"index":            {"application/xhtml+xml"},
	"mathml":           {"application/xhtml+xml", "image/svg+xml"},
	"nav":              {"application/xhtml+xml"},
	"remote-resources": {"application/xhtml+xml", "application/smil+xml", "image/svg+xml", "text/css"},
	"scripted":         {"application/xhtml+xml", "image/svg+xml"},
	"search-key-map":   {"application/vnd.epub.search-key-map+xml"},
	"svg":              {"application/xhtml+xml"},
	"switch":           {"application/xhtml+xml", "image/svg+xml"},
}

var itemrefVocab = vocab{
	"": names("page-spread-right page-spread-left"),
	"rendition": names(`layout-pre-paginated layout-reflowable orientation-auto orientation-landscape orientation-portrait
		spread-auto spread-both spread-landscape spread-none spread-portrait page-spread-center page-spread-left page-spread-right
		flow-paginated flow-scrolled-continuous flow-scrolled-doc flow-auto align-x-center`),
}

// exclusiveItemref are beginnings of which only one property may have each.
var exclusiveItemref = []string{"rendition:flow-", "rendition:layout-", "rendition:orientation-", "rendition:spread-", "page-spread-"}

func countPrefixed(list []string, prefix string) (n int) {
	for _, p := range list {
		if strings.HasPrefix(p, prefix) || prefix == "page-spread-" && strings.HasPrefix(p, "rendition:page-spread-") {
			n++
		}
	}
	return n
}

var linkRelVocab = vocab{
	"":     names("acquire alternate marc21xml-record mods-record onix-record record voicing xml-signature xmp-record"),
	"a11y": names("certifierCredential certifierReport"),
}

var linkVocab = vocab{"": names("onix")}

// structureTypes are the names that epub:type knows without prefix: structure, index, dictionary and comics semantics.
var structureTypes = names(`abstract acknowledgments afterword annoref annotation appendix aside assessment backlink backmatter
	biblioentry bibliography biblioref bodymatter bridgehead chapter colophon concluding-sentence conclusion contributors
	copyright-page cover covertitle credit credits dedication division endnote endnotes epigraph epilogue errata figure
	footnote footnotes foreword frontmatter fulltitle glossary glossdef glossref glossterm halftitle halftitlepage help
	imprimatur imprint index introduction keyword landmarks learning-objective learning-resource list list-item loa loi lot
	lov marginalia note noteref notice other-credits pagebreak page-list part preamble preface prologue pullquote qna rearnote
	rearnotes revision-history sidebar subchapter subtitle table table-cell table-row tip title titlepage toc topic-sentence
	volume warning
	index-editor-note index-entry index-entry-list index-group index-headnotes index-legend index-locator index-locator-list
	index-locator-range index-term index-term-categories index-term-category index-xref-preferred index-xref-related
	antonym-group condensed-entry def dictentry dictionary etymology example gram-info idiom part-of-speech part-of-speech-group
	part-of-speech-list phonetic-transcription phrase-group phrase-list sense-group sense-list synonym-group tran tran-info
	balloon panel panel-group sound-area text-area region-based`)

var (
	deprecatedTypes = names(`annoref annotation biblioentry bridgehead endnote help marginalia note rearnote rearnotes sidebar
		subchapter warning`)
	overlayOnlyTypes = names("aside figure list list-item table table-cell table-row")
)

// parsePrefixes reads a prefix attribute on top of the reserved prefixes (EPUB 3.3 §D.1.3).
func (f *file) parsePrefixes(off int, value string, reserved map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, reserved)
	fields := strings.Fields(value)
	if len(fields) > 0 && strings.TrimLeft(value, " \t\r\n") != value {
		f.at(off, "OPF-004", "the prefix attribute must not begin or end with a space")
	}
	for i := 0; i < len(fields); i++ {
		prefix, ok := strings.CutSuffix(fields[i], ":")
		switch {
		case !ok:
			f.at(off, "OPF-004c", "the prefix %q must end in a colon", fields[i])
			continue
		case prefix == "":
			f.at(off, "OPF-004a", "a prefix is empty")
		case !isNCName(prefix):
			f.at(off, "OPF-004b", "the prefix %q is not a name", prefix)
		}
		if i++; i == len(fields) {
			f.at(off, "OPF-005", "the prefix %q has no URL", prefix)
			break
		}
		uri := fields[i]
		switch {
		case prefix == "_":
			f.at(off, "OPF-007a", `the prefix "_" must not be declared`)
		case defaultVocabs[uri]:
			f.at(off, "OPF-007b", "the prefix %q must not stand for a default vocabulary", prefix)
		case uri == nsDC:
			f.at(off, "OPF-007c", "the prefix %q must not stand for the Dublin Core elements", prefix)
		case reserved[prefix] != "" && reserved[prefix] != uri:
			f.at(off, "OPF-007", "the reserved prefix %q is given another meaning", prefix)
			all[prefix] = uri
		default:
			all[prefix] = uri
		}
	}
	return all
}

// properties reads a list of properties and reports those that are malformed or unknown.
func (f *file) properties(off int, value string, prefixes map[string]string, v vocab) []string {
	list := strings.Fields(value)
	return slices.DeleteFunc(list, func(p string) bool { return !f.property(off, p, prefixes, v) })
}

func (f *file) property(off int, p string, prefixes map[string]string, v vocab) bool {
	prefix, name, ok := strings.Cut(p, ":")
	if !ok {
		prefix, name = "", p
	} else if prefix == "" || name == "" {
		f.at(off, "OPF-026", "the property %q is malformed", p)
		return false
	}
	uri, declared := prefixes[prefix]
	if prefix != "" && !declared {
		f.at(off, "OPF-028", "the prefix %q is not declared", prefix)
		return false
	}
	set, checked := v[prefix]
	if prefix != "" && uri != packageReserved[prefix] {
		checked = false // the prefix has another meaning here
	} else if prefix == "media" || prefix == "rendition" {
		checked = true
	}
	if checked && !set[name] {
		f.at(off, "OPF-027", "the property %q is not known here", p)
		return false
	}
	return true
}
