package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestDialling: where a name leads is looked at when the connection is made, after the name was found harmless.
func TestDialling(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	address := strings.TrimPrefix(s.URL, "http://")
	if _, err := new(Fetcher).transport().DialContext(context.Background(), "tcp", address); !errors.Is(err, errLocal) {
		t.Errorf("got %v", err)
	}
	c, err := (&Fetcher{AllowLocal: true}).transport().DialContext(context.Background(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}
