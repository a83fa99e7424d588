package derive

import (
	"regexp"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// inlineTag is a topic in running text: a number sign and a word of at least three characters that begins with a letter.
// Words may be joined by hyphens, underscores and slashes; a tag stands at the beginning of the text or behind a space or
// an opening bracket, so that C# and links to issues are none.
var inlineTag = regexp.MustCompile(`(?:^|[\s(])#(\p{L}[\p{L}\p{N}]+(?:[-_/][\p{L}\p{N}]+)*)`)

var hexColor = regexp.MustCompile(`^(?:[0-9a-fA-F]{3}){1,2}$`)

// TopicsOf returns the topics of a talk: those of its front matter, then those in its text, each once.
func TopicsOf(t *tree.Talk) []string {
	var out []string
	seen := map[string]bool{}
	add := func(name string) {
		name = strings.Join(strings.Fields(strings.TrimPrefix(name, "#")), " ")
		if k := strings.ToLower(name); name != "" && !seen[k] {
			seen[k] = true
			out = append(out, name)
		}
	}
	for _, name := range t.Tags {
		add(name)
	}
	for _, b := range t.Body {
		tree.Walk(b, func(n tree.Node, _ []tree.Node) bool {
			switch n := n.(type) {
			case *tree.Link: // a channel or a heading, not a topic
				return false
			case *tree.Text:
				for _, m := range inlineTag.FindAllStringSubmatch(n.Text, -1) {
					if len([]rune(m[1])) >= 3 && !hexColor.MatchString(m[1]) {
						add(m[1])
					}
				}
			}
			return true
		})
	}
	return out
}
