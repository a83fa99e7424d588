//go:build unix

package main

import (
	"io/fs"
	"sync"
	"syscall"
)

// umask returns the permission bits that new files must not have. Asking for the mask means setting it, so it is done
// once, before any file is made.
var umask = sync.OnceValue(func() fs.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return fs.FileMode(mask)
})
