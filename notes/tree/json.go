package tree

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Version is the version of the tree's JSON form. It rises only when a reader of the old form would go wrong; new members
// do not raise it.
const Version = 1

// document is the envelope of a tree in JSON.
type document struct {
	Version int   `json:"version"`
	Book    *Book `json:"book"`
}

// Encode writes a book in JSON: an object with the version and the book. Every block and inline is an object whose first
// member, kind, names it.
func Encode(w io.Writer, b *Book) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(document{Version, b})
}

// ErrVersion says that a tree was written in a newer form than this program reads.
var ErrVersion = errors.New("tree: newer version")

// Decode reads what Encode wrote. A higher version is an [ErrVersion]; members that are not known are ignored, an unknown
// kind is an error.
func Decode(r io.Reader) (*Book, error) {
	var d document
	if err := json.NewDecoder(r).Decode(&d); err != nil {
		return nil, fmt.Errorf("read tree: %w", err)
	}
	if d.Version > Version {
		return nil, fmt.Errorf("%w %d: this program reads version %d", ErrVersion, d.Version, Version)
	}
	if d.Book == nil {
		return nil, errors.New("read tree: no book")
	}
	return d.Book, nil
}

// blockKinds and inlineKinds name the node types in JSON, and make empty nodes to decode into.
var (
	blockKinds = map[string]func() Block{
		"paragraph":      func() Block { return new(Paragraph) },
		"heading":        func() Block { return new(Heading) },
		"list":           func() Block { return new(List) },
		"definitionList": func() Block { return new(DefinitionList) },
		"table":          func() Block { return new(Table) },
		"codeBlock":      func() Block { return new(CodeBlock) },
		"quote":          func() Block { return new(Quote) },
		"alert":          func() Block { return new(Alert) },
		"figure":         func() Block { return new(Figure) },
		"rule":           func() Block { return new(Rule) },
		"mathBlock":      func() Block { return new(MathBlock) },
		"rawBlock":       func() Block { return new(RawBlock) },
		"div":            func() Block { return new(Div) },
	}
	inlineKinds = map[string]func() Inline{
		"text":        func() Inline { return new(Text) },
		"emph":        func() Inline { return new(Emph) },
		"strong":      func() Inline { return new(Strong) },
		"strike":      func() Inline { return new(Strike) },
		"code":        func() Inline { return new(Code) },
		"link":        func() Inline { return new(Link) },
		"image":       func() Inline { return new(Image) },
		"footnote":    func() Inline { return new(Footnote) },
		"footnoteRef": func() Inline { return new(FootnoteRef) },
		"math":        func() Inline { return new(Math) },
		"break":       func() Inline { return new(Break) },
		"span":        func() Inline { return new(Span) },
		"rawInline":   func() Inline { return new(RawInline) },
	}
)

// Kind returns the name of a block or inline in JSON, such as "paragraph". It panics on other nodes.
func Kind(n Node) string {
	switch n.(type) {
	case *Paragraph:
		return "paragraph"
	case *Heading:
		return "heading"
	case *List:
		return "list"
	case *DefinitionList:
		return "definitionList"
	case *Table:
		return "table"
	case *CodeBlock:
		return "codeBlock"
	case *Quote:
		return "quote"
	case *Alert:
		return "alert"
	case *Figure:
		return "figure"
	case *Rule:
		return "rule"
	case *MathBlock:
		return "mathBlock"
	case *RawBlock:
		return "rawBlock"
	case *Div:
		return "div"
	case *Text:
		return "text"
	case *Emph:
		return "emph"
	case *Strong:
		return "strong"
	case *Strike:
		return "strike"
	case *Code:
		return "code"
	case *Link:
		return "link"
	case *Image:
		return "image"
	case *Footnote:
		return "footnote"
	case *FootnoteRef:
		return "footnoteRef"
	case *Math:
		return "math"
	case *Break:
		return "break"
	case *Span:
		return "span"
	case *RawInline:
		return "rawInline"
	}
	panic(fmt.Sprintf("tree: unexpected node %T", n))
}

// MarshalJSON writes each block with its kind first.
func (b Blocks) MarshalJSON() ([]byte, error) { return marshalNodes(b) }

// MarshalJSON writes each inline with its kind first.
func (in Inlines) MarshalJSON() ([]byte, error) { return marshalNodes(in) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (b *Blocks) UnmarshalJSON(data []byte) (err error) {
	*b, err = unmarshalNodes(data, blockKinds)
	return err
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (in *Inlines) UnmarshalJSON(data []byte) (err error) {
	*in, err = unmarshalNodes(data, inlineKinds)
	return err
}

func marshalNodes[N Node](nodes []N) ([]byte, error) {
	if nodes == nil {
		return []byte("null"), nil
	}
	var buf bytes.Buffer
	buf.WriteByte('[')
	for i, n := range nodes {
		if i > 0 {
			buf.WriteByte(',')
		}
		fields, err := json.Marshal(n)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&buf, `{"kind":%q`, Kind(n))
		if len(fields) > len("{}") {
			buf.WriteByte(',')
		}
		buf.Write(fields[1:])
	}
	buf.WriteByte(']')
	return buf.Bytes(), nil
}

func unmarshalNodes[N Node](data []byte, kinds map[string]func() N) ([]N, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, nil
	}
	nodes := make([]N, 0, len(raw))
	for _, r := range raw {
		var head struct{ Kind string }
		if err := json.Unmarshal(r, &head); err != nil {
			return nil, err
		}
		make, ok := kinds[head.Kind]
		if !ok {
			return nil, fmt.Errorf("unknown kind of node %q", head.Kind)
		}
		n := make()
		if err := json.Unmarshal(r, n); err != nil {
			return nil, fmt.Errorf("%s: %w", head.Kind, err)
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}
