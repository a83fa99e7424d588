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

func (k *cssCheck) charset() {
	rest, ok := strings.CutPrefix(k.s, `@charset "`)
	if !ok {
		return
	}
	name, _, _ := strings.Cut(rest, `"`)
	switch {
	case strings.EqualFold(name, "utf-8"):
	case strings.EqualFold(name, "utf-16"):
		k.report(0, "CSS-003", "the style sheet is encoded as UTF-16: UTF-8 is better understood")
	default:
		k.report(0, "CSS-004", "the character set %q is not allowed: style sheets must be UTF-8", name)
	}
}

// space moves over white space, comments and the brackets of HTML comments.
func (k *cssCheck) space() {
	for k.pos < len(k.s) {
		switch c := k.s[k.pos]; {
		case isSpace(c) || c == '\f':
			k.pos++
		case strings.HasPrefix(k.s[k.pos:], "/*"):
			end := strings.Index(k.s[k.pos+2:], "*/")
			if end < 0 {
				k.fail(k.pos, "the comment is not closed")
				k.pos = len(k.s)
				return
			}
			k.pos += end + 4
		default:
			return
		}
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

// prelude reads what stands between the name of an at-rule and its block or semicolon, and returns which it is.
func (k *cssCheck) prelude(name string) byte {
	first := true
	for k.pos < len(k.s) {
		k.space()
		if k.pos >= len(k.s) {
			break
		}
		c := k.s[k.pos]
		switch {
		case c == '{' || c == ';' || c == '}':
			return c
		case c == '"' || c == '\'':
			at := k.pos
			if v, ok := k.str(); ok && first && name == "import" {
				k.url(at, v, refStyle)
			}
		case k.isURL():
			at := k.pos
			if v, ok := k.urlToken(); ok && name != "namespace" {
				kind := refGeneric
				if first && name == "import" {
					kind = refStyle
				}
				k.url(at, v, kind)
			}
		default:
			k.pos++
		}
		first = false
	}
	return 0
}

// ident reads an identifier, escapes included; "" if there is none.
func (k *cssCheck) ident() string {
	start := k.pos
	for k.pos < len(k.s) {
		c := k.s[k.pos]
		switch {
		case c == '\\' && k.pos+1 < len(k.s):
			k.pos += 2
		case c == '-' || c == '_' || c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' && k.pos > start:
			k.pos++
		default:
			return k.s[start:k.pos]
		}
	}
	return k.s[start:k.pos]
}

// ruleset reads selectors and a block of declarations.
func (k *cssCheck) ruleset() {
	start := k.pos
	if !k.selectors() {
		k.recover()
		return
	}
	if k.pos >= len(k.s) {
		k.fail(start, "a selector stands at the end without a block")
		return
	}
	k.pos++ // {
	k.declarations(false, false)
}

// selectors reads up to "{" and reports whether the selectors are sound.
func (k *cssCheck) selectors() bool {
	need := true // a simple selector must come before "," or "{"
	for k.pos < len(k.s) {
		k.space()
		if k.pos >= len(k.s) {
			break
		}
		at, c := k.pos, k.s[k.pos]
		switch {
		case c == '{':
			if need {
				k.fail(at, "the selector is empty or ends too early")
			}
			return !need
		case c == ',':
			if need {
				k.fail(at, `a selector is missing before ","`)
				return false
			}
			need = true
			k.pos++
		case c == '>' || c == '+' || c == '~':
			if need {
				k.fail(at, "a selector is missing before %q", string(c))
				return false
			}
			need = true
			k.pos++
		case c == '[':
			if !k.bracket('[', ']') {
				return false
			}
			need = false
		case c == '.' || c == ':' || c == '#':
			k.pos++
			if c == ':' && k.pos < len(k.s) && k.s[k.pos] == ':' {
				k.pos++
			}
			if k.ident() == "" && (c != '#' || !k.digits()) {
				k.fail(at, "a name is missing after %q", string(c))
				return false
			}
			if c == ':' && k.pos < len(k.s) && k.s[k.pos] == '(' && !k.bracket('(', ')') {
				return false
			}
			need = false
		case c == '*' || c == '|':
			k.pos++
			need = false
		case c >= '0' && c <= '9':
			for k.pos < len(k.s) && (k.s[k.pos] >= '0' && k.s[k.pos] <= '9' || k.s[k.pos] == '.' || k.s[k.pos] == '%') {
				k.pos++ // a key frame
			}
			need = false
		default:
			if k.ident() == "" {
				k.fail(at, "%q is not allowed in a selector", firstRune(k.s[at:]))
				return false
			}
			need = false
		}
	}
	return true
}

func (k *cssCheck) digits() bool {
	start := k.pos
	for k.pos < len(k.s) && (k.s[k.pos] >= '0' && k.s[k.pos] <= '9' || k.s[k.pos]|0x20 >= 'a' && k.s[k.pos]|0x20 <= 'z') {
		k.pos++
	}
	return k.pos > start
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// bracket moves behind the closing partner of the bracket at pos.
func (k *cssCheck) bracket(open, closing byte) bool {
	start, depth := k.pos, 0
	for k.pos < len(k.s) {
		switch c := k.s[k.pos]; c {
		case '"', '\'':
			if _, ok := k.str(); !ok {
				return false
			}
			continue
		case '\\':
			k.pos++
		case open:
			depth++
		case closing:
			if depth--; depth == 0 {
				k.pos++
				return true
			}
		case '{', '}':
			k.fail(start, "a %q is not closed", string(open))
			return false
		}
		k.pos++
	}
	k.fail(start, "a %q is not closed", string(open))
	return false
}

// str reads a quoted string.
func (k *cssCheck) str() (string, bool) {
	start := k.pos
	quote := k.s[start]
	for k.pos++; k.pos < len(k.s); k.pos++ {
		switch k.s[k.pos] {
		case quote:
			k.pos++
			return k.s[start+1 : k.pos-1], true
		case '\\':
			k.pos++
		case '\n':
			k.fail(start, "a string is not closed on its line")
			return "", false
		}
	}
	k.pos = len(k.s)
	k.fail(start, "a string is not closed")
	return "", false
}

func (k *cssCheck) isURL() bool {
	return k.pos+4 <= len(k.s) && strings.EqualFold(k.s[k.pos:k.pos+4], "url(")
}

// urlToken reads url(…) with or without quotation marks.
func (k *cssCheck) urlToken() (string, bool) {
	start := k.pos
	k.pos += 4
	for k.pos < len(k.s) && isSpace(k.s[k.pos]) {
		k.pos++
	}
	if k.pos < len(k.s) && (k.s[k.pos] == '"' || k.s[k.pos] == '\'') {
		v, ok := k.str()
		k.space()
		if !ok || k.pos >= len(k.s) || k.s[k.pos] != ')' {
			k.fail(start, "a url( is not closed")
			return "", false
		}
		k.pos++
		return v, true
	}
	end := strings.IndexByte(k.s[k.pos:], ')')
	if end <= 0 {
		k.fail(start, "a url( is empty or not closed")
		k.pos = len(k.s)
		return "", false
	}
	v := strings.TrimSpace(k.s[k.pos : k.pos+end])
	k.pos += end + 1
	return v, true
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

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '%' || c >= utf8.RuneSelf
}

// recover moves behind the "}" that ends what could not be read.
func (k *cssCheck) recover() {
	depth := 0
	for ; k.pos < len(k.s); k.pos++ {
		switch k.s[k.pos] {
		case '{':
			depth++
		case '}':
			if depth--; depth <= 0 {
				k.pos++
				return
			}
		}
	}
}

// skipBlock moves behind the "}" of the block that pos is in.
func (k *cssCheck) skipBlock() {
	for depth := 1; k.pos < len(k.s); k.pos++ {
		switch k.s[k.pos] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				k.pos++
				return
			}
		}
	}
	k.fail(k.pos, `a "}" is missing at the end`)
}
