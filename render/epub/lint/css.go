package lint

import (
	"strings"
	"unicode/utf8"
)

// cssCheck reads one style sheet, style element or style attribute. It knows the grammar of CSS 2.1 with the at-rules of
// today, as EPUBCheck's parser does: nested rules and blocks as values are errors.
type cssCheck struct {
	f        *file
	r        *resource
	dir      string
	s        string
	pos      int
	offset   func(int) int // from a place in s to one in the file
	failed   bool          // one error of syntax is reported for a sheet: the rest follow from it
	fontFace bool
	declared bool // the current font face has a declaration
	remote   bool // a resource outside the EPUB is used
}

// stylesheet checks a CSS file.
func (c *checker) stylesheet(r *resource, e *entry) {
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return
	}
	text := string(data)
	switch {
	case strings.HasPrefix(text, "\xFE\xFF"), strings.HasPrefix(text, "\xFF\xFE"):
		e.file.whole("CSS-003", "the style sheet is encoded as UTF-16: UTF-8 is better understood")
		return
	case !utf8.ValidString(text):
		e.file.whole("CSS-004", "the style sheet is not valid UTF-8")
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	e.file.src = text
	k := &cssCheck{f: e.file, r: r, dir: dirOf(r.path), s: text, offset: func(i int) int { return i }}
	k.charset()
	k.rules(false)
	if c.pkg.version == "2.0" {
		return
	}
	switch has := r.hasProp("remote-resources"); {
	case k.remote && !has:
		e.file.whole("OPF-014", `the item in the manifest must have the property "remote-resources"`)
	case has && !k.remote:
		e.file.whole("OPF-018", "the property remote-resources is given, but there is no remote resource")
	}
}

// styleText checks the text of the style element i.
func (p *page) styleText(i int32, text string) {
	start := p.doc.nodes[i].off
	first := p.doc.nodes[i].first
	offset := func(int) int { return start }
	if n := &p.doc.nodes[first]; first != 0 && n.nxt == 0 && strings.HasPrefix(p.doc.src[n.off:], text) {
		offset = func(k int) int { return n.off + k }
	}
	k := &cssCheck{f: p.f, r: p.r, dir: p.dir, s: text, offset: offset}
	k.rules(false)
	p.needs["remote-resources"] = p.needs["remote-resources"] || k.remote
}

// declarations checks the value of a style attribute at offset off.
func (p *page) declarations(value string, off int) {
	k := &cssCheck{f: p.f, r: p.r, dir: p.dir, s: value, offset: func(int) int { return off }}
	k.declarations(false, true)
	p.needs["remote-resources"] = p.needs["remote-resources"] || k.remote
}

func (k *cssCheck) report(at int, id, format string, args ...any) {
	k.f.at(k.offset(at), id, format, args...)
}

// fail reports an error of syntax.
func (k *cssCheck) fail(at int, format string, args ...any) {
	if !k.failed {
		k.failed = true
		k.report(at, "CSS-008", format, args...)
	}
}

// rules reads rules up to the end, or up to the "}" of the block that they are nested in.
func (k *cssCheck) rules(nested bool) {
	for {
		k.space()
		rest := k.s[k.pos:]
		switch {
		case rest == "":
			if nested {
				k.fail(k.pos, `a "}" is missing at the end`)
			}
			return
		case rest[0] == '}':
			if nested {
				k.pos++
				return
			}
			k.fail(k.pos, `there is a "}" too many`)
			k.pos++
		case strings.HasPrefix(rest, "<!--"):
			k.pos += 4
		case strings.HasPrefix(rest, "-->"):
			k.pos += 3
		case rest[0] == '@':
			k.atRule()
		default:
			k.ruleset()
		}
	}
}

// declarationRules are the at-rules whose block holds declarations.
var declarationRules = names("font-face page counter-style property viewport position-try color-profile font-palette-values view-transition")

func (k *cssCheck) atRule() {
	start := k.pos
	k.pos++
	name := strings.ToLower(k.ident())
	end := k.prelude(name)
	switch end {
	case '{':
		k.pos++
		if !declarationRules[strings.TrimPrefix(name, "-ms-")] && name != "font-feature-values" {
			k.rules(true)
			return
		}
		if name == "font-feature-values" {
			k.skipBlock()
			return
		}
		k.fontFace, k.declared = name == "font-face", false
		k.declarations(name == "page", false)
		if k.fontFace && !k.declared {
			k.report(start, "CSS-019", "the @font-face is empty")
		}
		k.fontFace = false
	case ';':
		k.pos++
	case '}':
		// the block around it ends without a semicolon
	default:
		k.fail(k.pos, "the rule @%s is not finished", name)
	}
}

// url notes a reference.
func (k *cssCheck) url(at int, value string, kind refKind) {
	if strings.TrimSpace(value) == "" {
		k.report(at, "CSS-002", "the URL is empty")
		return
	}
	if strings.HasPrefix(value, "#") {
		return
	}
	value = strings.NewReplacer(`\(`, "(", `\)`, ")", `\ `, " ").Replace(value)
	to := k.f.resolve(k.offset(at), k.dir, value)
	if to.scheme == "data" {
		return
	}
	k.remote = k.remote || to.remote() && kind != refStyle
	k.r.refs = append(k.r.refs, reference{kind: kind, to: to, off: k.offset(at), tag: "CSS", fallback: kind == refFont})
}

// declarations reads up to "}", or up to the end of a style attribute. A page rule may hold margin boxes.
func (k *cssCheck) declarations(page, attribute bool) {
	for {
		k.space()
		if k.pos >= len(k.s) {
			if !attribute {
				k.fail(k.pos, `a "}" is missing at the end`)
			}
			return
		}
		at, c := k.pos, k.s[k.pos]
		switch {
		case c == '}':
			k.pos++
			if attribute {
				k.fail(at, `there is a "}" too many`)
			}
			return
		case c == '@' && page:
			k.pos++
			k.ident()
			k.space()
			if k.pos < len(k.s) && k.s[k.pos] == '{' {
				k.pos++
				k.declarations(false, false)
				continue
			}
			k.fail(at, "a margin box has no block")
			k.recover()
			return
		case c == ';' && attribute:
			k.pos++
			continue
		}
		if !k.declaration() {
			k.recover()
			return
		}
	}
}

func (k *cssCheck) declaration() bool {
	at := k.pos
	name := strings.ToLower(k.ident())
	if name == "" {
		k.fail(at, "%q is not allowed where a property should stand", firstRune(k.s[at:]))
		return false
	}
	k.space()
	if k.pos >= len(k.s) || k.s[k.pos] != ':' {
		if k.pos < len(k.s) && k.s[k.pos] == '{' {
			k.fail(at, "a rule is nested in a rule, which readers and EPUBCheck do not understand")
		} else {
			k.fail(at, `a ":" is missing after %q`, name)
		}
		return false
	}
	k.pos++
	first, ok := k.value(name)
	if !ok {
		return false
	}
	k.property(at, name, first)
	return true
}

func (k *cssCheck) property(at int, name, first string) {
	switch name {
	case "direction", "unicode-bidi":
		k.report(at, "CSS-001", "the property %s must not be used: give dir or bdo in the document", name)
	case "position":
		if strings.EqualFold(first, "fixed") {
			k.report(at, "CSS-006", "position: fixed works in few readers")
		}
	}
	if k.fontFace {
		k.declared = true
		k.report(at, "CSS-028", "the style sheet uses an embedded font")
	}
}

// value reads the value of a declaration up to ";" or "}" and returns its first word.
func (k *cssCheck) value(name string) (string, bool) {
	start, first := -1, ""
	depth := 0
	for k.pos < len(k.s) {
		k.space()
		if k.pos >= len(k.s) {
			break
		}
		at, c := k.pos, k.s[k.pos]
		if start < 0 && c != ';' && c != '}' {
			start = at
			end := strings.IndexAny(k.s[at:], " \t\n;}")
			if end < 0 {
				end = len(k.s) - at
			}
			first = k.s[at : at+end]
		}
		switch {
		case c == ';' && depth == 0 || c == '}':
			switch {
			case start < 0:
				k.fail(at, "the value of %q is missing", name)
				return "", false
			case depth > 0:
				k.fail(at, `a "(" is not closed`)
				return "", false
			}
			if c == ';' {
				k.pos++
			}
			return first, true
		case c == '{' || c == '@':
			k.fail(at, "%q is not allowed in the value of %q", string(c), name)
			return "", false
		case c == '"' || c == '\'':
			if _, ok := k.str(); !ok {
				return "", false
			}
		case k.isURL():
			v, ok := k.urlToken()
			if !ok {
				return "", false
			}
			kind := refGeneric
			if k.fontFace {
				kind = refFont
			}
			k.url(at, v, kind)
		case c == '(':
			depth++
			k.pos++
		case c == ')':
			depth = max(0, depth-1)
			k.pos++
		case c == '\\':
			k.pos = min(k.pos+2, len(k.s))
		default:
			k.pos++
			for k.pos < len(k.s) && wordByte(k.s[k.pos]) {
				k.pos++ // a word at a time, so that "myurl(" is no url
			}
		}
	}
	if start < 0 {
		k.fail(k.pos, "the value of %q is missing", name)
		return "", false
	}
	if depth > 0 {
		k.fail(k.pos, `a "(" is not closed`)
		return "", false
	}
	return first, true
}
