package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The heap may grow by mostGrowth percent between two rounds of the collector while the book is small: a build makes a book's
// tree, glyphs and lines and drops little of it, so that frequent rounds find nothing (docs/performance.md). As a large book
// or its pictures fill memory, the growth is held to about room bytes, but not below leastGrowth. GOGC in the environment
// overrides all of it.
const (
	mostGrowth  = 2400
	leastGrowth = 50
	room        = 512 << 20
)

func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(mostGrowth)
		runtime.SetFinalizer(&sentinel{}, afterRound)
	}
}

// sentinel is garbage from the start, so that its finalizer runs after each round of the collector.
type sentinel struct{ _ [16]byte }

// afterRound sets the growth by what is in use, and waits for the next round.
func afterRound(*sentinel) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetGCPercent(growth(live[0].Value.Uint64()))
	}
	runtime.SetFinalizer(&sentinel{}, afterRound)
}

// growth is the percentage by which a heap of live bytes may grow.
func growth(live uint64) int {
	if live == 0 {
		return mostGrowth
	}
	return int(min(mostGrowth, max(leastGrowth, room*100/live)))
}
