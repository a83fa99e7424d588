package jsontree_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/jsontree"
	"github.com/evbook/evbook/render/rendertest"
)

func TestConformance(t *testing.T) {
	rendertest.Run(t, jsontree.Format(), rendertest.Options{
		Text: func(data []byte) (string, error) {
			book, err := tree.Decode(bytes.NewReader(data))
			if err != nil {
				return "", err
			}
			if diff := cmp.Diff(rendertest.Book(), book); diff != "" {
				t.Errorf("the tree changed (-before +after):\n%s", diff)
			}
			return string(data), nil
		},
	})
}
