package render_test

import (
	"context"
	"errors"
	"testing"

	"github.com/evbook/evbook/render"
)

// Who waits gets the first map that is set, or the error of a cancelled context; without a paged edition nobody waits.
func TestPages(t *testing.T) {
	var none *render.Pages
	none.Set(&render.PageMap{})
	if m, err := none.Wait(t.Context()); m != nil || err != nil {
		t.Errorf("no paged edition: %v, %v", m, err)
	}
	p := render.NewPages()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting ends with %v", err)
	}
	want := &render.PageMap{Pages: []render.PageStart{{Label: "i"}}}
	go func() {
		p.Set(want)
		p.Set(nil)
	}()
	if m, err := p.Wait(t.Context()); m != want || err != nil {
		t.Errorf("got %v, %v", m, err)
	}
}
