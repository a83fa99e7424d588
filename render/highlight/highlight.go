// Package highlight splits listings into tokens of a dozen kinds. It is the one place that knows chroma's lexers; how a
// kind looks is the layout's business.
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

// Lines splits source into lines of tokens; the texts of the tokens of a line join to the line. An unknown language, and
// a source above a megabyte, give plain lines. Neighbouring tokens of one line differ in kind.
func Lines(language, source string) [][]Token {
	lexer := lexerOf(language)
	if lexer == nil || len(source) > 1<<20 {
		return plain(source)
	}
	it, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, source)
	if err != nil {
		return plain(source)
	}
	lines := [][]Token{nil}
	var joined strings.Builder
	for t := it(); t != chroma.EOF; t = it() {
		joined.WriteString(t.Value)
		kind := kindOf(t.Type)
		for i, part := range strings.Split(t.Value, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			lines[len(lines)-1] = appendToken(lines[len(lines)-1], kind, part)
		}
	}
	// Lexers may add a line end or normalise one; a listing must come out as its author typed it.
	if text := joined.String(); text != source {
		if strings.TrimSuffix(text, "\n") != source {
			return plain(source)
		}
		lines = lines[:len(lines)-1]
	}
	return lines
}

// found remembers the lexer of each name that was asked for, nil for a name without one: chroma takes a millisecond to
// learn that it does not know a name, because it goes on to try the name as a file name.
var found sync.Map

func lexerOf(language string) chroma.Lexer {
	switch language {
	case "", "text", "txt", "plain", "plaintext", "none", "output":
		return nil
	}
	if known, ok := found.Load(language); ok {
		return *known.(*chroma.Lexer)
	}
	var lexer chroma.Lexer
	if l := lexers.Get(language); l != nil {
		lexer = chroma.Coalesce(l)
	}
	found.Store(language, &lexer)
	return lexer
}

func appendToken(line []Token, kind Kind, text string) []Token {
	if text == "" {
		return line
	}
	if n := len(line); n > 0 && line[n-1].Kind == kind {
		line[n-1].Text += text
		return line
	}
	return append(line, Token{kind, text})
}

func plain(source string) [][]Token {
	var lines [][]Token
	for line := range strings.SplitSeq(source, "\n") {
		lines = append(lines, appendToken(nil, Plain, line))
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
