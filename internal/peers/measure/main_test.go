package main

import (
	"testing"
	"time"
)

// The ratio is that of the pairs, not of the medians: a machine that is slow for a while is so for both.
func TestRatioIsThatOfPairs(t *testing.T) {
	var ours, theirs []sample
	for _, p := range [][2]int{{1, 2}, {10, 30}, {2, 8}} {
		ours = append(ours, sample{wall: time.Duration(p[0]) * time.Second})
		theirs = append(theirs, sample{wall: time.Duration(p[1]) * time.Second})
	}
	wall := func(s sample) float64 { return s.wall.Seconds() }
	if got := ratio(ours, theirs, wall); got != 3 {
		t.Errorf("ratio %g, want 3", got)
	}
	if got, want := spread(ours, wall), "2.00 (1.00–10.00)"; got != want {
		t.Errorf("spread %s, want %s", got, want)
	}
	if got := median([]float64{4, 1, 3, 2}); got != 2.5 {
		t.Errorf("median %g, want 2.5", got)
	}
}

func TestReadmeComesFirst(t *testing.T) {
	if rank("x/fest/README.md") > rank("x/fest/exhibitors/a.md") || rank("x/README.md") > rank("x/fest/README.md") {
		t.Error("a README is behind what it opens")
	}
}

func TestFailureOfAProgramIsReported(t *testing.T) {
	if _, err := once(t.TempDir(), []string{"go", "no-such-command"}); err == nil {
		t.Error("no error")
	}
	s, err := once(t.TempDir(), []string{"go", "version"})
	if err != nil || s.wall <= 0 {
		t.Errorf("%+v, %v", s, err)
	}
}
