package tree_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

func TestCodecKeepsEveryNode(t *testing.T) {
	book := treetest.Every()
	var first bytes.Buffer
	if err := tree.Encode(&first, book); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/every.json", first.Bytes())
	back, err := tree.Decode(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(book, back); diff != "" {
		t.Errorf("the tree changed on its way through JSON (-before +after):\n%s", diff)
	}
}

func TestKindsAreUniqueAndInTheSample(t *testing.T) {
	seen := map[string]bool{}
	for n := range tree.All(treetest.Every()) {
		switch n.(type) {
		case tree.Block, tree.Inline:
			seen[tree.Kind(n)] = true
		}
	}
	if want := 13 + 13; len(seen) != want {
		t.Errorf("the sample shows %d kinds of nodes, want all %d", len(seen), want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"newer version", `{"version":99,"book":{"meta":{}}}`, "newer version 99"},
		{"no book", `{"version":1}`, "no book"},
		{"unknown kind", `{"version":1,"book":{"front":[{"id":"a","title":[{"kind":"hologram"}]}]}}`, `unknown kind of node "hologram"`},
		{"block among inlines", `{"version":1,"book":{"front":[{"id":"a","title":[{"kind":"paragraph"}]}]}}`, `unknown kind of node "paragraph"`},
		{"bad date", `{"version":1,"book":{"meta":{"date":"2012-02-30"}}}`, "no date"},
		{"not JSON", `hello`, "read tree"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tree.Decode(strings.NewReader(tt.in))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want one with %q", err, tt.want)
			}
		})
	}
	_, err := tree.Decode(strings.NewReader(`{"version":2,"book":{}}`))
	if !errors.Is(err, tree.ErrVersion) {
		t.Errorf("got %v, want ErrVersion", err)
	}
}

func FuzzCodec(f *testing.F) {
	var every bytes.Buffer
	if err := tree.Encode(&every, treetest.Every()); err != nil {
		f.Fatal(err)
	}
	f.Add(every.Bytes())
	f.Add([]byte(`{"version":1,"book":{"meta":{"title":"x","language":"en"},"events":[{"id":"e","title":[{"kind":"text","text":"\ud800"}]}]}}`))
	f.Add([]byte(`{"version":1,"book":{"front":[{"id":"a","title":null,"body":[{"kind":"list","items":[{"task":2,"body":[]}]}]}]}}`))
	f.Add([]byte(`{"version":1,"book":{"back":[{"id":"a","title":[],"body":[{"kind":"table","align":["left"],"header":[{"text":[]}]}]}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := tree.Decode(bytes.NewReader(data))
		if err != nil {
			return
		}
		var once, twice bytes.Buffer
		if err := tree.Encode(&once, book); err != nil {
			t.Fatalf("a decoded tree does not encode: %v", err)
		}
		again, err := tree.Decode(bytes.NewReader(once.Bytes()))
		if err != nil {
			t.Fatalf("an encoded tree does not decode: %v\n%s", err, once.Bytes())
		}
		if err := tree.Encode(&twice, again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Fatalf("a round trip changed the tree:\n%s", cmp.Diff(once.String(), twice.String()))
		}
	})
}

func TestKindComesFirst(t *testing.T) {
	data, err := json.Marshal(tree.Blocks{&tree.Rule{}, &tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: "a<b"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if want := `[{"kind":"rule"},{"kind":"paragraph","text":[{"kind":"text","text":"a\u003cb"}]}]`; string(data) != want {
		t.Errorf("got %s, want %s", data, want)
	}
}
