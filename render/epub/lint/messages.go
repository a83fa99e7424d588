package lint

import (
	"strings"

	"github.com/evbook/evbook/notes/diag"
)

// severities are EPUBCheck 5.3's default severities of the messages that the linter makes, and those of our own. An id that
// is not listed is an Error.
var severities = map[string]Severity{
	"ACC-009": Usage, "ACC-011": Usage,
	"CSS-003": Warning, "CSS-006": Usage, "CSS-007": Info, "CSS-019": Warning, "CSS-028": Usage, "CSS-029": Usage,
	"HTM-007": Warning, "HTM-010": Usage, "HTM-025": Warning, "HTM-045": Usage, "HTM-055": Usage, "HTM-060a": Usage, "HTM-060b": Usage,
	"NAV-011": Warning, "NCX-004": Usage, "NCX-006": Usage,
	"OPF-002": Fatal, "OPF-003": Usage, "OPF-004": Warning, "OPF-004e": Warning, "OPF-004f": Warning, "OPF-007": Warning, "OPF-013": Warning,
	"OPF-018": Warning, "OPF-018b": Usage, "OPF-035": Warning, "OPF-037": Warning, "OPF-053": Warning, "OPF-055": Warning, "OPF-062": Usage,
	"OPF-072": Usage, "OPF-085": Warning, "OPF-086": Warning, "OPF-086b": Usage, "OPF-087": Usage, "OPF-088": Usage, "OPF-090": Usage,
	"OPF-096b": Usage, "OPF-097": Usage,
	"PKG-004": Fatal, "PKG-008": Fatal, "PKG-010": Warning, "PKG-012": Usage, "PKG-014": Warning, "PKG-022": Warning, "PKG-027": Fatal,
	"RSC-002": Fatal, "RSC-004": Info, "RSC-006b": Usage, "RSC-007w": Warning, "RSC-009": Warning, "RSC-016": Fatal, "RSC-017": Warning,
	"RSC-027": Warning, "RSC-031": Warning,
	"EVB-001": Info,  // a content document beyond the budget
	"EVB-002": Info,  // an image beyond the budget in bytes
	"EVB-003": Info,  // an image beyond the budget in pixels
	"EVB-004": Info,  // the EPUB beyond the budget
	"EVB-010": Fatal, // a limit of the linter: the rest was not looked at
	"EVB-011": Error, // a file name that leads out of the container
}

func severityOf(id string) Severity {
	if s, ok := severities[id]; ok {
		return s
	}
	return Error
}

// Diagnostic says f in evbook's own terms: code epub- and the id in lower case, such as epub-rsc-005. The position is inside
// the EPUB unless locate, which may be nil, knows the place in the notes that f comes from.
func (f Finding) Diagnostic(locate func(Finding) (diag.Pos, bool)) diag.Diagnostic {
	d := diag.Diagnostic{
		Severity: diag.Info,
		Code:     diag.Code("epub-" + strings.ToLower(f.ID)),
		Pos:      diag.Pos{File: f.Path, Line: f.Line, Col: f.Col},
		Message:  f.Message,
	}
	switch f.Severity {
	case Warning:
		d.Severity = diag.Warning
	case Error, Fatal:
		d.Severity = diag.Error
	}
	if locate != nil {
		if pos, ok := locate(f); ok {
			if !d.Pos.IsZero() {
				d.Related = []diag.Related{{Pos: d.Pos, Message: "in the EPUB"}}
			}
			d.Pos = pos
		}
	}
	return d
}

// Diagnostics turns findings into diagnostics, as [Finding.Diagnostic] does.
func Diagnostics(findings []Finding, locate func(Finding) (diag.Pos, bool)) diag.List {
	list := make(diag.List, len(findings))
	for i, f := range findings {
		list[i] = f.Diagnostic(locate)
	}
	return list
}
