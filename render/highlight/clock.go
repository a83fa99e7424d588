package highlight

import (
	"time"

	"github.com/dlclark/regexp2/v2"
)

// patience is how long the lexers that chroma runs itself may look for one match (the driver counts its steps and looks at no
// clock; see lexer and longestForeign). They give up after a quarter of a second by the clock on the
// wall and go on as if there were none. A machine that is busy enough stands still for as long, and then a listing has other
// tokens, and the book other bytes, than the time before: seen in one of fifty builds under load. The engine compares the
// time with a clock of its own that advances in steps, and a match may fail when a step falls into it: so the first step
// comes later than any build ends, and still ends a match that would go on for ever.
const patience = 10 * time.Minute

func init() { regexp2.SetTimeoutCheckPeriod(patience) }
