package render

import (
	"fmt"

	"github.com/evbook/evbook/notes/diag"
)

// CodeOption is the code of an option that a format does not have, or of a value that it does not take.
const CodeOption diag.Code = "option-unknown"

// Option is a setting of a format.
type Option struct {
	Name, Value string
	Pos         diag.Pos // in book.yaml; zero for a flag
}

// Wrong reports that the format does not know the option or its value. If wanted, what was written, is nearly one of known,
// the report says so. A nil report is none.
func (o Option) Wrong(report diag.Reporter, wanted string, known []string, format string, args ...any) {
	if report == nil {
		return
	}
	d := diag.Diagnostic{Severity: diag.Error, Code: CodeOption, Pos: o.Pos, Message: fmt.Sprintf(format, args...)}
	if near := diag.Nearest(wanted, known); near != "" {
		d.Hints = []string{"did you mean " + near + "?"}
	}
	report(d)
}
