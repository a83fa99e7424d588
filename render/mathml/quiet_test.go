package mathml_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/mathml"
)

// TestQuiet: a formula that the library has doubts about makes it write nothing to standard error. A process of its own
// shows it.
func TestQuiet(t *testing.T) {
	const name = "EVBOOK_TEST_QUIET"
	if os.Getenv(name) != "" {
		for _, tex := range []string{"]]>", `\frac{a}{b`, `\nocommand x`, ")("} {
			_, _ = mathml.Convert(tex, false)
		}
		return
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^TestQuiet$")
	cmd.Env = append(os.Environ(), name+"=1")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Errorf("%v\n%s", err, stderr.String())
	}
}
