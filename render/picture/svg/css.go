package svg

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// sheet holds the rules of a picture's style elements: selectors of elements, classes, ids and attributes, of what stands in
// what. The more particular ones and then the later ones win (§6).
type sheet struct {
	rules []rule
	work  int  // steps of matching so far
	over  bool // there was more to match than is done
}

// rule is a selector with its declarations. steps are the parts of the selector from the element outwards.
type rule struct {
	steps  []compound
	weight int
	decls  []declaration
}

// compound is what a selector says of one element.
type compound struct {
	name, id string
	classes  []string
	attrs    [][2]string // name and value; "" is any value
	root     bool
	parent   bool // the next step is the element's parent, not any element around it
}

type declaration struct {
	name, value string
	important   bool
}

const (
	maxRules = 4000
	maxSheet = 1 << 20 // bytes
	maxWork  = 20_000_000
)

// add reads a style sheet. Rules for other media and selectors of other kinds are passed over.
func (s *sheet) add(css string) {
	if len(css) > maxSheet {
		css, s.over = css[:maxSheet], true
	}
	s.read(uncomment(css), 0)
}

func uncomment(css string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(css, "/*")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteByte(' ')
		_, css, _ = strings.Cut(rest, "*/")
	}
}

// read reads rules; depth counts the at-rules around them.
func (s *sheet) read(css string, depth int) {
	for len(s.rules) < maxRules {
		open := strings.IndexAny(css, "{;")
		if open < 0 {
			return
		}
		head := strings.TrimSpace(css[:open])
		if css[open] == ';' { // an at-rule without a block
			css = css[open+1:]
			continue
		}
		body := css[open+1:]
		end := outside(body, '{', '}', '}')
		css = body[min(end+1, len(body)):]
		body = body[:end]
		if strings.HasPrefix(head, "@") {
			if depth < 4 && forPaper(head) {
				s.read(body, depth+1)
			}
			continue
		}
		decls := declarations(body)
		for sel := range strings.SplitSeq(head, ",") {
			if steps, weight, ok := selector(sel); ok && len(s.rules) < maxRules {
				s.rules = append(s.rules, rule{steps, weight, decls})
			}
		}
	}
	s.over = true
}

// outside is the index of the first stop that stands outside of pairs of open and shut, or the length of s. A stop may be the shut
// of a pair that began before s.
func outside(s string, open, shut, stop byte) int {
	depth := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == stop && depth == 0:
			return i
		case c == open:
			depth++
		case c == shut:
			depth--
		}
	}
	return len(s)
}

// forPaper reports whether the rules of an at-rule are for what a book shows.
func forPaper(head string) bool {
	query, ok := strings.CutPrefix(head, "@media")
	if !ok {
		return strings.HasPrefix(head, "@supports") || strings.HasPrefix(head, "@layer")
	}
	for q := range strings.SplitSeq(query, ",") {
		switch strings.Join(strings.Fields(q), "") {
		case "", "all", "print", "screen", "onlyscreen", "(prefers-color-scheme:light)":
			return true
		}
	}
	return false
}

// maxSelector bounds the steps of a selector.
const maxSelector = 8

func selector(s string) (steps []compound, weight int, ok bool) {
	s = strings.ReplaceAll(s, ">", " > ")
	parent := false
	for f := range strings.FieldsSeq(s) {
		if f == ">" {
			parent = true
			continue
		}
		c, w, ok := simple(f)
		if !ok || len(steps) >= maxSelector {
			return nil, 0, false
		}
		c.parent = parent && len(steps) > 0
		parent = false
		weight += w
		steps = append(steps, c)
	}
	if parent || len(steps) == 0 {
		return nil, 0, false
	}
	slices.Reverse(steps) // from the element outwards
	return steps, weight, true
}

// simple reads a selector without steps: name, #id, .class, [attribute], :root.
func simple(s string) (c compound, weight int, ok bool) {
	for s != "" {
		end := strings.IndexAny(s[1:], ".#[:") + 1
		if s[0] == '[' {
			if end = strings.IndexByte(s, ']') + 1; end == 0 {
				return c, 0, false
			}
		} else if end == 0 {
			end = len(s)
		}
		part := s[:end]
		s = s[end:]
		switch part[0] {
		case '.':
			c.classes = append(c.classes, part[1:])
			weight += 100
		case '#':
			c.id = part[1:]
			weight += 10_000
		case '[':
			name, value, has := strings.Cut(part[1:len(part)-1], "=")
			if strings.ContainsAny(name, "~|^$*") || has && value == "" {
				return c, 0, false
			}
			c.attrs = append(c.attrs, [2]string{name, strings.Trim(value, `"'`)})
			weight += 100
		case ':':
			if part != ":root" {
				return c, 0, false
			}
			c.root = true
			weight += 100
		default:
			if part != "*" {
				c.name = part
				weight++
			}
		}
	}
	return c, weight, true
}

func declarations(body string) (out []declaration) {
	for d := range strings.SplitSeq(body, ";") {
		k, v, ok := strings.Cut(d, ":")
		if !ok {
			continue
		}
		value, mark, important := strings.Cut(strings.TrimSpace(v), "!")
		k = strings.TrimSpace(k)
		if !strings.HasPrefix(k, "--") {
			k = strings.ToLower(k)
		}
		out = append(out, declaration{k, strings.TrimSpace(value), important && strings.TrimSpace(mark) == "important"})
	}
	return out
}

func (c *compound) matches(e *element) bool {
	if c.name != "" && c.name != e.name || c.id != "" && c.id != e.attrs["id"] || c.root && e.parent != nil || e.name == "" {
		return false
	}
	if len(c.classes) > 0 {
		have := e.classes()
		for _, class := range c.classes {
			if !slices.Contains(have, class) {
				return false
			}
		}
	}
	for _, a := range c.attrs {
		if v, ok := e.attrs[a[0]]; !ok || a[1] != "" && v != a[1] {
			return false
		}
	}
	return true
}

// classes are the classes of an element, at most 64.
func (e *element) classes() []string {
	if e.class == nil {
		e.class = strings.Fields(e.attrs["class"])
		e.class = e.class[:min(len(e.class), 64)]
		if e.class == nil {
			e.class = []string{}
		}
	}
	return e.class
}

// matches reports whether the steps of a selector lead from an element outwards.
func (s *sheet) matches(steps []compound, e *element) bool {
	if s.work++; s.work > maxWork {
		s.over = true
		return false
	}
	if !steps[0].matches(e) {
		return false
	}
	if len(steps) == 1 {
		return true
	}
	for up := e.parent; up != nil; up = up.parent {
		if s.matches(steps[1:], up) {
			return true
		}
		if steps[0].parent {
			return false
		}
	}
	return false
}

// apply sets what the rules and the style attribute say of an element in out, where the attributes are already.
func (s *sheet) apply(e *element, out map[string]string) {
	var match []*rule
	for i := range s.rules {
		if r := &s.rules[i]; s.matches(r.steps, e) {
			match = append(match, r)
		}
	}
	slices.SortStableFunc(match, func(a, b *rule) int { return cmp.Compare(a.weight, b.weight) })
	var important map[string]string
	set := func(list []declaration) {
		for _, d := range list {
			if out[d.name] = d.value; d.important {
				if important == nil {
					important = map[string]string{}
				}
				important[d.name] = d.value
			}
		}
	}
	for _, r := range match {
		set(r.decls)
	}
	if v := e.attrs["style"]; v != "" {
		set(declarations(uncomment(v)))
	}
	maps.Copy(out, important)
}

// resolve replaces the variables of a value, and the colours for light and dark by the first.
func resolve(v string, vars map[string]string, depth int) string {
	for range 32 {
		i, name := strings.Index(v, "var("), "var("
		if j := strings.Index(v, "light-dark("); i < 0 || j >= 0 && j < i {
			i, name = j, "light-dark("
		}
		if i < 0 {
			return v
		}
		args := v[i+len(name):]
		end := outside(args, '(', ')', ')')
		args = args[:end]
		value := strings.TrimSpace(args)
		first, rest, more := cutArgument(args)
		if name == "var(" {
			value = strings.TrimSpace(rest)
			if is, ok := vars[strings.TrimSpace(first)]; ok {
				value = is
			}
		} else if more {
			value = strings.TrimSpace(first)
		}
		if depth < 8 && len(value) < 1000 {
			value = resolve(value, vars, depth+1)
		}
		v = v[:i] + value + v[min(i+len(name)+end+1, len(v)):]
	}
	return v
}

// cutArgument cuts at the first comma outside of parentheses.
func cutArgument(v string) (first, rest string, more bool) {
	if i := outside(v, '(', ')', ','); i < len(v) {
		return v[:i], v[i+1:], true
	}
	return v, "", false
}
