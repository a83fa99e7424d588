package main

import (
	"os"
	"runtime/debug"
)

// gcPercent is how far the heap may grow between two rounds of the collector, in percent of what is in use. A build makes a
// book's tree, glyphs and lines and drops little of it: frequent rounds find nothing. This saves a sixth of the time and
// costs a third more memory (docs/performance.md); GOGC in the environment overrides it.
const gcPercent = 400

func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}
