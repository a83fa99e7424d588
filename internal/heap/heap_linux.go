//go:build linux && (amd64 || arm64) && !race

package heap

import (
	"syscall"
	"unsafe"
)

// arena is the size, and what is aligned to it, of the pieces in which the runtime reserves address space.
const arena = 64 << 20

// adviseHuge is MADV_HUGEPAGE of madvise(2).
const adviseHuge = 14

// wanted reports whether nobody has limited the program's memory or told the collector what to do.
func wanted() bool {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if v, ok := syscall.Getenv(name); ok && v != "" {
			return false
		}
	}
	var limit syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_AS, &limit)
	return err == nil && limit.Cur == ^uint64(0)
}

// large asks for large pages behind b, and behind what the heap has before it in the same arena. A kernel that has none declines,
// which does no harm.
func large(b []byte) {
	start := uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	from := start &^ (arena - 1)
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, from, start+uintptr(len(b))-from, adviseHuge)
}
