package pattern_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"

	"github.com/evbook/evbook/render/highlight/pattern"
)

// texts are what the expressions are tried on, at every place.
var texts = []string{
	"", "a", "aaa", "aaab", "ab\ncd\n", "abcabcabc", "foo(bar, \"b\\\"az\") // c\n", "'it''s' 1.5e-3 0xFF", "<a href='x'>y</a>\n",
	"xyxyxyz zyx", "ÄÖü straße Σίσυφος 日本語 K ſ", "\r\n\r\n", "  \t if x then\n\tend\n", "((()))[[{}]]", "aXbXc--d", "\n\n\n", "_a_ é e\u0301",
	"SELECT select SeLeCt", "abab abba baba", "$x ${y} #{z} \\n", "abababc ababc", "1 22 333 4444 55555",
}

// expressions have each construct at least once; the fuzz target starts from them.
var expressions = []string{
	``, `a`, `[a-c]+`, `[^a]`, `.`, `(?s).`, `abc|ab|a`, `(a)(b)?(c)?`, `(a|ab)(c|bcd)?`, `a*`, `a*?b`, `a+?`, `a{2,3}`, `a{2,3}?`, `(?:ab){2}`,
	`(?:ab){1,2}?`, `(?:ab)*c`, `(?:a|b)*?c`, `(a*)*`, `(a*)+b`, `(?:a*){2,4}`, `(?:a?b?)*?c`, `(a|b)*\1`, `(\w)\1`, `(?i)(s)\1`, `(?i)select`, `(?i)k`,
	`(?=a)\w+`, `(?!a)\w`, `(?<=a)b`, `(?<!a)b`, `(?<=\bfoo\()\w+`, `(?<=a+?)b`, `(?<=(a|b){2})a`, `(?<=ab|cd)\n`, `(?<![^x])y`, `(?>a+)b`, `(?>a|ab)c`,
	`(?m)^\w+$`, `(?m)^`, `(?m)$`, `^a`, `a$`, `\Aa`, `c\z`, `c\Z`, `\bfoo\b`, `\B.`, `\s+`, `\S+\s*`, `\p{Lu}`, `\P{L}+`, `[\w-[aeiou]]+`, `[^\W\d]+`,
	`(?:x(?=y)y)+z`, `((a)|b)+`, `(?:(a)|(b))*`, `(?:(?=(a))a|b)+`, `(?:(?!(ab))\w)+`, `"(?:\\.|[^"\\])*"`, `'(?:''|[^'])*'`, "(?x) a \\ b # c\n",
	`(?:a|b|c|d|e|f|g|x|y)+`, `(?:if|then|end|else|elif|fi)\b`, `(?:aa|ab|ba|bb|aba|bab| |c)*c`, `(?:(?:a|b){0,2}c?){1,3}`, `(a(b(c)?)?)+`, `(?n)(a)(?<x>b)`,
	`(?<n>a)(b)`, `(?:a*|b)*`, `(?:a*?|b)*?c`, `(?:|a)+`, `(?:a|)+?b`, `(?:(a)|b\1)+`, `[日本]+`, `[^日]`, `日|本`, `(?<=日)本`, `(?i)σ+`, `(?>(a)|b)+`, `(?:(?>a*)b)*`,
	`(?:a{0,2}){2}b`, `(?:ab){1,2}?c`, `(?:ab){0,1}?c`, `(?>(?:(a)|b)*)c`, `(?:\w+\s*)+$`, `(?s)/\*.*?\*/|//[^\n]*`, `(?<=(?<!x)y)x`, `(?=(\w+))\1`, `(?!)`, `(?:(?<=a)b|a)+`,
}

// differ returns what the package finds at a place of text that regexp2 does not, or the other way round.
func differ(t *testing.T, expression, text string) {
	t.Helper()
	anchored := `\G(?:` + expression + `)`
	want, err := regexp2.Compile(anchored)
	if err != nil {
		return // no expression
	}
	program, err := pattern.Compile(anchored)
	if errors.Is(err, pattern.ErrUnsupported) {
		return // as its documentation says
	}
	if err != nil {
		t.Fatalf("%q: %v", expression, err)
	}
	runes := []rune(text)
	machine := pattern.Machine{Text: runes}
	for pos := range len(runes) + 1 {
		machine.Steps = 1 << 20
		ok, err := machine.Match(program, pos)
		if err != nil {
			return // too many steps
		}
		got := ""
		if ok {
			for g := range program.Groups() {
				got += fmt.Sprintf("%d-%d ", machine.Groups[2*g], machine.Groups[2*g+1])
			}
			if pos < len(runes) && !program.CanStart(runes[pos]) {
				t.Errorf("%q matches %q at %d, but cannot start there", expression, text, pos)
			}
		}
		expected := ""
		if m, _ := want.FindRunesMatchStartingAt(runes, pos); m != nil && m.RuneIndex == pos {
			for _, g := range m.Groups() {
				if len(g.Captures) == 0 {
					expected += "-1--1 "
				} else {
					expected += fmt.Sprintf("%d-%d ", g.RuneIndex, g.RuneIndex+g.RuneLength)
				}
			}
		}
		if got != expected {
			t.Errorf("%q on %q at %d: got %q, want %q", expression, text, pos, got, expected)
		}
	}
}

func TestMatchesAsRegexp2(t *testing.T) {
	for _, expression := range expressions {
		t.Run(expression, func(t *testing.T) {
			for _, text := range texts {
				differ(t, expression, text)
			}
		})
	}
}

func TestEverySampleIsSupported(t *testing.T) {
	for _, expression := range expressions {
		if _, err := pattern.Compile(expression); err != nil {
			t.Errorf("%q: %v", expression, err)
		}
	}
}

func TestStepsAreBounded(t *testing.T) {
	for _, expression := range []string{`(a|aa)+$`, `(?:a+\s*)+b`, `(\w+\s*)+;`, `(?=(a|aa)+b)`, `(?:a|a|aa){5,}b`, `(a?){40}a{40}b`} {
		program, err := pattern.Compile(expression)
		if err != nil {
			t.Fatal(err)
		}
		machine := pattern.Machine{Text: []rune(strings.Repeat("a", 60) + "c"), Steps: 100_000}
		ok, err := true, error(nil)
		for pos := 0; err == nil && pos < 61; pos++ {
			ok, err = machine.Match(program, pos)
		}
		if !errors.Is(err, pattern.ErrSteps) || ok {
			t.Errorf("%s: %v, %v after %d steps", expression, ok, err, 100_000-machine.Steps)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, expression := range []string{`(a)?(?(1)b|c)`, `(?(?=a)b|c)`, `(?<a>x)(?<b-a>y)`} {
		if _, err := pattern.Compile(expression); !errors.Is(err, pattern.ErrUnsupported) {
			t.Errorf("%s: %v", expression, err)
		}
	}
	if _, err := pattern.Compile(`(`); err == nil || errors.Is(err, pattern.ErrUnsupported) {
		t.Errorf("%v", err)
	}
}

func TestCanStart(t *testing.T) {
	for _, test := range []struct {
		expression string
		with, no   string
	}{
		{`abc|[x-z]`, "axz", "bcw"},
		{`a?b`, "ab", "c"},
		{`(?:a|b)*c`, "abc", "d"},
		{`(?=[a-m])\w`, "am", "nz1"},
		{`\s*$`, " \n", "a"},
		{`(?!x)\d`, "1", "x"},
		{`(?i)select`, "sSſ", "e"},
	} {
		program, err := pattern.Compile(`\G(?:` + test.expression + `)`)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range test.with {
			if !program.CanStart(r) {
				t.Errorf("%s cannot start with %c", test.expression, r)
			}
		}
		for _, r := range test.no {
			if program.CanStart(r) {
				t.Errorf("%s can start with %c", test.expression, r)
			}
		}
	}
}

func FuzzMatch(f *testing.F) {
	for i, expression := range expressions {
		f.Add(expression, texts[i%len(texts)])
	}
	f.Fuzz(func(t *testing.T, expression, text string) {
		if len(expression) > 60 || len(text) > 60 || strings.Count(expression, "{") > 3 {
			return // regexp2 would take too long
		}
		differ(t, expression, text)
	})
}
