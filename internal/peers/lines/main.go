// Lines measures how evenly the running text of PDFs is set, whoever made them, as far as poppler's pdftotext sees it:
//
//	go run ./internal/peers/lines [-layout a4] A.pdf B.pdf
//
// The files must have the pages and typefaces of the layout, as those of package measure do. Running text is what is set in the
// commonest size; a line counts as justified when it ends at the right margin.
package main

import (
	"encoding/xml"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
)

func main() {
	name := flag.String("layout", "a4", "page design of the files")
	flag.Parse()
	if err := run(*name, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "lines:", err)
		os.Exit(1)
	}
}

func run(name string, files []string) error {
	layout, err := layouts.Load(name)
	if err != nil {
		return err
	}
	space, err := naturalSpace(layout)
	if err != nil {
		return err
	}
	fmt.Println("| file | lines of text | hyphens at their ends, % | justified | word space within 0.75 and 1.5 of the natural one, % | more than twice it | mean ± deviation |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|")
	for _, file := range files {
		text, err := exec.Command("pdftotext", "-bbox-layout", file, "-").Output()
		if err != nil {
			return fmt.Errorf("pdftotext %s: %w", file, err)
		}
		pages, err := parse(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		r := report(pages, layout, space)
		fmt.Printf("| %s | %d | %.1f | %d | %.1f | %d | %.2f ± %.2f |\n", file, r.lines, percent(r.hyphens, r.lines), r.justified,
			percent(r.even, r.justified), r.holes, r.mean, r.deviation)
	}
	return nil
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// naturalSpace returns the width of a space of running text in points.
func naturalSpace(l *layouts.Layout) (float64, error) {
	font, err := shape.Load(fonts.Bundled().Face(l.Fonts.Text, fonts.Regular, false))
	if err != nil {
		return 0, err
	}
	id, _ := font.GlyphID(' ')
	return float64(font.GlyphAdvance(id)) / float64(font.UnitsPerEm()) * l.Text.Size.Pt(), nil
}

// page, line and word are what pdftotext writes: boxes in points, x from the left edge of the paper.
type page struct {
	Lines []line `xml:"flow>block>line"`
}

type line struct {
	Words []word `xml:"word"`
}

type word struct {
	XMin float64 `xml:"xMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMin float64 `xml:"yMin,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

func parse(text string) ([]page, error) {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	var doc struct {
		Pages []page `xml:"body>doc>page"`
	}
	return doc.Pages, dec.Decode(&doc)
}

// size is the height of the line's highest word in tenths of a point, which its typeface and size decide.
func (l *line) size() int {
	h := 0.0
	for _, w := range l.Words {
		h = max(h, w.YMax-w.YMin)
	}
	return int(math.Round(h * 10))
}

type result struct {
	lines, hyphens, justified, even, holes int
	mean, deviation                        float64 // of the word spaces of justified lines, in natural ones
}

// atMargin is how far a line may end from the right margin to be justified, in points: signs hang into it.
const atMargin = 4.0

func report(pages []page, l *layouts.Layout, space float64) (r result) {
	sizes := map[int]int{}
	for _, p := range pages {
		for i := range p.Lines {
			if len(p.Lines[i].Words) > 2 {
				sizes[p.Lines[i].size()]++
			}
		}
	}
	common := 0
	for s, n := range sizes {
		if n > sizes[common] || n == sizes[common] && s > common {
			common = s
		}
	}
	var sum, squares float64
	for i, p := range pages {
		left := l.Page.Inner
		if l.Page.Mirrored && i%2 == 1 {
			left = l.Page.Outer
		}
		right := (left + l.Page.TextWidth()).Pt()
		for k := range p.Lines {
			words := p.Lines[k].Words
			n := len(words)
			if n < 3 || p.Lines[k].size() != common {
				continue
			}
			r.lines++
			if math.Abs(words[n-1].XMax-right) > atMargin {
				continue
			}
			if strings.HasSuffix(words[n-1].Text, "-") || strings.HasSuffix(words[n-1].Text, "\u00AD") {
				r.hyphens++
			}
			r.justified++
			gaps := 0.0
			for j := range n - 1 {
				gaps += words[j+1].XMin - words[j].XMax
			}
			g := gaps / float64(n-1) / space
			if g >= 0.745 && g < 1.505 { // poppler's boxes are rounded
				r.even++
			}
			if g > 2 {
				r.holes++
			}
			sum += g
			squares += g * g
		}
	}
	if n := float64(r.justified); n > 0 {
		r.mean = sum / n
		r.deviation = math.Sqrt(max(0, squares/n-r.mean*r.mean))
	}
	return r
}
