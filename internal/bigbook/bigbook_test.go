package bigbook_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/bigbook"
)

// The figures of docs/performance.md hold for these bytes only.
const sum = "b75be4e7dcb19a5ec259ea74d128fea3f404f9746d32ee07be2ad729939f8afb"

func TestBookIsTheSameForEver(t *testing.T) {
	files, h := bigbook.Files(), sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s\n%s\n", name, files[name])
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)); got != sum {
		t.Errorf("the book has changed: SHA-256 %s", got)
	}
}

func TestBookHasWhatItPromises(t *testing.T) {
	var all strings.Builder
	talks := 0
	for name, text := range bigbook.Files() {
		all.WriteString(text)
		if strings.Contains(name, "talks/") {
			talks++
		}
	}
	words := strings.Fields(all.String())
	distinct := map[string]bool{}
	for _, w := range regexp.MustCompile(`[A-Za-z]+`).FindAllString(all.String(), -1) {
		distinct[w] = true
	}
	t.Logf("%d words, %d different", len(words), len(distinct))
	if len(words) < 90000 || len(words) > 96000 || len(distinct) < 3500 {
		t.Errorf("%d words, %d different", len(words), len(distinct))
	}
	for what, want := range map[string]int{"\n|---": 168, "\n```\n": 168, "\n[^": 336, "\n## ": 168} {
		if got := strings.Count(all.String(), what); got != want {
			t.Errorf("%q: %d, want %d", what, got, want)
		}
	}
	if talks != 24 {
		t.Errorf("%d talks", talks)
	}
}
