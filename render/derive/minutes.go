package derive

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/tree"
)

// ItemKind says what an [Item] is.
type ItemKind uint8

// The kinds of items.
const (
	Action   ItemKind = iota // something to be done: an open task, or a paragraph that begins with "Action:"
	Decision                 // a paragraph that begins with "Decision:"
)

// Item is an action item or a decision of a talk or meeting.
type Item struct {
	Kind   ItemKind
	Text   tree.Inlines // without the word that marks it
	Place  Place
	Anchor string // the id of the paragraph or list item, unique in the book
}

// Items returns the open action items and the decisions in reading order.
func (f *Facts) Items() []Item { return f.items }

// Anchor returns the id that an index leads to for a paragraph or list item, or nothing.
func (f *Facts) Anchor(n tree.Node) string { return f.anchors[n] }

func (f *Facts) collectItems() {
	for _, p := range f.Talks {
		n := 0
		add := func(node tree.Node, kind ItemKind, text tree.Inlines) {
			if tree.PlainText(text) == "" || f.anchors[node] != "" {
				return
			}
			n++
			id := fmt.Sprintf("%s--item-%d", p.Talk.ID, n)
			f.anchors[node] = id
			f.items = append(f.items, Item{kind, text, p, id})
		}
		for _, b := range p.Talk.Body {
			tree.Walk(b, func(node tree.Node, path []tree.Node) bool {
				switch node := node.(type) {
				case *tree.Footnote:
					return false
				case *tree.ListItem:
					par := firstParagraph(node.Body)
					if par == nil {
						break
					}
					if kind, rest, ok := marked(par.Text); ok && node.Task != tree.TaskDone {
						add(node, kind, rest)
					} else if node.Task == tree.TaskOpen {
						add(node, Action, par.Text)
					}
				case *tree.Paragraph:
					if kind, rest, ok := marked(node.Text); ok && !inItem(path) && (f.Book.Meta.Todo || !isTodo(node.Text)) {
						add(node, kind, rest)
					}
				}
				return true
			})
		}
	}
}

// isTodo reports whether a paragraph begins with "TODO:". In a list that is a task that somebody took; between paragraphs
// most writers mean what they themselves have yet to write.
func isTodo(in tree.Inlines) bool {
	label, _, _ := Label(in)
	return strings.EqualFold(label, "todo")
}

// inItem reports whether the innermost ancestor is a list item: its first paragraph is handled with it.
func inItem(path []tree.Node) bool {
	if len(path) == 0 {
		return false
	}
	_, ok := path[len(path)-1].(*tree.ListItem)
	return ok
}

func firstParagraph(body tree.Blocks) *tree.Paragraph {
	if len(body) == 0 {
		return nil
	}
	p, _ := body[0].(*tree.Paragraph)
	return p
}

var markWords = map[string]ItemKind{
	"action": Action, "action item": Action, "actions": Action, "ai": Action, "todo": Action,
	"aktion": Action, "aufgabe": Action, "acción": Action, "azione": Action, "actie": Action, "ação": Action,
	"decision": Decision, "decided": Decision, "resolution": Decision, "resolved": Decision,
	"beschluss": Decision, "entscheidung": Decision, "décision": Decision, "decisión": Decision, "decisione": Decision,
	"besluit": Decision, "decisão": Decision,
}

// Mark takes a paragraph apart that says what is to be done or what was decided, by its first word: "Action: …".
func Mark(p *tree.Paragraph) (label string, words tree.Inlines, ok bool) {
	if _, words, ok = marked(p.Text); ok {
		label, _, _ = Label(p.Text)
	}
	return label, words, ok
}

// marked recognises "Action: …" and "**Decision:** …" and returns the text behind the mark.
func marked(in tree.Inlines) (ItemKind, tree.Inlines, bool) {
	label, rest, ok := Label(in)
	if !ok {
		return 0, nil, false
	}
	kind, ok := markWords[strings.ToLower(label)]
	return kind, rest, ok
}

// Label takes a paragraph apart that begins with a short label and a colon, plain or strong: "ABC: …", "**Name:** …",
// "**Name**: …". The rest begins with its first word.
func Label(in tree.Inlines) (label string, rest tree.Inlines, ok bool) {
	if len(in) == 0 {
		return "", nil, false
	}
	switch first := in[0].(type) {
	case *tree.Text:
		head, tail, found := strings.Cut(first.Text, ":")
		if !found || tail != "" && !strings.HasPrefix(tail, " ") && !strings.HasPrefix(tail, "\u00A0") {
			return "", nil, false
		}
		label, rest = head, behind(first, tail, in[1:])
	case *tree.Strong:
		text := tree.PlainText(first.Text)
		if head, found := strings.CutSuffix(text, ":"); found {
			label, rest = head, trimmed(in[1:])
			break
		}
		next, isText := second(in)
		if !isText || !strings.HasPrefix(next.Text, ":") {
			return "", nil, false
		}
		label, rest = text, behind(next, next.Text[1:], in[2:])
	default:
		return "", nil, false
	}
	label = strings.TrimSpace(label)
	if label == "" || len([]rune(label)) > 40 || len(rest) == 0 {
		return "", nil, false
	}
	return label, rest, true
}

func second(in tree.Inlines) (*tree.Text, bool) {
	if len(in) < 2 {
		return nil, false
	}
	t, ok := in[1].(*tree.Text)
	return t, ok
}

// behind returns what follows a label: the rest of its text, then the other inlines.
func behind(t *tree.Text, tail string, more tree.Inlines) tree.Inlines {
	tail = strings.TrimLeftFunc(tail, unicode.IsSpace)
	if tail == "" {
		return trimmed(more)
	}
	return append(tree.Inlines{&tree.Text{At: t.At, Text: tail}}, more...)
}

// trimmed returns inlines without white space at their beginning.
func trimmed(in tree.Inlines) tree.Inlines {
	for len(in) > 0 {
		switch first := in[0].(type) {
		case *tree.Break:
			in = in[1:]
			continue
		case *tree.Text:
			text := strings.TrimLeftFunc(first.Text, unicode.IsSpace)
			if text == "" {
				in = in[1:]
				continue
			}
			if text != first.Text {
				return append(tree.Inlines{&tree.Text{At: first.At, Text: text}}, in[1:]...)
			}
		default:
		}
		break
	}
	return in
}

var initials = lazyregexp.New(`^\p{Lu}{2,4}\d?$`)

// labels are words with a colon behind them that are not the names of speakers.
var labels = map[string]bool{
	"note": true, "todo": true, "tldr": true, "faq": true, "fyi": true, "ps": true, "nb": true, "url": true, "re": true, "ok": true,
	"update": true, "edit": true, "pros": true, "cons": true, "tip": true, "warning": true, "example": true, "summary": true,
	"problem": true, "solution": true, "result": true, "question": true, "answer": true, "input": true, "output": true, "api": true,
	"http": true, "https": true, "eg": true, "ie": true, "before": true, "after": true, "date": true, "time": true, "location": true,
}

// Turn takes a paragraph of minutes apart that gives a speaker's words. It is one in a talk that is a dialogue only, see
// [Facts.Dialogue].
func Turn(p *tree.Paragraph) (speaker string, words tree.Inlines, ok bool) {
	speaker, words, ok = Label(p.Text)
	if !ok || labels[strings.ToLower(speaker)] {
		return "", nil, false
	}
	if _, mark := markWords[strings.ToLower(speaker)]; mark {
		return "", nil, false
	}
	if _, strong := p.Text[0].(*tree.Strong); !strong && !initials.MatchString(speaker) {
		return "", nil, false
	}
	first := []rune(speaker)[0]
	if !unicode.IsUpper(first) && !unicode.Is(unicode.Lo, first) && first != '@' || len(strings.Fields(speaker)) > 4 {
		return "", nil, false
	}
	return speaker, words, true
}

// Dialogue reports whether a talk's text is minutes: at least two people speak, one of them more than once, in at least
// four turns. So labels such as "**Example:**" that stand about a text do not make it one.
func (f *Facts) Dialogue(t *tree.Talk) bool { return f.turns[t] }

func dialogue(t *tree.Talk) bool {
	count := map[string]int{}
	turns, again := 0, 0
	for _, b := range t.Body {
		tree.Walk(b, func(n tree.Node, _ []tree.Node) bool {
			if p, ok := n.(*tree.Paragraph); ok {
				if who, _, ok := Turn(p); ok {
					turns++
					count[who]++
					if count[who] == 2 {
						again++
					}
				}
			}
			return true
		})
	}
	return turns >= 4 && len(count) >= 2 && again >= 1
}
