package mathml_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/mathml"
)

// write serialises a node compactly, so that tests can read it.
func write(b *strings.Builder, n *mathml.Node) {
	b.WriteString("<" + n.Name)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Name + "=" + a.Value)
	}
	b.WriteString(">" + n.Text)
	for _, c := range n.Children {
		write(b, c)
	}
	b.WriteString("</" + n.Name + ">")
}

func TestConvert(t *testing.T) {
	for _, tt := range []struct{ tex, want string }{
		{`a^2 < b`, `<math alttext=a^2 < b display=inline><mrow><msup><mi>a</mi><mn>2</mn></msup><mo><</mo><mi>b</mi></mrow></math>`},
		{`\frac{1}{\sqrt[3]{x}}`, `<math alttext=\frac{1}{\sqrt[3]{x}} display=inline><mrow><mfrac><mn>1</mn><mroot><mi>x</mi><mn>3</mn></mroot></mfrac></mrow></math>`},
		{`\sum_{i=1}^n x_i`, `<mo largeop=true movablelimits=true>∑</mo>`},
		{`\text{for all } x`, "<mtext>for\u00a0all\u00a0</mtext>"},
		{`\begin{pmatrix}a&b\\c&d\end{pmatrix}`, `<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr>`},
		{`\alpha \neq \infty`, `<mi>α</mi><mo>≠</mo><mi>∞</mi>`},
		{`^2`, `<mrow><msup><mrow></mrow><mn>2</mn></msup></mrow>`},
		{`a_1 { L_1 + 1 \over L_2 + 2 }`, `</msub><mfrac><mrow><msub><mi>L</mi><mn>1</mn></msub><mo>+</mo><mn>1</mn></mrow><mrow><msub><mi>L</mi><mn>2</mn></msub><mo>+</mo><mn>2</mn></mrow></mfrac>`},
		{`{a \over {b \over c}} \overline{x}`, `<mfrac><mi>a</mi><mfrac><mi>b</mi><mi>c</mi></mfrac></mfrac>`},
	} {
		n, err := mathml.Convert(tt.tex, false)
		if err != nil {
			t.Errorf("%s: %v", tt.tex, err)
			continue
		}
		var b strings.Builder
		write(&b, n)
		if !strings.Contains(b.String(), tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.tex, b.String(), tt.want)
		}
	}
	n, err := mathml.Convert("x", true)
	if err != nil || n.Attrs[1].Value != "block" {
		t.Errorf("a displayed formula: got %v, %v", n, err)
	}
}

func TestConvertRefuses(t *testing.T) {
	for _, tex := range []string{`\frac{a`, `\nosuchcommand{x}`, `}`, `\begin{nothing}x\end{nothing}`, `a & b \over c`, strings.Repeat("x", 20_000)} {
		if n, err := mathml.Convert(tex, false); err == nil {
			var b strings.Builder
			write(&b, n)
			t.Errorf("%.40s: got %s, want an error", tex, b.String())
		} else if !errors.Is(err, mathml.ErrFormula) {
			t.Errorf("%.40s: got %v, want ErrFormula", tex, err)
		}
	}
}

func TestConvertIsDeterministic(t *testing.T) {
	const tex = `\left( \int_0^\infty e^{-x}\,dx \right) \begin{align}a&=b\\c&=d\end{align}`
	var first string
	for i := range 20 {
		n, err := mathml.Convert(tex, true)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		write(&b, n)
		if i == 0 {
			first = b.String()
		} else if b.String() != first {
			t.Fatalf("two conversions differ:\n%s\n%s", first, b.String())
		}
	}
}

func FuzzConvert(f *testing.F) {
	for _, s := range []string{`a^2`, `\frac{a}{b}`, `\begin{matrix}a\end{matrix}`, `\left(`, `&nbsp;<b>`, `\text{<}`, `\ce{H2O}`, "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		if n, err := mathml.Convert(tex, true); err == nil && n == nil {
			t.Error("neither a formula nor an error")
		}
	})
}
