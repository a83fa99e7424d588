package typeset

import (
	"bytes"
	"image"
	"image/png"
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
		"fog.svg":    {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feGaussianBlur/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`)},
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

// Groups, bitmaps beside the picture and fitted type reach the page, and nothing from outside of the notes.
func TestPicturesInPictures(t *testing.T) {
	var dots bytes.Buffer
	if err := png.Encode(&dots, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"img/a b.png": {Data: dots.Bytes()},
		"img/all.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
			<image href="a%20b.png" width="10" height="10"/><image href="../../etc/passwd" width="1" height="1"/><image href="https://example.org/x.png" width="1" height="1"/>
			<g opacity=".5"><rect width="20" height="20"/><text x="10" y="40" font-size="10" textLength="60">spread</text></g></svg>`)},
	}
	list := tree.Blocks{&tree.Figure{Image: &tree.Image{Path: "img/all.svg", Alt: "all"}}}
	doc, diags := set(t, talkOf(list), "a5", files)
	r := record(t, doc)
	checkArea(t, doc, r)
	kinds := map[string]int{}
	for _, d := range r.list {
		if d.elem == nil || d.elem.Alt != "all" {
			continue
		}
		kinds[d.kind]++
		if d.run != nil {
			// 60 of 100 pixels of a picture that is as wide as 75 pt.
			if w := d.run.Width().Pt(); w < 44 || w > 50 {
				t.Errorf("the text is %.2f pt wide, want 45 and a space behind the last letter at most", w)
			}
		}
	}
	if kinds["image"] != 1 || kinds["path"] != 1 || kinds["run"] != 1 || r.groups != 0 {
		t.Errorf("drawn %v, %d groups are open", kinds, r.groups)
	}
	for _, what := range []string{"etc/passwd", "example.org"} {
		if !slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Code == CodeImageReduced && strings.Contains(d.Message, what) }) {
			t.Errorf("nothing about %s in %v", what, diags)
		}
	}
}
