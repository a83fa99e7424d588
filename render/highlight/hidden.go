package highlight

import (
	"reflect"
	"unsafe"

	"github.com/alecthomas/chroma/v2"
)

// chroma gives its rules away only together with a compiled regular expression for each, which takes longer than all that
// the driver does with a book, and the lexers that others are made of not at all. What is missing is read from its
// unexported fields, by name and type: if a version of chroma has them no more, the driver goes on without, more slowly and
// with fewer of the lexers, and a test says so.

// rulesOf returns the rules of l, which may be shared with chroma: not to be changed.
func rulesOf(l *chroma.RegexLexer) (chroma.Rules, error) {
	if fetch, ok := hidden[func() (chroma.Rules, error)](l, "fetchRulesFunc"); ok && fetch != nil {
		return fetch()
	}
	return l.Rules()
}

// partsOf makes a lexer that consists of others anew, of what part makes of them. It returns nil for other lexers.
func partsOf(l chroma.Lexer, part func(chroma.Lexer) chroma.Lexer) chroma.Lexer {
	root, isRoot := hidden[chroma.Lexer](l, "root")
	language, isLanguage := hidden[chroma.Lexer](l, "language")
	if isRoot && isLanguage {
		return chroma.DelegatingLexer(part(root), part(language))
	}
	inner, isInner := hidden[chroma.Lexer](l, "lexer")
	mapper, isMapper := hidden[func(chroma.Token) []chroma.Token](l, "mapper")
	if isInner && isMapper {
		return chroma.RemappingLexer(part(inner), mapper)
	}
	return nil
}

// hidden returns a field of the struct v points to, also an unexported one, if it has the type T.
func hidden[T any](v any, name string) (T, bool) {
	var zero T
	s := reflect.ValueOf(v)
	if s.Kind() != reflect.Pointer || s.Elem().Kind() != reflect.Struct {
		return zero, false
	}
	f := s.Elem().FieldByName(name)
	if !f.IsValid() || f.Type() != reflect.TypeFor[T]() {
		return zero, false
	}
	return *(*T)(unsafe.Pointer(f.UnsafeAddr())), true
}
