package highlight

import (
	"time"

	"github.com/dlclark/regexp2/v2"
)

// patience is how long chroma's lexers may look for one match. They give up after a quarter of a second by the clock on the
// wall and go on as if there were none. A machine that is busy enough stands still for as long, and then a listing has other
// tokens, and the book other bytes, than the time before: seen in one of sixty builds under load. The engine compares
// the time with a clock of its own that advances in steps; with long steps no match fails but one that really never ends.
const patience = 10 * time.Second

func init() { regexp2.SetTimeoutCheckPeriod(patience) }
