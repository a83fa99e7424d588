package highlight

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/evbook/evbook/render/highlight/pattern"
)

type sample struct{ language, source string }

func samples(t testing.TB) []sample {
	archive, err := txtar.ParseFile("testdata/samples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	for _, f := range archive.Files {
		language, _, _ := strings.Cut(f.Name, ".")
		all = append(all, sample{language, string(f.Data)})
	}
	if len(all) < 40 {
		t.Fatalf("%d samples", len(all))
	}
	return all
}

// byChroma returns the tokens of l's own tokeniser, without empty ones.
func byChroma(l chroma.Lexer, source string) (tokens []chroma.Token, err error) {
	err = guarded(func() error {
		all, err := chroma.Tokenise(l, &chroma.TokeniseOptions{State: "root"}, source)
		for _, t := range all {
			if t.Value != "" {
				tokens = append(tokens, t)
			}
		}
		return err
	})
	return tokens, err
}

func TestTokensAreChromas(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(s.language, func(t *testing.T) {
			l := lexers.Get(s.language)
			if l == nil {
				t.Fatal("no such language")
			}
			runes := []rune(s.source)
			sources := []string{s.source, strings.TrimSuffix(s.source, "\n"), strings.ReplaceAll(s.source, "\n", "\r\n"),
				string(runes[len(runes)/3:]), string(runes[:len(runes)*2/3]), strings.ReplaceAll(s.source, "e", "é日"), "\xff" + s.source}
			for i, source := range sources {
				want, wantErr := byChroma(l, source)
				got, err := tokenise(l, source)
				if (err != nil) != (wantErr != nil) {
					t.Errorf("%d: error %v, want %v", i, err, wantErr)
				} else if diff := cmp.Diff(want, got); err == nil && diff != "" {
					t.Errorf("%d: -chroma +driver:\n%s", i, diff)
				}
			}
		})
	}
}

// foreign are the lexers of chroma that are left to it: they change their own rules, or look at their text themselves.
var foreign = []string{"HTTP", "Haxe", "Raku", "markdown"}

// Every rule of every lexer compiles, and every emitter but a function is understood: this fails when chroma changes
// something that the driver relies on.
func TestEveryLexerIsLaidOut(t *testing.T) {
	var left []string
	var check func(l chroma.Lexer) chroma.Lexer
	check = func(l chroma.Lexer) chroma.Lexer {
		laid := layOut(l)
		if laid == nil {
			if partsOf(l, check) == nil {
				left = append(left, l.Config().Name)
			}
			return l
		}
		for name, s := range laid.states {
			for _, r := range s.rules {
				if _, err := r.compile(); err != nil {
					t.Errorf("%s, %s: %v", l.Config().Name, name, err)
				}
				checkAction(t, l.Config().Name+", "+name, &r.action)
			}
		}
		return l
	}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		check(l)
	}
	slices.Sort(left)
	if diff := cmp.Diff(foreign, left); diff != "" {
		t.Errorf("left to chroma: -want +got:\n%s", diff)
	}
	if rules, ok := hidden[func() (chroma.Rules, error)](lexers.Go, "fetchRulesFunc"); !ok || rules == nil {
		t.Error("the rules cannot be had without compiling them")
	}
}

func checkAction(t *testing.T, where string, a *action) {
	if _, isFunction := a.opaque.(chroma.EmitterFunc); a.kind == emitOpaque && !isFunction {
		t.Errorf("%s: the emitter %T is not understood", where, a.opaque)
	}
	for i := range a.parts {
		checkAction(t, where, &a.parts[i])
	}
}

// Sources whose highlighting would take minutes to ages end after a bounded number of steps.
func TestHardSourcesArePlain(t *testing.T) {
	for _, test := range []sample{
		{"json", `"` + strings.Repeat(`\\`, 5000)},
		{"go", `"` + strings.Repeat(`\\`, 5000)},
		{"yaml", strings.Repeat("[", 20_000)},
		{"make", strings.Repeat("a", 30_000)},
		{"markdown", "---\n" + strings.Repeat("[", 30_000)},
		{"raku", strings.Repeat("my $x;\n", 20_000)},
	} {
		if _, err := tokenise(lexers.Get(test.language), test.source); !errors.Is(err, pattern.ErrSteps) {
			t.Errorf("%s: %v", test.language, err)
		}
		if diff := cmp.Diff(plain(test.source), Lines(test.language, test.source)); diff != "" {
			t.Errorf("%s is not plain", test.language)
		}
	}
}

func TestLinesAreSafeForConcurrentUse(t *testing.T) {
	all := samples(t)
	want := make([]string, len(all))
	for i, s := range all {
		want[i] = fmt.Sprint(Lines(s.language, s.source))
	}
	laidOut.Clear()
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			for n := range all {
				i := (n + g*7) % len(all)
				if got := fmt.Sprint(Lines(all[i].language, all[i].source)); got != want[i] {
					t.Errorf("%s: the tokens differ", all[i].language)
				}
			}
		})
	}
	wait.Wait()
}

func FuzzTokens(f *testing.F) {
	all := lexers.GlobalLexerRegistry.Lexers
	for _, s := range samples(f) {
		f.Add(uint16(slices.Index(all, lexers.Get(s.language))), s.source)
	}
	f.Fuzz(func(t *testing.T, number uint16, source string) {
		l := all[int(number)%len(all)]
		if len(source) > 2000 || slices.Contains(foreign, l.Config().Name) {
			return // chroma runs them, or takes long
		}
		s := &session{}
		s.machine.Steps = 300_000 // chroma takes far longer for the hard ones
		if err := guarded(func() error { return s.use(l, &chroma.TokeniseOptions{State: "root"}, source) }); err != nil {
			return
		}
		want, err := byChroma(l, source)
		if err != nil {
			return
		}
		if diff := cmp.Diff(want, s.tokens); diff != "" {
			t.Errorf("%s, %q: -chroma +driver:\n%s", l.Config().Name, source, diff)
		}
	})
}

func BenchmarkLines(b *testing.B) {
	for _, s := range samples(b) {
		switch s.language {
		case "go", "python", "javascript", "yaml", "bash", "rust", "sql", "json":
		default:
			continue
		}
		source := strings.Repeat(s.source+"\n", 4)
		b.Run(s.language, func(b *testing.B) {
			Lines(s.language, source)
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				Lines(s.language, source)
			}
		})
		b.Run(s.language+" by chroma", func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := byChroma(lexers.Get(s.language), source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
