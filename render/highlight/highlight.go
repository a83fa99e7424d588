// Package highlight splits listings into tokens of a dozen kinds. It is the one place that knows chroma's lexers; how a
// kind looks is the layout's business.
//
// chroma knows the languages: their states and the rules of each, the tokens the rules give. A driver of our own goes
// through them (see lexer and session), with a pattern machine of our own (package pattern). Its tokens are those of chroma's
// loop in a tenth of the time, and its work is counted and bounded.
package highlight

import (
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Kind says what a token is. Kinds serve as names in layouts and, with the prefix "hl-", as class names in style sheets.
type Kind string

// The kinds. Plain is everything that needs no distinction.
const (
	Plain    Kind = ""
	Keyword  Kind = "keyword"
	Type     Kind = "type"
	Function Kind = "function" // names at their definition, decorators, tags
	Builtin  Kind = "builtin"
	String   Kind = "string"
	Number   Kind = "number"
	Comment  Kind = "comment"
	Operator Kind = "operator"
	Prompt   Kind = "prompt" // a shell's or interpreter's prompt
	Output   Kind = "output" // what a program printed
	Inserted Kind = "inserted"
	Deleted  Kind = "deleted"
	Key      Kind = "key" // keys of data formats, attributes of mark-up
)

// Kinds lists every kind but Plain.
var Kinds = []Kind{Keyword, Type, Function, Builtin, String, Number, Comment, Operator, Prompt, Output, Inserted, Deleted, Key}

// Token is a piece of a line. It holds no line end.
type Token struct {
	Kind Kind
	Text string
}

// longestSource is the longest source that is looked at, in bytes.
const longestSource = 1 << 20

// Lines splits source into lines of tokens; the texts of the tokens of a line join to the line. Neighbouring tokens of one
// line differ in kind. Plain lines come from an unknown language, from a source above a megabyte and from one whose
// highlighting would take more steps than its length allows (see stepsForAll), which is the same on every machine. Of the
// languages that chroma runs itself (Raku, Haxe, HTTP, Markdown with YAML at its head) sources above 32 KiB or with a line
// above 2,000 bytes are plain.
func Lines(language, source string) [][]Token {
	l := lexerOf(language)
	if l == nil || len(source) > longestSource {
		return plain(source)
	}
	tokens, err := tokenise(l, source)
	if err != nil {
		return plain(source)
	}
	lines := newLines(source)
	for _, t := range tokens {
		if !lines.add(kindOf(t.Type), t.Value) {
			return plain(source)
		}
	}
	if !lines.whole() {
		return plain(source)
	}
	return lines.all
}

// A lines collects the tokens of a source. Lexers may add a line end or normalise one; a listing must come out as its author
// typed it, so each token has to be what stands in the source.
type lines struct {
	source string
	pos    int // how far the tokens have come
	all    [][]Token
	from   int // where the last token of the last line begins in source
	ended  bool
}

func newLines(source string) *lines {
	return &lines{source: source, all: make([][]Token, 1, strings.Count(source, "\n")+1)}
}

// add adds a token and reports whether it is in the source there. After the last character may come one line end more.
func (l *lines) add(kind Kind, text string) bool {
	if rest := l.source[l.pos:]; len(text) > len(rest) {
		if l.ended || text != rest+"\n" {
			return false
		}
		l.ended = true
		text = rest
	} else if text != rest[:len(text)] {
		return false
	}
	for text != "" {
		end := strings.IndexByte(text, '\n')
		if end < 0 {
			l.append(kind, len(text))
			break
		}
		l.append(kind, end)
		l.pos++
		l.all = append(l.all, nil)
		text = text[end+1:]
	}
	return true
}

func (l *lines) append(kind Kind, length int) {
	if length == 0 {
		return
	}
	line := &l.all[len(l.all)-1]
	if n := len(*line); n > 0 && (*line)[n-1].Kind == kind {
		(*line)[n-1].Text = l.source[l.from : l.pos+length]
	} else {
		l.from = l.pos
		*line = append(*line, Token{kind, l.source[l.pos : l.pos+length]})
	}
	l.pos += length
}

func (l *lines) whole() bool { return l.pos == len(l.source) }

// found remembers the lexer of each name that was asked for, nil for a name without one: chroma takes a millisecond to
// learn that it does not know a name, because it goes on to try the name as a file name.
var found sync.Map

func lexerOf(language string) chroma.Lexer {
	switch language {
	case "", "text", "txt", "plain", "plaintext", "none", "output":
		return nil
	}
	return registered(language)
}

// registered returns chroma's lexer of a name, nil if there is none.
func registered(name string) chroma.Lexer {
	if known, ok := found.Load(name); ok {
		return *known.(*chroma.Lexer)
	}
	l := lexers.Get(name)
	found.Store(name, &l)
	return l
}

func plain(source string) [][]Token {
	var lines [][]Token
	for line := range strings.SplitSeq(source, "\n") {
		var tokens []Token
		if line != "" {
			tokens = []Token{{Plain, line}}
		}
		lines = append(lines, tokens)
	}
	return lines
}

func kindOf(t chroma.TokenType) Kind {
	switch t {
	case chroma.KeywordType, chroma.NameClass, chroma.NameException:
		return Type
	case chroma.NameFunction, chroma.NameFunctionMagic, chroma.NameDecorator:
		return Function
	case chroma.NameTag, chroma.NameAttribute, chroma.NameProperty:
		return Key
	case chroma.NameBuiltin, chroma.NameBuiltinPseudo, chroma.KeywordConstant:
		return Builtin
	case chroma.OperatorWord:
		return Keyword
	case chroma.GenericPrompt:
		return Prompt
	case chroma.GenericOutput, chroma.GenericTraceback:
		return Output
	case chroma.GenericInserted:
		return Inserted
	case chroma.GenericDeleted:
		return Deleted
	case chroma.GenericHeading, chroma.GenericSubheading:
		return Keyword
	}
	switch t.SubCategory() {
	case chroma.LiteralString:
		return String
	case chroma.LiteralNumber:
		return Number
	}
	switch t.Category() {
	case chroma.Keyword:
		return Keyword
	case chroma.Comment:
		return Comment
	case chroma.Operator:
		return Operator
	}
	return Plain
}
