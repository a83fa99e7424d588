package highlight

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"github.com/evbook/evbook/render/highlight/pattern"
)

// The steps of the pattern machine that a source may take. Sources people write take 5 to 100 for a character; a rule whose
// work grows with the square of what it looks at, or without bound, gets to the end of them: then the source is left plain.
// They are counted, so that it is on every machine. A million takes about five milliseconds.
const (
	stepsForAll       = 5_000_000
	stepsForCharacter = 500
	mostSteps         = 200_000_000
)

// A session splits one source into tokens. It is for one goroutine.
type session struct {
	machine pattern.Machine
	tokens  []chroma.Token
	depth   int
}

// tokenise returns the tokens of text by l, as l's own Tokenise gives them, empty ones left out. The error is
// pattern.ErrSteps for a text that is too much work.
func tokenise(l chroma.Lexer, text string) ([]chroma.Token, error) {
	options := &chroma.TokeniseOptions{State: "root"}
	s := &session{tokens: make([]chroma.Token, 0, len(text)/6+8)}
	s.machine.Steps = min(stepsForAll+stepsForCharacter*len(text), mostSteps)
	err := guarded(func() error { return s.use(l, options, text) })
	if err != nil && !errors.Is(err, pattern.ErrSteps) { // something the driver does not know
		s.tokens = nil
		err = guarded(func() error { return s.foreign(l, options, text) })
	}
	return s.tokens, err
}

// guarded makes an error of a panic, chroma's way to say that the rules of a lexer contradict each other.
func guarded(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("chroma: %v", p)
		}
	}()
	return run()
}

// laidOut remembers the lexers laid out for the driver, by the *chroma.RegexLexer: a function that returns the *lexer, nil
// for one that cannot be.
var laidOut sync.Map

func layOut(l chroma.Lexer) *lexer {
	origin, ok := l.(*chroma.RegexLexer)
	if !ok {
		return nil
	}
	known, ok := laidOut.Load(origin)
	if !ok {
		known, _ = laidOut.LoadOrStore(origin, sync.OnceValue(func() *lexer {
			laid, err := newLexer(origin)
			if err != nil {
				return nil
			}
			return laid
		}))
	}
	return known.(func() *lexer)()
}

const (
	deepest      = 100     // how deep lexers may use others
	highestStack = 1 << 20 // how many states may lie on the stack
)

func (s *session) use(l chroma.Lexer, options *chroma.TokeniseOptions, text string) error {
	if text == "" { // as the space between a function's name and its arguments mostly is
		return nil
	}
	if s.depth++; s.depth > deepest {
		return pattern.ErrSteps
	}
	defer func() { s.depth-- }()
	if options == nil { // as chroma does
		options = &chroma.TokeniseOptions{State: "root", EnsureLF: true}
	}
	if laid := layOut(l); laid != nil {
		return s.run(laid, options, text)
	}
	if whole := partsOf(l, s.bind); whole != nil {
		next, err := whole.Tokenise(options, text)
		if err == nil {
			s.take(next)
		}
		return err
	}
	return s.foreign(l, options, text)
}

func (s *session) take(next chroma.Iterator) {
	for t := next(); t != chroma.EOF; t = next() {
		s.token(t.Type, t.Value)
	}
}

func (s *session) token(t chroma.TokenType, text string) {
	if text != "" && t != chroma.Ignore {
		s.tokens = append(s.tokens, chroma.Token{Type: t, Value: text})
	}
}

// A source is a text being split, by characters and by bytes.
type source struct {
	text  string
	runes []rune
	at    []int32 // the byte each character begins at; nil if they are one byte each
}

func newSource(text string) source {
	src := source{text: text, runes: []rune(text)}
	if !utf8.ValidString(text) {
		src.text = string(src.runes)
	}
	if len(src.runes) == len(src.text) {
		return src
	}
	src.at = make([]int32, 0, len(src.runes)+1)
	for i := range src.text {
		src.at = append(src.at, int32(i))
	}
	src.at = append(src.at, int32(len(src.text)))
	return src
}

func (src *source) slice(from, to int32) string {
	if from < 0 {
		return "" // a group that took no part
	}
	if src.at != nil {
		from, to = src.at[from], src.at[to]
	}
	return src.text[from:to]
}

// run is chroma's loop over its rules: the first rule of the state on top of the stack that matches at a place decides.
func (s *session) run(l *lexer, options *chroma.TokeniseOptions, text string) error {
	if options.EnsureLF {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	added := !options.Nested && l.origin.Config().EnsureNL && !strings.HasSuffix(text, "\n")
	if added {
		text += "\n"
	}
	src := newSource(text)
	outer := s.machine.Text
	s.machine.Text = src.runes
	s.machine.Steps -= len(src.runes)
	defer func() { s.machine.Text = outer }()

	end := len(src.runes)
	if added {
		end--
	}
	at := &chroma.LexerState{
		Lexer: l.origin, Registry: lexers.GlobalLexerRegistry, Text: src.runes, Stack: []string{options.State},
		MutatorContext: map[any]any{},
	}
	name, current := "", (*state)(nil)
	for at.Pos < end && len(at.Stack) > 0 {
		if len(at.Stack) > highestStack {
			return pattern.ErrSteps
		}
		at.State = at.Stack[len(at.Stack)-1]
		if current == nil || name != at.State {
			if name, current = at.State, l.states[at.State]; current == nil {
				return fmt.Errorf("there is no state %s", at.State)
			}
		}
		found, err := s.match(current, src.runes[at.Pos], at)
		if err != nil {
			return err
		}
		if found == nil {
			if src.runes[at.Pos] == '\n' && at.State != options.State {
				at.Stack = []string{options.State}
				continue
			}
			s.token(chroma.Error, src.slice(int32(at.Pos), int32(at.Pos+1)))
			at.Pos++
			continue
		}
		if err := s.apply(found, at, &src); err != nil {
			return err
		}
	}
	if at.Pos != len(src.runes) && len(at.Stack) == 0 {
		s.token(chroma.Error, src.slice(int32(at.Pos), int32(len(src.runes))))
	}
	return nil
}

// match returns the first rule of the state that matches where at is, before the character r, nil if none does. The
// machine has the groups.
func (s *session) match(current *state, r rune, at *chroma.LexerState) (*rule, error) {
	for i, candidate := range current.rules {
		program := candidate.program.Load()
		if program == nil {
			var err error
			if program, err = candidate.compile(); err != nil {
				return nil, err
			}
		}
		if s.machine.Steps--; !program.CanStart(r) {
			continue
		}
		ok, err := s.machine.Match(program, at.Pos)
		if err != nil {
			return nil, err
		}
		if ok {
			at.Rule = i
			return candidate, nil
		}
	}
	return nil, nil
}

// apply does what a rule that has matched says.
func (s *session) apply(r *rule, at *chroma.LexerState, src *source) error {
	groups := s.machine.Groups
	at.Pos = int(groups[1])
	if r.mutator != nil {
		if err := r.mutator.Mutate(at); err != nil {
			return err
		}
	}
	if r.action.kind == emitToken {
		s.token(r.action.token, src.slice(groups[0], groups[1]))
		return nil
	}
	return s.act(&r.action, groups, at, src)
}

// act emits the groups, pairs of where each begins and ends.
func (s *session) act(a *action, groups []int32, at *chroma.LexerState, src *source) error {
	switch a.kind {
	case emitNothing:
		return nil
	case emitToken:
		s.token(a.token, src.slice(groups[0], groups[1]))
		return nil
	}
	whole := src.slice(groups[0], groups[1])
	switch a.kind {
	case emitGroups, emitUsingGroup:
		if len(a.parts) != len(groups)/2-1 {
			s.token(chroma.Error, whole)
			return nil
		}
		var own [16]int32
		groups = append(own[:0], groups...) // the machine writes into its own
		var used chroma.Lexer
		if a.kind == emitUsingGroup {
			used = registered(src.slice(groups[2*a.name], groups[2*a.name+1]))
		}
		for i := range a.parts {
			group := groups[2*i+2 : 2*i+4]
			var err error
			if used != nil && i == a.code-1 {
				err = s.use(used, nil, src.slice(group[0], group[1]))
			} else {
				err = s.act(&a.parts[i], group, at, src)
			}
			if err != nil {
				return err
			}
		}
		return nil
	case emitUsing:
		used := registered(a.lexer)
		if used == nil {
			return fmt.Errorf("there is no lexer %s", a.lexer)
		}
		return s.use(used, &chroma.TokeniseOptions{State: "root", Nested: true}, whole)
	case emitUsingSelf:
		return s.use(at.Lexer, &chroma.TokeniseOptions{State: a.state, Nested: true}, whole)
	case emitUsingAs:
		begin := len(s.tokens)
		err := s.use(a.used, &chroma.TokeniseOptions{State: "root", Nested: true}, whole)
		for i := begin; i < len(s.tokens); i++ {
			if s.tokens[i].Type == a.from {
				s.tokens[i].Type = a.token
			}
		}
		return err
	}
	texts := make([]string, 0, len(groups)/2)
	for i := 0; i < len(groups); i += 2 {
		texts = append(texts, src.slice(groups[i], groups[i+1]))
	}
	at.Groups = texts
	if tooLong(whole) {
		return pattern.ErrSteps
	}
	s.take(a.opaque.Emit(texts, at))
	return nil
}
