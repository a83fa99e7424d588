package highlight

import (
	"reflect"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"github.com/evbook/evbook/render/highlight/pattern"
)

// What is left to chroma's own tokeniser must be shorter than this: its work is not counted.
const (
	longestForeign     = 32 << 10 // bytes
	longestForeignLine = 2000
)

// foreign lets chroma's own tokeniser run a lexer that the driver cannot.
func (s *session) foreign(l chroma.Lexer, options *chroma.TokeniseOptions, text string) error {
	if tooLong(text) && (l.Config().Name != "markdown" || strings.HasPrefix(text, "---")) {
		return pattern.ErrSteps // of Markdown, chroma looks only at YAML at the head itself
	}
	next, err := s.own(l).Tokenise(options, text)
	if err == nil {
		s.take(next)
	}
	return err
}

// own returns l as it is used in this session alone. A lexer whose rules change while it runs is made anew, so that no
// source sees what another one left; one with an exported lexer inside uses the driver for it.
func (s *session) own(l chroma.Lexer) chroma.Lexer {
	if origin, ok := l.(*chroma.RegexLexer); ok {
		rules, err := rulesOf(origin)
		if err != nil {
			return l
		}
		anew, err := chroma.NewLexer(origin.Config(), rules.Clone)
		if err != nil {
			return l
		}
		return anew.SetRegistry(lexers.GlobalLexerRegistry)
	}
	v := reflect.ValueOf(l)
	if inner, ok := field[chroma.Lexer](l, "Lexer"); ok {
		anew := reflect.New(v.Elem().Type())
		anew.Elem().Set(v.Elem())
		anew.Elem().FieldByName("Lexer").Set(reflect.ValueOf(s.bind(inner)))
		if outer, ok := reflect.TypeAssert[chroma.Lexer](anew); ok {
			return outer
		}
	}
	return l
}

// A bound lexer is one whose text is split by the driver, in a session.
type bound struct {
	chroma.Lexer
	session *session
}

func (s *session) bind(l chroma.Lexer) chroma.Lexer { return &bound{Lexer: l, session: s} }

func (b *bound) Tokenise(options *chroma.TokeniseOptions, text string) (chroma.Iterator, error) {
	outer := b.session.tokens
	b.session.tokens = nil
	err := b.session.use(b.Lexer, options, text)
	tokens := b.session.tokens
	b.session.tokens = outer
	return chroma.Literator(tokens...), err
}

func tooLong(text string) bool {
	if len(text) > longestForeign {
		return true
	}
	for len(text) > longestForeignLine {
		end := strings.IndexByte(text[:longestForeignLine+1], '\n')
		if end < 0 {
			return true
		}
		text = text[end+1:]
	}
	return false
}
