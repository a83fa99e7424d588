//go:build linux && (amd64 || arm64) && !race

package heap

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"unsafe"
)

// TestLargePages looks up in the kernel's list of mappings whether new objects lie where large pages were asked for.
func TestLargePages(t *testing.T) {
	modes, err := os.ReadFile("/sys/kernel/mm/transparent_hugepage/enabled")
	if err != nil || strings.Contains(string(modes), "[never]") {
		t.Skip("the kernel has no large pages")
	}
	if !wanted() {
		t.Skip("the environment limits memory")
	}
	object := make([]byte, 1<<20)
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer maps.Close()
	inside := false
	for s := bufio.NewScanner(maps); s.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(s.Text(), "%x-%x ", &from, &to); n == 2 {
			at := uintptr(unsafe.Pointer(&object[0]))
			inside = from <= at && at < to
		}
		if flags, ok := strings.CutPrefix(s.Text(), "VmFlags:"); ok && inside {
			if !strings.Contains(flags+" ", " hg ") {
				t.Errorf("a new object lies in a mapping with the flags%s", flags)
			}
			return
		}
	}
	t.Error("a new object lies in no mapping")
}

// TestLimits checks that whoever limits memory is left alone.
func TestLimits(t *testing.T) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, "100")
			if wanted() {
				t.Error("memory is asked for")
			}
		})
	}
}
