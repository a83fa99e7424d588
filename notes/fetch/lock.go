package fetch

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/evbook/evbook/notes/diag"
)

// LockName is the name of the lock file, which lies in the notes folder and belongs under version control.
const LockName = "evbook.lock"

const lockHeading = "# Images on the web that the book holds: SHA-256, bytes, address. Written by evbook --fetch; keep it with the notes.\n"

// Entry is what an address gave.
type Entry struct {
	Sum  string // SHA-256 in hexadecimal digits
	Size int64  // in bytes
}

// Lock says what addresses gave when they were first asked. A nil *Lock knows nothing. It is safe for concurrent use.
type Lock struct {
	mu      sync.Mutex
	entries map[string]Entry
	used    map[string]bool
	before  string // what the file held
}

// ParseLock reads a lock file. Lines that cannot be read are reported at their place in the file LockName and count for
// nothing.
func ParseLock(data []byte, report diag.Reporter) *Lock {
	l := &Lock{entries: map[string]Entry{}, used: map[string]bool{}, before: string(data)}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		s := strings.TrimSpace(string(line))
		if s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		f := strings.Fields(s)
		if len(f) == 3 {
			size, err := strconv.ParseInt(f[1], 10, 64)
			if sum, bad := hex.DecodeString(f[0]); err == nil && size >= 0 && bad == nil && len(sum) == 32 {
				l.entries[f[2]] = Entry{Sum: strings.ToLower(f[0]), Size: size}
				continue
			}
		}
		report(diag.Diagnostic{Severity: diag.Error, Code: CodeLock, Pos: diag.Pos{File: LockName, Line: number, Col: 1},
			Message: "the line is no hash, size and address: it counts for nothing", Hints: []string{"delete the line, and build with --fetch"}})
	}
	return l
}

// Get returns what is known of an address.
func (l *Lock) Get(address string) (Entry, bool) {
	if l == nil {
		return Entry{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.entries[address]
	return e, ok
}

func (l *Lock) set(address string, e Entry) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[address], l.used[address] = e, true
}

// DropUnused forgets the addresses that no image has asked for.
func (l *Lock) DropUnused() {
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.entries, func(address string, _ Entry) bool { return !l.used[address] })
}

// Text returns the content of the lock file, in the order of addresses, and whether it differs from what was read.
func (l *Lock) Text() (text []byte, changed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	if len(l.entries) > 0 {
		b.WriteString(lockHeading)
	}
	for _, address := range slices.Sorted(maps.Keys(l.entries)) {
		e := l.entries[address]
		fmt.Fprintf(&b, "%s %d %s\n", e.Sum, e.Size, address)
	}
	return []byte(b.String()), b.String() != l.before
}
