package derive

import (
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// TopicsOf returns the topics of a talk, each once: its tags, among which the loader puts those that stand in the text.
func TopicsOf(t *tree.Talk) []string {
	var out []string
	seen := map[string]bool{}
	for _, name := range t.Tags {
		name = strings.Join(strings.Fields(strings.TrimPrefix(name, "#")), " ")
		if k := strings.ToLower(name); name != "" && !seen[k] {
			seen[k] = true
			out = append(out, name)
		}
	}
	return out
}
