package pdf

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evbook/evbook/render/typeset"
)

// writeOutline adds the outline (§12.3.3) and returns its root, 0 if it is empty. Items whose anchor does not exist have
// no destination.
func writeOutline(s *section, items []*typeset.OutlineItem, anchors map[string]bool) ref {
	if len(items) == 0 {
		return 0
	}
	root := s.file.reserve()
	first, last, open := writeItems(s, root, items, anchors)
	s.set(root, dict{{"Type", name("Outlines")}, {"First", first}, {"Last", last}, {"Count", open}})
	return root
}

// writeItems adds the items below parent. open is how many items show when parent is open.
func writeItems(s *section, parent ref, items []*typeset.OutlineItem, anchors map[string]bool) (first, last ref, open int) {
	first = ref(s.file.count + 1) // the items have consecutive numbers
	last = ref(s.file.count + len(items))
	s.file.count += len(items)
	for i, item := range items {
		self := first + ref(i)
		var f, l ref
		n := 0
		if len(item.Children) > 0 {
			f, l, n = writeItems(s, self, item.Children, anchors)
		}
		b := appendText(append(s.begin(self), "<</Title"...), item.Title)
		b = appendRef(append(b, "/Parent "...), parent)
		if self > first {
			b = appendRef(append(b, "/Prev "...), self-1)
		}
		if self < last {
			b = appendRef(append(b, "/Next "...), self+1)
		}
		if anchors[item.Anchor] {
			b = appendOctets(append(b, "/Dest"...), item.Anchor)
		}
		open++
		if n > 0 {
			b = appendRef(append(b, "/First "...), f)
			b = appendRef(append(b, "/Last "...), l)
			if item.Open {
				open += n
			} else {
				n = -n
			}
			b = appendInt(append(b, "/Count "...), n)
		}
		s.end(append(b, ">>"...))
	}
	return first, last, open
}

// places gives the named places of a document, sorted, and which there are. The first of two anchors of a name holds.
func places(anchors []anchor) ([]anchor, map[string]bool) {
	known := make(map[string]bool, len(anchors))
	list := make([]anchor, 0, len(anchors))
	for _, a := range anchors {
		if !known[a.name] {
			known[a.name] = true
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b anchor) int { return cmp.Compare(a.name, b.name) })
	return list, known
}

// writeDestinations adds the tree of named places (§7.7.4, §12.3.2.3); 0 if there are none.
func writeDestinations(s *section, list []anchor, pages []*record) ref {
	if len(list) == 0 {
		return 0
	}
	return writeLeaves(s, "Names", len(list),
		func(b []byte, i int) []byte { return appendOctets(b, list[i].name) },
		func(b []byte, i int) []byte {
			b = appendRef(append(b, '['), pages[list[i].page].ref)
			b = appendMilli(append(b, "/XYZ "...), list[i].x)
			b = appendMilli(append(b, ' '), list[i].y)
			return append(b, " null]"...)
		})
}

// pageLabels makes the number tree of page labels (§12.4.2): a range begins wherever a label does not follow from the one
// before. Labels that are no numbers stand in ranges of their own.
func pageLabels(labels []string) dict {
	var nums array
	style, number := name("none"), 0
	for i, label := range labels {
		s, n := parseLabel(label)
		if s != "" && s == style && n == number+1 {
			number = n
			continue
		}
		d := dict{}
		if s != "" {
			d.add("S", s)
			if n != 1 {
				d.add("St", n)
			}
		} else if label != "" {
			d.add("P", text(label))
		}
		nums = append(nums, i, d)
		style, number = s, n
	}
	return dict{{"Nums", nums}}
}

// parseLabel returns the numbering style of a label and its number, "" if it is no number.
func parseLabel(label string) (style name, number int) {
	if n, err := strconv.Atoi(label); err == nil && n > 0 && strconv.Itoa(n) == label {
		return "D", n
	}
	if n := parseRoman(strings.ToUpper(label)); n > 0 {
		switch label {
		case strings.ToLower(label):
			return "r", n
		case strings.ToUpper(label):
			return "R", n
		}
	}
	return "", 0
}

var romanDigits = []struct {
	s string
	n int
}{
	{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9},
	{"V", 5}, {"IV", 4}, {"I", 1},
}

// parseRoman reads an upper-case roman number in its usual form, 0 if s is none.
func parseRoman(s string) int {
	n, rest := 0, s
	for _, d := range romanDigits {
		for strings.HasPrefix(rest, d.s) {
			n += d.n
			rest = rest[len(d.s):]
		}
	}
	if rest != "" || roman(n) != s {
		return 0
	}
	return n
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range romanDigits {
		for ; n >= d.n; n -= d.n {
			b.WriteString(d.s)
		}
	}
	return b.String()
}
