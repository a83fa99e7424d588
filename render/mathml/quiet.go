package mathml

import (
	"io"
	"log"
	_ "unsafe" // for go:linkname
)

// The library writes its doubts about formulas to standard error, and has no setting for it. Its logger is silenced here:
// what a formula lacks is said by the error of Convert, and by the diagnostic that the caller makes of it.
//
//go:linkname logger github.com/wyatt915/treeblood.logger
var logger *log.Logger

func init() { logger.SetOutput(io.Discard) }
