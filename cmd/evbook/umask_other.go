//go:build !unix

package main

import "io/fs"

// umask returns the permission bits that new files must not have.
func umask() fs.FileMode { return 0 }
