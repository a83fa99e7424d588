package lint

import (
	"slices"
	"strconv"
	"strings"
)

// attributes checks the attributes of an HTML element.
func (p *page) attributes(n *node, s *spec) {
	for i := range n.attrs {
		a := &n.attrs[i]
		switch a.space {
		case "":
			p.attribute(n, s, a)
		case nsXML:
			if a.local == "lang" && a.value != "" && !isLanguage(a.value) {
				p.f.at(a.off, "RSC-005", "%q is not a language tag", a.value)
			}
		case nsOPS:
			switch {
			case a.local == "type" && !s.noType:
				p.epubType(n, a)
			case a.local == "prefix" && n.name == "html":
			default:
				p.f.at(a.off, "RSC-005", "the attribute epub:%s is not allowed on %s", a.local, n.name)
			}
		case nsSSML:
			if a.local == "ph" && strings.TrimSpace(a.value) == "" {
				p.f.at(a.off, "HTM-007", "ssml:ph is empty")
			}
		case nsXLink, nsSVG, nsMathML, nsXHTML:
			p.f.at(a.off, "RSC-005", "the attribute %q is not allowed on %s", a.local, n.name)
		}
	}
	for _, name := range s.required {
		if !n.has(name) {
			p.f.at(n.off, "RSC-005", "the element %s must have the attribute %s", n.name, name)
		}
	}
	lang, hasLang := n.get("lang")
	if xml, ok := n.getNS(nsXML, "lang"); ok && hasLang && !strings.EqualFold(lang, xml) {
		p.f.at(n.off, "RSC-005", "lang and xml:lang must be the same")
	}
	p.special(n)
}

func (p *page) attribute(n *node, s *spec, a *attr) {
	name := a.local
	switch {
	case strings.HasPrefix(name, "data-"):
		if len(name) == 5 || name != strings.ToLower(name) {
			p.f.at(a.off, "HTM-061", "%q is no valid name of a data attribute", name)
		}
		return
	case strings.HasPrefix(name, "its-"):
		return
	case name == "role":
		p.role(n, s, a)
		return
	case strings.HasPrefix(name, "aria-"):
		p.aria(n, a)
		return
	case strings.HasPrefix(name, "on") && len(name) > 4:
		if eventNames[name] || s.attrs[name] != "" {
			return
		}
	}
	kind, ok := s.attrs[name]
	if !ok {
		kind, ok = globalAttrs[name]
	}
	if !ok && n.name != "embed" {
		if _, event := s.attrs[name]; !event {
			p.f.at(a.off, "RSC-005", "the attribute %q is not allowed on %s", name, n.name)
		}
		return
	}
	if msg := badValue(a.value, kind); msg != "" {
		p.f.at(a.off, "RSC-005", "the value %q of %s is invalid: it must be %s", clip(a.value), name, msg)
	}
}

func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}

// eventNames are the event handlers of every element.
var eventNames = func() map[string]bool {
	m := map[string]bool{}
	for e := range strings.FieldsSeq(`auxclick beforeinput beforematch beforetoggle blur cancel canplay canplaythrough change click close
		contextlost contextmenu contextrestored copy cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop
		durationchange emptied ended error focus formdata input invalid keydown keypress keyup load loadeddata loadedmetadata loadstart
		mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup paste pause play playing progress ratechange reset resize
		scroll scrollend securitypolicyviolation seeked seeking select slotchange stalled submit suspend timeupdate toggle volumechange
		waiting wheel pointerover pointerenter pointerdown pointermove pointerrawupdate pointerup pointercancel pointerout pointerleave
		gotpointercapture lostpointercapture`) {
		m["on"+e] = true
	}
	return m
}()

// badValue says what a value of kind has to be, "" if it is.
func badValue(v, kind string) string {
	switch kind {
	case "", "ref0":
		return ""
	case "int", "uint", "pint":
		n, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(v), "+"), 10, 64)
		switch {
		case err != nil:
			return "a whole number"
		case kind == "uint" && n < 0, kind == "pint" && n <= 0:
			return "a positive number"
		}
		return ""
	case "mime":
		if !mediaTypePattern.MatchString(v) {
			return "a media type"
		}
		return ""
	case "lang":
		if v != "" && !isLanguage(v) {
			return "a language tag"
		}
		return ""
	case "token":
		if v == "" || hasSpace(v) {
			return "one word without spaces"
		}
		return ""
	case "bool":
		return ""
	case "ref":
		if strings.TrimSpace(v) == "" {
			return "a URL that is not empty"
		}
		return ""
	case "uri":
		if bad := anyURIFault(v); bad {
			return "a valid URL"
		}
		return ""
	}
	if slices.Contains(strings.Split(kind, "|"), strings.ToLower(v)) || slices.Contains(strings.Split(kind, "|"), v) {
		return ""
	}
	return "one of " + strings.Join(strings.Fields(strings.ReplaceAll(kind, "|", " ")), ", ")
}

// anyURIFault is the part of XML Schema's anyURI that a sloppy URL breaks.
func anyURIFault(v string) bool {
	if strings.Count(v, "#") > 1 {
		return true
	}
	for i := 0; i < len(v); i++ {
		if v[i] == '%' && (i+2 >= len(v) || !isHex(v[i+1]) || !isHex(v[i+2])) {
			return true
		}
	}
	scheme, rest, ok := cutScheme(strings.TrimSpace(v))
	return ok && strings.Trim(rest, "/") == "" && scheme != ""
}
