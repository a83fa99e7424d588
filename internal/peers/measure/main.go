// Measure compares evbook with other programs on the same notes and prints a table for docs/performance.md:
//
//	go run ./internal/peers/measure [-pairs 7] [-only Typst] [-keep DIR]
//
// It runs within the repository. Typst, pandoc, WeasyPrint, LuaLaTeX and Asciidoctor PDF are found on PATH; what is not there
// is left out and named. Each pair is a run of evbook and a run of the other, whole processes, one after the other; a pair that is not
// counted goes before. Nothing is kept between runs but what the operating system has cached.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	pairs := flag.Int("pairs", 7, "counted pairs of runs")
	only := flag.String("only", "", "run contests whose name contains this")
	keep := flag.String("keep", "", "folder for notes, programs and books; default: a temporary one that is removed")
	flag.Parse()
	if err := run(*pairs, *only, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(pairs int, only, dir string) error {
	if dir == "" {
		temporary, err := os.MkdirTemp("", "measure")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(temporary) }() // what is left is the system’s to clean up
		dir = temporary
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	list, err := prepare(dir)
	if err != nil {
		return err
	}
	fmt.Println("| contest | book | ours, s | the other, s | the other : ours, time | processor time, ours : other, s | ratio | memory, MiB | file, kB | pages |")
	fmt.Println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, c := range list {
		if !strings.Contains(c.name, only) {
			continue
		}
		if err := c.run(dir, pairs); err != nil {
			return err
		}
	}
	return nil
}

// contest is a pair of commands that make the same book.
type contest struct {
	name, book   string
	ours, theirs []string
	first        []string  // makes what theirs reads; its time does not count
	needs        string    // a program that theirs calls
	made         [2]string // what they make
}

func (c *contest) run(dir string, pairs int) error {
	for _, tool := range append([]string{c.theirs[0], cmp.Or(c.needs, c.theirs[0])}, c.first[:min(1, len(c.first))]...) {
		if _, err := exec.LookPath(tool); err != nil {
			fmt.Fprintf(os.Stderr, "%s: no %s on PATH\n", c.name, tool)
			return nil
		}
	}
	if len(c.first) > 0 {
		if _, err := once(dir, c.first); err != nil {
			return err
		}
	}
	var ours, theirs []sample
	for i := range pairs + 1 {
		a, err := once(dir, c.ours)
		if err != nil {
			return err
		}
		b, err := once(dir, c.theirs)
		if err != nil {
			return err
		}
		if i > 0 {
			ours, theirs = append(ours, a), append(theirs, b)
		}
	}
	wall := func(s sample) float64 { return s.wall.Seconds() }
	cpu := func(s sample) float64 { return s.cpu.Seconds() }
	memory := func(s sample) float64 { return float64(s.memory) / (1 << 20) }
	size := func(name string) int64 {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return info.Size() / 1000
		}
		return 0
	}
	fmt.Printf("| %s | %s | %s | %s | %.1f | %.2f : %.2f | %.1f | %.0f : %.0f | %d : %d | %s : %s |\n", c.name, c.book,
		spread(ours, wall), spread(theirs, wall), ratio(ours, theirs, wall),
		median(each(ours, cpu)), median(each(theirs, cpu)), ratio(ours, theirs, cpu),
		median(each(ours, memory)), median(each(theirs, memory)), size(c.made[0]), size(c.made[1]), pages(dir, c.made[0]), pages(dir, c.made[1]))
	return nil
}

// pages counts the pages of a PDF, if there is qpdf to ask.
func pages(dir, name string) string {
	if !strings.HasSuffix(name, ".pdf") {
		return "–"
	}
	out, err := output(dir, "qpdf", "--show-npages", name)
	if err != nil {
		return "?"
	}
	return strings.TrimSpace(out)
}

// sample is a run of a program.
type sample struct {
	wall, cpu time.Duration
	memory    int64 // the most that was resident, in bytes; 0 where the system does not say
}

func once(dir string, command []string) (sample, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, out)
	}
	return sample{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), resident(cmd.ProcessState)}, nil
}

func each(list []sample, of func(sample) float64) []float64 {
	var out []float64
	for _, s := range list {
		out = append(out, of(s))
	}
	return out
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	if n := len(list); n%2 == 0 {
		return (list[n/2-1] + list[n/2]) / 2
	}
	return list[len(list)/2]
}

// spread writes the median with the least and the greatest.
func spread(list []sample, of func(sample) float64) string {
	v := each(list, of)
	return fmt.Sprintf("%.2f (%.2f–%.2f)", median(v), slices.Min(v), slices.Max(v))
}

// ratio is the median of the pairs' ratios.
func ratio(ours, theirs []sample, of func(sample) float64) float64 {
	var list []float64
	for i := range ours {
		list = append(list, of(theirs[i])/cmp.Or(of(ours[i]), 1e-9))
	}
	return median(list)
}
