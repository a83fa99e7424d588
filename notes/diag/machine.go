package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// JSON writes diagnostics as JSON lines: one object a line with severity, code, pos, message, hints and related places.
type JSON struct{ W io.Writer }

// Print writes one diagnostic and returns the first error of the writer.
func (j JSON) Print(d Diagnostic) error {
	enc := json.NewEncoder(j.W)
	enc.SetEscapeHTML(false)
	return enc.Encode(d)
}

// GitHub writes diagnostics as workflow commands, which GitHub Actions shows as annotations of the changed lines.
type GitHub struct {
	W      io.Writer
	Prefix string // as in [Text]
}

// Print writes one diagnostic and returns the first error of the writer.
func (g GitHub) Print(d Diagnostic) error {
	command := map[Severity]string{Info: "notice", Warning: "warning", Error: "error"}[d.Severity]
	var props []string
	if d.Pos.File != "" {
		props = append(props, "file="+escapeProperty(g.Prefix+d.Pos.File))
		if d.Pos.Line > 0 {
			props = append(props, fmt.Sprintf("line=%d", d.Pos.Line))
		}
		if d.Pos.Col > 0 {
			props = append(props, fmt.Sprintf("col=%d", d.Pos.Col))
		}
	}
	props = append(props, "title="+escapeProperty(string(d.Code)))
	var message strings.Builder
	message.WriteString(d.Message)
	for _, h := range d.Hints {
		message.WriteString("\nhelp: " + h)
	}
	_, err := fmt.Fprintf(g.W, "::%s %s::%s\n", command, strings.Join(props, ","), escapeData(message.String()))
	return err
}

var (
	dataEscaper     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscaper = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(s string) string     { return dataEscaper.Replace(s) }
func escapeProperty(s string) string { return propertyEscaper.Replace(s) }
