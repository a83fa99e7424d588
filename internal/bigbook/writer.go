package bigbook

import (
	"fmt"
	"strings"
)

// writer collects a talk's Markdown and counts its words.
type writer struct {
	*random
	text      strings.Builder
	words     int
	footnotes []string
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(&w.text, format, args...) }

// block adds a paragraph or another block that stands between empty lines.
func (w *writer) block(s string) {
	w.words += len(strings.Fields(s))
	if !strings.HasPrefix(s, "> ") {
		s = wrap(s)
	}
	w.printf("\n%s\n", s)
}

func (w *writer) title() string {
	return capital(w.noun()) + " " + w.pick(prepositions) + " " + w.pick(adjectives) + " " + plural(w.noun())
}

// withFootnote puts a footnote's mark at the end of a paragraph.
func (w *writer) withFootnote(s string) string {
	n := len(w.footnotes) + 1
	note := w.paragraph(1 + w.below(2))
	w.words += len(strings.Fields(note))
	w.footnotes = append(w.footnotes, fmt.Sprintf("[^%d]: %s\n", n, note))
	return fmt.Sprintf("%s[^%d]", s, n)
}

// list adds a list of three or four items, some with lists of their own, numbered now and then.
func (w *writer) list() {
	w.printf("\n")
	numbered := w.chance(30)
	for i := range 3 + w.below(2) {
		mark, indent := "- ", "  "
		if numbered {
			mark, indent = fmt.Sprintf("%d. ", i+1), "   "
		}
		w.item(mark, w.sentence())
		for range w.below(3) {
			w.item(indent+"- ", w.clause())
			if w.chance(25) {
				w.item(indent+"  - ", w.clause())
			}
		}
	}
}

func (w *writer) item(mark, s string) {
	w.words += len(strings.Fields(s))
	w.printf("%s%s\n", mark, s)
}

// table adds a table of four columns and four to seven rows.
func (w *writer) table() {
	w.printf("\n| %s | %s | %s | %s |\n|---|---|--:|:-:|\n", capital(w.noun()), capital(w.noun()), capital(plural(w.noun())), capital(w.pick(adjectives)))
	w.words += 4
	for range 4 + w.below(4) {
		row := fmt.Sprintf("| %s %s | %s | %d | %s |", w.pick(adjectives), w.noun(), w.clause(), w.below(100000), w.even([]string{"yes", "no", "now and then"}))
		w.words += len(strings.Fields(row)) - 5
		w.printf("%s\n", row)
	}
}

// listing adds a program; the languages take turns.
func (w *writer) listing(turn int) {
	language := listings[turn%len(listings)]
	w.printf("\n```%s\n", language.name)
	for i := range 2 {
		text := language.text
		for strings.Contains(text, "@") {
			text = strings.Replace(text, "@", w.identifier(), 1)
		}
		for strings.Contains(text, "#n") {
			text = strings.Replace(text, "#n", fmt.Sprint(w.below(1000)), 1)
		}
		text = strings.ReplaceAll(text, "#t", w.clausePlain())
		if i > 0 {
			w.printf("\n")
		}
		w.words += len(strings.Fields(text))
		w.printf("%s", text)
	}
	w.printf("```\n")
}

func (w *writer) clausePlain() string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("`*_", c) {
			return -1
		}
		return c
	}, w.statement())
}

// wrap breaks a paragraph into lines of at most 100 characters, as people write Markdown.
func wrap(s string) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(s) {
		if i > 0 {
			if column+1+len(word) > 100 && !strings.ContainsAny(word[:1], "0123456789") {
				b.WriteByte('\n')
				column = 0
			} else {
				b.WriteByte(' ')
				column++
			}
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

// listings are programs with holes: @ is an identifier, #n a number, #t words of a remark.
var listings = []struct{ name, text string }{
	{"go", `// #t.
func @(ctx context.Context, limit int) (string, error) {
	for i := 0; i < limit+#n; i++ {
		if err := @(ctx, i); err != nil {
			return "", fmt.Errorf("#t: %w", err)
		}
	}
	return "@", nil
}
`},
	{"python", `@decorator
class Worker(Base):
    """#t."""

    def __init__(self, count=#n):
        self.@ = [x ** 2 for x in range(count) if x % 3]

    def @(self, key):
        return self.@.get(key, {"status": #n, "text": "#t"})  # #t
`},
	{"sh", `#!/bin/sh
set -eu
# #t
for f in "$HOME"/@/*.md; do
  sed -e "s/@/#n/g" "$f" | sort -u > "/tmp/@-#n.txt" || exit #n
done
curl --silent "https://example.org/@?limit=#n" | jq '.items[] | select(.size > #n)'
`},
	{"sql", `-- #t
SELECT t.@, count(*) AS total, max(t.size) FILTER (WHERE t.size > #n) AS most
FROM @ AS t
LEFT JOIN @ AS u ON u.id = t.id AND u.kind = 'plain'
WHERE t.created >= '2024-03-01' AND t.note LIKE '%#t%'
GROUP BY 1 ORDER BY total DESC LIMIT #n;
`},
	{"yaml", `# #t
@:
  image: "registry.example.org/tools:#n"
  replicas: #n
  command: [run, --quiet, "--limit=#n"]
  environment:
    NOTE: #t
    DEBUG: true
`},
	{"javascript", `// #t
export async function @(items, { limit = #n } = {}) {
  const found = items.filter((item) => item.size > limit && /^[a-z]+$/.test(item.name));
  for (const item of found) {
    await fetch(` + "`https://example.org/${item.name}?limit=${limit}`" + `, { method: "POST", body: "#t" });
  }
  return found.map(({ name }) => ({ name, text: "@" }));
}
`},
	{"rust", `/// #t.
pub fn @<'a>(items: &'a [Item], limit: usize) -> Result<Vec<&'a str>, Error> {
    let mut found = Vec::with_capacity(#n);
    for item in items.iter().take(limit) {
        match item.size {
            0..=#n => found.push(item.name.as_str()),
            _ => return Err(Error::new("#t")),
        }
    }
    Ok(found)
}
`},
}
