// Package heap has the operating system back the program's memory with large pages, and puts the first rounds of the garbage
// collector off, while other packages are initialised. A program that lives for a tenth of a second and fills a hundred
// megabytes in it otherwise spends a sixth of its time on asking for memory in pieces of 4 KiB (docs/performance.md).
//
// The work is done as the package is initialised. That comes before packages that need much memory then, since those need
// imports that this one does not (Go specification, "Program initialization"; a test of cmd/evbook holds the order).
//
// Nothing is done if the environment says how the collector is to work (GOGC, GOMEMLIMIT) or the program's address space is
// limited.
package heap

import "runtime"

const (
	// room is how many bytes are asked for in large pages: enough for most books, and a book that needs more gets the rest in
	// small ones. They are address space until something is stored in them.
	room = 128 << 20
	// weight is how many bytes the ballast seems to take. The collector lets the heap grow to twice of what is in use.
	weight = 8 << 20
)

// ballast makes the heap look larger than it is. Nothing is ever stored in it, so that it takes no memory.
var ballast = prepare()

// prepare maps the heap in one piece and frees it again, for others to use. The heap is nearly empty yet, which makes the
// collector's round quick.
func prepare() []byte {
	if !wanted() {
		return nil
	}
	large(make([]byte, room))
	b := make([]byte, weight)
	runtime.GC()
	return b
}

// Settle ends the time of initialisation: the ballast is no more when the collector comes again. It returns how many bytes the
// ballast made the heap seem larger, none if there was none.
func Settle() int {
	n := len(ballast)
	ballast = nil
	return n
}
