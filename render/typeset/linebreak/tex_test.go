package linebreak_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/typeset/linebreak"
)

// TestAgreesWithTeX breaks the paragraphs of testdata/tex.txt by plain TeX's rules.
func TestAgreesWithTeX(t *testing.T) {
	data, err := os.ReadFile("testdata/tex.txt")
	if err != nil {
		t.Fatal(err)
	}
	paragraphs := map[string][]linebreak.Item{}
	name, cases := "", 0
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
		case fields[0] == "paragraph":
			name = fields[1]
		case fields[0] == "case":
			cases++
			t.Run(strings.Join(fields[1:], " "), func(t *testing.T) { texCase(t, paragraphs[fields[1]], fields[2:]) })
		default:
			for _, f := range fields {
				paragraphs[name] = append(paragraphs[name], texItem(t, f))
			}
		}
	}
	if cases < 200 {
		t.Errorf("only %d cases", cases)
	}
}

func texItem(t *testing.T, s string) linebreak.Item {
	t.Helper()
	switch {
	case s == "_":
		return linebreak.Item{Kind: linebreak.Glue, Width: 333, Stretch: 166, Shrink: 111}
	case s == "-":
		return linebreak.Item{Kind: linebreak.Penalty, Width: 333, Penalty: 50, Flagged: true}
	}
	num, penalty := strings.CutPrefix(s, "p")
	n, err := strconv.Atoi(num)
	if err != nil {
		t.Fatal(err)
	}
	if penalty {
		return linebreak.Item{Kind: linebreak.Penalty, Penalty: int32(n)}
	}
	return linebreak.Item{Kind: linebreak.Box, Width: int64(n)}
}

func texCase(t *testing.T, items []linebreak.Item, settings []string) {
	p := linebreak.Default(em)
	p.HyphenPenalty, p.TripleHyphen, p.Runt, p.RuntDemerits, p.Emergency, p.Expansion, p.RagStretch = 0, 0, 0, 0, 0, 0, 3000
	var widths []int64
	var demerits int64
	count := 0
	for _, s := range settings {
		key, value, _ := strings.Cut(s, "=")
		n := 0
		if key != "widths" {
			var err error
			if n, err = strconv.Atoi(value); err != nil {
				t.Fatal(err)
			}
		}
		switch key {
		case "widths":
			for w := range strings.SplitSeq(value, ",") {
				n, err := strconv.ParseInt(w, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				widths = append(widths, n)
			}
		case "tolerance":
			p.Tolerance = n
		case "pretolerance":
			p.Pretolerance = n
		case "ragged":
			p.Ragged = n == 1
		case "looseness":
			p.Looseness = n
		case "demerits":
			demerits = int64(n)
		case "lines":
			count = n
		default:
			t.Fatal(fmt.Errorf("unknown setting %q", key))
		}
	}
	lines, q := linebreak.Break(items, widths, p)
	if q.Demerits != demerits || len(lines) != count {
		t.Errorf("%d demerits in %d lines (pass %d), TeX has %d in %d", q.Demerits, len(lines), q.Pass, demerits, count)
	}
}
