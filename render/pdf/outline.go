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
func writeOutline(out *file, items []*typeset.OutlineItem, anchors map[string]bool) ref {
	if len(items) == 0 {
		return 0
	}
	root := out.reserve()
	first, last, open := writeItems(out, root, items, anchors)
	out.set(root, dict{{"Type", name("Outlines")}, {"First", first}, {"Last", last}, {"Count", open}})
	return root
}

// writeItems adds the items below parent. open is how many items show when parent is open.
func writeItems(out *file, parent ref, items []*typeset.OutlineItem, anchors map[string]bool) (first, last ref, open int) {
	refs := make([]ref, len(items))
	for i := range items {
		refs[i] = out.reserve()
	}
	for i, item := range items {
		d := dict{{"Title", text(item.Title)}, {"Parent", parent}}
		if i > 0 {
			d.add("Prev", refs[i-1])
		}
		if i+1 < len(items) {
			d.add("Next", refs[i+1])
		}
		if anchors[item.Anchor] {
			d.add("Dest", octets(item.Anchor))
		}
		open++
		if len(item.Children) > 0 {
			f, l, n := writeItems(out, refs[i], item.Children, anchors)
			d.add("First", f)
			d.add("Last", l)
			if item.Open {
				d.add("Count", n)
				open += n
			} else {
				d.add("Count", -n)
			}
		}
		out.set(refs[i], d)
	}
	return refs[0], refs[len(refs)-1], open
}

// writeDestinations adds the tree of named places (§7.7.4, §12.3.2.3). The first of two anchors of a name holds.
func writeDestinations(out *file, anchors []anchor, pages []*record) (ref, map[string]bool) {
	known := make(map[string]bool, len(anchors))
	var list []anchor
	for _, a := range anchors {
		if !known[a.name] {
			known[a.name] = true
			list = append(list, a)
		}
	}
	if len(list) == 0 {
		return 0, known
	}
	slices.SortFunc(list, func(a, b anchor) int { return cmp.Compare(a.name, b.name) })
	var entries array
	for _, a := range list {
		entries = append(entries, octets(a.name), array{pages[a.page].ref, name("XYZ"), a.x, a.y, raw("null")})
	}
	return writeLeaves(out, "Names", entries), known
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
