package highlight_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"

	_ "github.com/evbook/evbook/render/highlight"
)

// A match that takes longer than the lexers' own limit, here by a pattern that has to try very much, is found all the same:
// what is in a listing must not depend on how busy the machine is.
func TestSlowMatchesAreNotGivenUp(t *testing.T) {
	if testing.Short() {
		t.Skip("takes most of a second")
	}
	pattern := regexp2.MustCompile(`^(a|aa)+$`)
	text := ""
	for n := 20; n < 60; n += 2 { // until it takes long enough on this machine
		text = strings.Repeat("a", n) + "c"
		began := time.Now()
		if ok, err := pattern.MatchString(text); ok || err != nil {
			t.Fatalf("%v, %v", ok, err)
		}
		if time.Since(began) > 400*time.Millisecond {
			break
		}
	}
	pattern.MatchTimeout = 10 * time.Millisecond
	if ok, err := pattern.MatchString(text); ok || err != nil {
		t.Errorf("the match is given up: %v, %v", ok, err)
	}
}
