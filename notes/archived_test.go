package notes

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes/diag"
)

func TestArchivedIsALinkBehindAllOthers(t *testing.T) {
	fsys := fstest.MapFS{"a.md": {Data: []byte("---\ntitle: A\narchived: https://web.archive.org/web/2012/http://x.org/s (without pictures)\nslides: http://x.org/s\nlinks: [http://x.org/c]\n---\nText.\n")}}
	var diags diag.Collector
	b, err := Load(context.Background(), fsys, Options{}, diags.Report)
	if err != nil {
		t.Fatal(err)
	}
	if list := diags.List(); len(list) > 0 {
		t.Errorf("reported %v", list)
	}
	for talk := range b.AllTalks() {
		if len(talk.Links) != 3 || talk.Links[0].Label != "Slides" || talk.Links[2].Label != "Archived" || talk.Links[2].URL != "https://web.archive.org/web/2012/http://x.org/s" {
			t.Errorf("links %+v", talk.Links)
		}
		if len(talk.Facts) > 0 {
			t.Errorf("facts %+v", talk.Facts)
		}
	}
}
