package typeset

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

func TestSVGPicturesAreDrawn(t *testing.T) {
	files := fstest.MapFS{
		"plan.svg":   {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><title>A plan</title><rect width="200" height="50"/><text x="10" y="20">room</text></svg>`)},
		"fog.svg":    {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"/><rect width="9" height="9" filter="url(#f)"/></svg>`)},
		"broken.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><g>`)},
	}
	figure := func(name, alt string) *tree.Figure {
		return &tree.Figure{Image: &tree.Image{Path: name, Alt: alt}}
	}
	inline := &tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: "Before "}, &tree.Image{Path: "plan.svg", Alt: "small"}, &tree.Text{Text: " after."}}}
	doc, list := set(t, talkOf(tree.Blocks{figure("plan.svg", ""), figure("fog.svg", "fog"), figure("broken.svg", "the broken one"), inline}), "a5", files)
	r := record(t, doc)
	checkArea(t, doc, r)

	alts := map[string]int{} // by alternative text: paths and runs
	for _, d := range r.list {
		if d.elem != nil && d.elem.Role == "Figure" {
			alts[d.elem.Alt]++
			if d.run != nil && !strings.Contains(runText(d.run), "room") {
				t.Errorf("%q in the figure %s", runText(d.run), d.elem.Alt)
			}
		}
	}
	if alts["A plan"] != 2 || alts["fog"] != 1 || alts["small"] != 2 || len(alts) != 3 {
		t.Errorf("drawn by figures: %v", alts)
	}
	if !strings.Contains(allText(r), "[the broken one]") {
		t.Error("the description of the broken picture is not printed")
	}
	for code, what := range map[diag.Code]string{CodeImageReduced: "filter", CodeImageFormat: "broken.svg"} {
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == code && strings.Contains(d.Message, what) }) {
			t.Errorf("no %s about %s in %v", code, what, list)
		}
	}
	if slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "image-alt" }) {
		t.Error("a title is an alternative text")
	}
}
