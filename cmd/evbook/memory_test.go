package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestGrowth(t *testing.T) {
	for _, tt := range []struct {
		live uint64
		want int
	}{
		{0, 2400}, {10 << 20, 2400}, {32 << 20, 1600}, {64 << 20, 800}, {128 << 20, 400}, {256 << 20, 200}, {512 << 20, 100}, {1 << 30, 50}, {20 << 30, 50},
	} {
		if got := growth(tt.live); got != tt.want {
			t.Errorf("%d bytes in use: growth %d %%, want %d", tt.live, got, tt.want)
		}
	}
}

func TestFirstGrowth(t *testing.T) {
	for ballast, want := range map[int]int{0: 2400, 1 << 20: 2400, 8 << 20: 1200} {
		if got := firstGrowth(ballast); got != want {
			t.Errorf("ballast of %d bytes: growth %d %%, want %d", ballast, got, want)
		}
	}
}

// TestHeapComesFirst holds the order on which package heap relies: it is initialised before the package that needs most memory
// for that.
func TestHeapComesFirst(t *testing.T) {
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	heap, lexers := strings.Index(string(out), "init "+module+"internal/heap "), strings.Index(string(out), "init github.com/alecthomas/chroma/v2/lexers ")
	if heap < 0 || lexers < 0 || heap > lexers {
		t.Errorf("package heap is initialised at byte %d of the trace, the lexers at %d:\n%s", heap, lexers, out)
	}
}
