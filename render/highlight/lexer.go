package highlight

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"github.com/evbook/evbook/render/highlight/pattern"
)

// A lexer is one of chroma's regular-expression lexers with its rules laid out for the driver: inclusions resolved, the
// emitters taken apart. A rule's pattern is compiled when it is first tried: of the rules of a language a book needs a few.
// A lexer is not changed by using it, and safe for concurrent use.
type lexer struct {
	origin *chroma.RegexLexer
	states map[string]*state
}

type state struct {
	rules []*rule
}

type rule struct {
	expression string
	action     action
	mutator    chroma.Mutator

	program   atomic.Pointer[pattern.Program] // nil until it is first tried
	compiling sync.Mutex
}

func (r *rule) compile() (*pattern.Program, error) {
	r.compiling.Lock()
	defer r.compiling.Unlock()
	if p := r.program.Load(); p != nil {
		return p, nil
	}
	p, err := pattern.Compile(r.expression)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.expression, err)
	}
	r.program.Store(p)
	return p, nil
}

// newLexer lays out the rules of origin. The error says that they need chroma's own tokeniser: some change the lexer
// while it runs.
func newLexer(origin *chroma.RegexLexer) (*lexer, error) {
	raw, err := rulesOf(origin)
	if err != nil {
		return nil, err
	}
	compiled := chroma.CompiledRules{}
	for name, rules := range raw {
		for _, r := range rules {
			compiled[name] = append(compiled[name], &chroma.CompiledRule{Rule: r})
		}
	}
	if err := resolve(compiled); err != nil {
		return nil, err
	}
	l := &lexer{origin: origin, states: map[string]*state{}}
	known := map[*chroma.CompiledRule]*rule{}
	before := prefix(origin.Config())
	actions := actionsFor(origin)
	for name, rules := range compiled {
		s := &state{}
		for _, c := range rules {
			if known[c] == nil {
				if !isPlainMutator(c.Mutator) {
					return nil, fmt.Errorf("the state %s has a mutator %T", name, c.Mutator)
				}
				known[c] = &rule{expression: before + c.Pattern + ")", action: actions.of(c.Type), mutator: c.Mutator}
			}
			s.rules = append(s.rules, known[c])
		}
		l.states[name] = s
	}
	return l, nil
}

// prefix is what stands before the patterns of a lexer and fixes them to a place; a parenthesis stands behind.
func prefix(config *chroma.Config) string {
	flags := ""
	if !config.NotMultiline {
		flags += "m"
	}
	if config.CaseInsensitive {
		flags += "i"
	}
	if config.DotAll {
		flags += "s"
	}
	if flags != "" {
		flags = "(?" + flags + ")"
	}
	return `\G` + flags + "(?:"
}

// resolve lets the mutators that change rules before the lexer runs do so: inclusions and combined states, which may bring
// others in.
func resolve(rules chroma.CompiledRules) error {
	for changed := true; changed; {
		changed = false
		for _, name := range slices.Sorted(maps.Keys(rules)) {
			for i := 0; i < len(rules[name]); {
				m, ok := rules[name][i].Mutator.(chroma.LexerMutator)
				if !ok {
					i++
					continue
				}
				if err := m.MutateLexer(rules, name, i); err != nil {
					return err
				}
				changed = true
				if len(rules[name]) > 100_000 {
					return fmt.Errorf("the state %s includes itself", name)
				}
			}
		}
	}
	return nil
}

// isPlainMutator reports whether m does no more than to move the stack of states.
func isPlainMutator(m chroma.Mutator) bool {
	if m == nil {
		return true
	}
	known, ok := m.(chroma.SerialisableMutator)
	if !ok {
		return false
	}
	switch known.MutatorKind() {
	case "push", "pop":
		return true
	case "mutators":
		parts, ok := field[[]chroma.Mutator](m, "Mutators")
		return ok && !slices.ContainsFunc(parts, func(part chroma.Mutator) bool { return !isPlainMutator(part) })
	}
	return false
}

// An action is what becomes of the text a rule matched.
type action struct {
	kind   actionKind
	token  chroma.TokenType
	parts  []action // of the groups, without the zeroth
	lexer  string   // the name of the lexer to use
	state  string   // the state to begin with
	name   int      // the group that names the lexer
	code   int      // the group it is used on
	opaque chroma.Emitter

	used chroma.Lexer // the lexer to use, whose tokens of the type from become token
	from chroma.TokenType
}

type actionKind uint8

const (
	emitNothing actionKind = iota
	emitToken
	emitGroups
	emitUsing
	emitUsingSelf
	emitUsingGroup
	emitUsingAs
	emitOpaque // what only the emitter knows
)

// actions takes the emitters of a lexer apart.
type actions struct {
	functions action // what a function does, if that is known
}

// actionsFor knows what the one function does that matters: Go's raw strings are looked through for templates. It is
// compared with chroma in the tests.
func actionsFor(origin *chroma.RegexLexer) actions {
	if chroma.Lexer(origin) == lexers.Go {
		return actions{action{kind: emitUsingAs, used: lexers.GoTextTemplate, from: chroma.Other, token: chroma.LiteralString}}
	}
	return actions{action{kind: emitOpaque}}
}

// of takes an emitter apart. chroma exports the kinds of its emitters and the fields they are written to XML with, but not
// their types; an emitter that is not as expected is left to itself.
func (a actions) of(e chroma.Emitter) action {
	switch known := e.(type) {
	case nil:
		return action{}
	case chroma.TokenType:
		return action{kind: emitToken, token: known}
	case chroma.EmitterFunc:
		function := a.functions
		function.opaque = e
		return function
	case chroma.SerialisableEmitter:
		switch known.EmitterKind() {
		case "bygroups":
			if parts, ok := field[chroma.Emitters](e, "Emitters"); ok {
				return action{kind: emitGroups, parts: a.all(parts)}
			}
		case "using":
			if name, ok := field[string](e, "Lexer"); ok {
				return action{kind: emitUsing, lexer: name}
			}
		case "usingself":
			if name, ok := field[string](e, "State"); ok {
				return action{kind: emitUsingSelf, state: name}
			}
		case "usingbygroup":
			parts, ok := field[chroma.Emitters](e, "Emitters")
			name, okName := field[int](e, "SublexerNameGroup")
			code, okCode := field[int](e, "CodeGroup")
			if ok && okName && okCode {
				return action{kind: emitUsingGroup, parts: a.all(parts), name: name, code: code}
			}
		}
	}
	return action{kind: emitOpaque, opaque: e}
}

func (a actions) all(emitters []chroma.Emitter) []action {
	parts := make([]action, len(emitters))
	for i, e := range emitters {
		parts[i] = a.of(e)
	}
	return parts
}

// field returns an exported field of the struct v points to.
func field[T any](v any, name string) (T, bool) {
	var zero T
	s := reflect.ValueOf(v)
	if s.Kind() != reflect.Pointer || s.Elem().Kind() != reflect.Struct {
		return zero, false
	}
	f := s.Elem().FieldByName(name)
	if !f.IsValid() || !f.CanInterface() {
		return zero, false
	}
	return reflect.TypeAssert[T](f)
}
