// Package mathml turns formulas in TeX notation into MathML. The library treeblood does the reading; this package lets
// through only presentation elements and attributes of MathML 3 (§3), in a fixed order, as a tree that any XML writer can
// serialise.
package mathml

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wyatt915/treeblood"

	"github.com/evbook/evbook/internal/lazyregexp"
)

// Namespace is the XML namespace of MathML.
const Namespace = "http://www.w3.org/1998/Math/MathML"

// maxSource is the longest formula that is read, in bytes.
const maxSource = 10_000

// Node is an element with either text or children.
type Node struct {
	Name     string
	Attrs    []Attr // sorted by name
	Text     string
	Children []*Node
}

// Attr is an attribute.
type Attr struct{ Name, Value string }

// elements are the presentation elements of MathML 3, without those that style or script. The value says how many
// children an element must have; 0 is any number, -1 is text only.
var elements = map[string]int{
	"math": 0, "mrow": 0, "mi": -1, "mn": -1, "mo": -1, "ms": -1, "mtext": -1, "mspace": -1,
	"mfrac": 2, "msqrt": 0, "mroot": 2, "mstyle": 0, "mpadded": 0, "mphantom": 0, "menclose": 0, "mfenced": 0,
	"msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mmultiscripts": 0, "mprescripts": 0, "none": 0,
	"mtable": 0, "mtr": 0, "mlabeledtr": 0, "mtd": 0,
}

var (
	boolean = lazyregexp.New(`^(true|false)$`)
	length  = lazyregexp.New(`^-?[0-9]*\.?[0-9]+(em|ex|px|pt|%)?$|^(thin|medium|thick|veryth(in|ick))mathspace$`)
	columns = lazyregexp.New(`^(left|center|right)( (left|center|right))*$`)
	rows    = lazyregexp.New(`^(top|bottom|center|baseline|axis)( (top|bottom|center|baseline|axis))*$`)
	lengths = lazyregexp.New(`^-?[0-9.]+(em|ex|px|pt|%)( -?[0-9.]+(em|ex|px|pt|%))*$`)
	number  = lazyregexp.New(`^[0-9]+$`)
	variant = lazyregexp.New(`^(normal|bold|italic|bold-italic|double-struck|script|bold-script|fraktur|bold-fraktur|sans-serif|monospace)$`)
)

// attributes are the attributes that pass, with the values that they may have.
var attributes = map[string]*lazyregexp.Regexp{
	"mathvariant": variant, "displaystyle": boolean, "scriptlevel": lazyregexp.New(`^[+-]?[0-9]+$`),
	"stretchy": boolean, "fence": boolean, "separator": boolean, "symmetric": boolean, "largeop": boolean, "movablelimits": boolean,
	"accent": boolean, "accentunder": boolean, "form": lazyregexp.New(`^(prefix|infix|postfix)$`),
	"lspace": length, "rspace": length, "minsize": length, "maxsize": length, "width": length, "height": length, "depth": length, "voffset": length,
	"linethickness": length, "columnalign": columns, "rowalign": rows, "columnspacing": lengths, "rowspacing": lengths,
	"columnspan": number, "rowspan": number, "notation": lazyregexp.New(`^[a-z ]+$`),
}

// environments are those that the library sets; it drops the name of any other without a word.
var environments = []string{
	"align", "align*", "aligned", "array", "bmatrix", "Bmatrix", "cases", "gathered", "matrix", "pmatrix", "smallmatrix", "split", "subarray", "vmatrix", "Vmatrix",
}

var begin = lazyregexp.New(`\\begin\s*\{([^}]*)\}`)

// ErrFormula says that a formula cannot be shown as MathML; the caller shows its source.
var ErrFormula = errors.New("formula not understood")

// Convert reads a formula. A displayed formula stands in a line of its own. Errors wrap [ErrFormula].
func Convert(tex string, display bool) (root *Node, err error) {
	if len(tex) > maxSource {
		return nil, fmt.Errorf("%w: longer than %d bytes", ErrFormula, maxSource)
	}
	for _, m := range begin.FindAllStringSubmatch(tex, -1) {
		if !slices.Contains(environments, m[1]) {
			return nil, fmt.Errorf("%w: environment %s", ErrFormula, m[1])
		}
	}
	// The library panics on some malformed formulas.
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("%w: %v", ErrFormula, r)
		}
	}()
	convert := treeblood.InlineStyle
	if display {
		convert = treeblood.DisplayStyle
	}
	source, ok := fractions(tex)
	if !ok {
		return nil, fmt.Errorf("%w: a fraction across cells", ErrFormula)
	}
	markup, err := convert(source, nil)
	if err != nil {
		message, _, _ := strings.Cut(err.Error(), "<")
		return nil, fmt.Errorf("%w: %s", ErrFormula, strings.TrimSpace(message))
	}
	// What follows is the library's copy of the source, which is not always well-formed.
	if _, after, ok := strings.Cut(markup, "<semantics>"); ok {
		markup, _, _ = strings.Cut(after, "<annotation")
	}
	row, err := parse(markup)
	if err != nil {
		return nil, err
	}
	root = &Node{Name: "math", Attrs: []Attr{{"alttext", strings.TrimSpace(tex)}, {"display", "inline"}}, Children: row}
	if display {
		root.Attrs[1].Value = "block"
	}
	return root, nil
}

// over finds the old way to write a fraction, {a \over b}, of which the library takes the neighbours only.
var over = lazyregexp.New(`\\over(?:[^a-zA-Z]|$)`)

// fractions rewrites {a \over b} as {\frac{a}{b}}: what it divides is all of its group (The TeXbook, chapter 17).
func fractions(tex string) (string, bool) {
	for range 100 { // one more each time, and no formula has more
		at := over.FindStringIndex(tex)
		if at == nil {
			break
		}
		from, to, depth := 0, len(tex), 0
		for i := at[0] - 1; i >= 0; i-- {
			if tex[i] == '}' && !escaped(tex, i) {
				depth++
			} else if tex[i] == '{' && !escaped(tex, i) {
				if depth--; depth < 0 {
					from = i + 1
					break
				}
			}
		}
		depth = 0
		for i := at[0]; i < len(tex); i++ {
			if tex[i] == '{' && !escaped(tex, i) {
				depth++
			} else if tex[i] == '}' && !escaped(tex, i) {
				if depth--; depth < 0 {
					to = i
					break
				}
			}
		}
		if group := tex[from:to]; strings.Contains(group, "&") || strings.Contains(group, `\\`) {
			return "", false
		}
		tex = tex[:from] + `\frac{` + tex[from:at[0]] + "}{" + tex[at[0]+len(`\over`):to] + "}" + tex[to:]
	}
	return tex, true
}

// escaped reports whether a backslash makes a sign of the character at i.
func escaped(s string, i int) bool {
	n := 0
	for i > n && s[i-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// parse reads elements and keeps what is allowed.
func parse(markup string) ([]*Node, error) {
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	top := &Node{}
	stack := []*Node{top}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) && len(stack) == 1 {
			return top.Children, nil
		} else if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrFormula, err)
		}
		parent := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			if _, ok := elements[tok.Name.Local]; !ok {
				if tok.Name.Local == "merror" {
					return nil, fmt.Errorf("%w: unknown command", ErrFormula)
				}
				return nil, fmt.Errorf("%w: element %s", ErrFormula, tok.Name.Local)
			}
			n := &Node{Name: tok.Name.Local, Attrs: allowed(tok.Attr)}
			parent.Children = append(parent.Children, n)
			stack = append(stack, n)
		case xml.EndElement:
			if err := check(parent); err != nil {
				return nil, err
			}
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if elements[parent.Name] < 0 {
				parent.Text += string(tok)
			} else if strings.TrimSpace(string(tok)) != "" {
				return nil, fmt.Errorf("%w: text in %s", ErrFormula, parent.Name)
			}
		}
	}
}

// check looks whether an element has the parts that it must have (MathML 3, §3.1.3.2). The place of a missing base, as in
// "m$^2$", is an empty row: the library writes none, which only tensors may have (§3.4.7).
func check(n *Node) error {
	for _, k := range n.Children {
		switch {
		case n.Name == "mmultiscripts":
		case k.Name == "none":
			k.Name = "mrow"
		case k.Name == "mprescripts":
			return fmt.Errorf("%w: scripts before nothing", ErrFormula)
		}
	}
	want := elements[n.Name]
	if want > 0 && len(n.Children) != want || want < 0 && len(n.Children) > 0 {
		return fmt.Errorf("%w: %s has %d parts", ErrFormula, n.Name, len(n.Children))
	}
	if n.Name != "mtext" && n.Name != "ms" {
		n.Text = strings.TrimSpace(n.Text)
	}
	return nil
}

func allowed(in []xml.Attr) []Attr {
	var out []Attr
	for _, a := range in {
		name := a.Name.Local
		if name == "strechy" { // as the library spells it
			name = "stretchy"
		}
		if re := attributes[name]; re != nil && re.MatchString(a.Value) {
			out = append(out, Attr{name, a.Value})
		}
	}
	slices.SortFunc(out, func(a, b Attr) int { return cmp.Compare(a.Name, b.Name) })
	return slices.CompactFunc(out, func(a, b Attr) bool { return a.Name == b.Name })
}
