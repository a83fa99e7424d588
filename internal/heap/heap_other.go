//go:build !linux || !(amd64 || arm64) || race

package heap

// wanted is false: other systems choose the size of pages by themselves, and the race detector keeps a shadow of every byte.
func wanted() bool { return false }

func large([]byte) {}
