package web_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/picture/web"
	"github.com/evbook/evbook/render/rendertest/samples"
)

// Pictures come out in forms that browsers show, upright, at most 1600 pixels wide, and each content once.
func TestFind(t *testing.T) {
	store := web.NewStore(samples.Assets(), func(d diag.Diagnostic) { t.Errorf("unexpected: %s", d.Message) })
	for _, tt := range []struct {
		path, mediaType string
		width, height   int
		animated        bool
	}{
		{"images/dot.png", "image/png", 8, 4, false},
		{"images/copy.png", "image/png", 8, 4, false},
		{"/images/../images/dot.png", "image/png", 8, 4, false},
		{"images/huge.png", "image/png", 1600, 400, false},
		{"images/photo.jpg", "image/jpeg", 60, 30, false},
		{"images/turned.jpg", "image/jpeg", 30, 60, false},
		{"images/moving.gif", "image/gif", 4, 4, true},
		{"images/drawing.svg", "image/svg+xml", 200, 100, false},
	} {
		pic, ok := store.Find(&tree.Image{Path: tt.path})
		if !ok {
			t.Errorf("%s is not found", tt.path)
			continue
		}
		if pic.MediaType != tt.mediaType || pic.Width != tt.width || pic.Height != tt.height || pic.Animated != tt.animated {
			t.Errorf("%s: %s, %d × %d, animated %v", tt.path, pic.MediaType, pic.Width, pic.Height, pic.Animated)
		}
		if !strings.HasPrefix(pic.DataURL(), "data:"+tt.mediaType+";base64,") {
			t.Errorf("%s: %.40s", tt.path, pic.DataURL())
		}
	}
	if used := store.Used(); len(used) != 6 {
		t.Errorf("%d pictures are used, want 6: two files have the same content", len(used))
	}
}

// What cannot be shown is reported at its place in the notes, each kind with its code.
func TestNotFound(t *testing.T) {
	for _, tt := range []struct {
		image tree.Image
		code  diag.Code
	}{
		{tree.Image{Path: "images/missing.png"}, web.CodeImageMissing},
		{tree.Image{Path: "images/broken.png"}, web.CodeImageBroken},
		{tree.Image{Path: "images/no.png"}, web.CodeImageBroken},
		{tree.Image{Path: "images/bad.svg"}, web.CodeImageBroken},
	} {
		var c diag.Collector
		tt.image.Src = diag.Pos{File: "a.md", Line: 3, Col: 1}
		_, ok := web.NewStore(samples.Assets(), c.Report).Find(&tt.image)
		list := c.List()
		if ok || len(list) != 1 || list[0].Code != tt.code || list[0].Pos.Line != 3 {
			t.Errorf("%s: found %v, reports %v", tt.image.Path, ok, list)
		}
	}
}

// Drawings keep what belongs to a still picture and lose what runs or is fetched.
func TestSVG(t *testing.T) {
	const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5">`
	for _, tt := range []struct{ in, want, not string }{
		{`<style>.a { fill: url(#g) }</style>`, "url(#g)", ""},
		{`<style>.a { fill: url( "https://example.org/x" ), url(#g) }</style><g/>`, "<g>", "example.org"},
		{`<style>@import "x.css";</style><g/>`, "<g>", "import"},
		{`<text>see url(x)</text>`, "see url(x)", ""},
		{`<rect style="fill: URL(//example.org)" width="1"/>`, `width="1"`, "example.org"},
		{`<rect onclick="x()" width="1"/><script>x()</script>`, `width="1"`, "x()"},
		{`<image href="https://example.org/x.png"/><image href="data:image/png;base64,AA=="/>`, "data:image/png", "example.org"},
	} {
		assets := fstest.MapFS{"x.svg": {Data: []byte(head + tt.in + "</svg>")}}
		pic, ok := web.NewStore(assets, func(d diag.Diagnostic) { t.Errorf("%s: %s", tt.in, d.Message) }).Find(&tree.Image{Path: "x.svg"})
		if !ok {
			continue
		}
		got := string(pic.Data)
		if !strings.Contains(got, tt.want) || tt.not != "" && strings.Contains(got, tt.not) || pic.Width != 10 || pic.Height != 5 {
			t.Errorf("%s: %d × %d\n%s", tt.in, pic.Width, pic.Height, got)
		}
	}
}
