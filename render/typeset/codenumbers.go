package typeset

import (
	"strconv"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/layouts/unit"
)

// Lines of a listing are numbered where the layout says so or the listing does behind its language, in the words of the
// programs that people know: "numberLines startFrom=10" (pandoc), "linenos" and "linenostart=10" (Hugo, Jekyll),
// "showLineNumbers{10}" (Docusaurus, Prettier Code). The numbers stand outside the text, and copying leaves them out.

var (
	numberWord = lazyregexp.New(`(?i)(?:^|[\s,.{])(no)?(?:number-?lines|line-?numbers|line-?nos|show-?line-?numbers)(?:=("[^"]*"|'[^']*'|[^\s,{}]*)|\{(\d+)\})?(?:$|[\s,}])`)
	numberFrom = lazyregexp.New(`(?i)(?:^|[\s,{])(?:start-?from|line-?no-?start|line-?number-?start)=["']?(\d{1,7})`)
)

// numbering reads from a listing's info whether its lines are numbered, and from where on.
func numbering(info string, layout bool) (on bool, first int) {
	on, first = layout, 1
	if info == "" {
		return on, first
	}
	if m := numberWord.FindStringSubmatch(info); m != nil {
		value := strings.ToLower(strings.Trim(m[2], `"'`))
		on = m[1] == "" && value != "false" && value != "off" && value != "no"
		if n, err := strconv.Atoi(value + m[3]); err == nil && n >= 0 && n < 1e7 {
			first = n
		}
	}
	if m := numberFrom.FindStringSubmatch(info); m != nil {
		first, _ = strconv.Atoi(m[1]) // seven figures at most
		on = true
	}
	return on, first
}

// number sets the number of a line of source, outside the text.
func (l *lister) number(n int) core.Component {
	st := l.style
	st.look.color = l.s.layout.Colors.Muted
	st.look.size = st.look.size.Mul(0.8)
	line := &Line{Baseline: baseline(l.style.look.size, l.style.leading), Artifact: true, frame: frame{l.x, l.w}}
	for _, set := range l.s.lines(l.s.text(itoa(n), st, nil), 0, unit.Max/4) {
		for _, p := range set.line.Parts {
			p.X += l.x - l.s.layout.Code.Padding - set.width - 4*unit.Pt
			for i := range p.Run.Glyphs {
				p.Run.Glyphs[i].Text = "" // nobody who copies the listing wants it
			}
			line.Parts = append(line.Parts, p)
		}
	}
	return line
}
