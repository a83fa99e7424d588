package lint

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
