// Package fetch brings images on the web into a book, on demand only and so that the book stays reproducible: a lock file
// beside the notes keeps the hash of what each address gave, and a cache keeps the bytes. An address that gives something
// else another day is reported, not used.
package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/notes/diag"
)

// The codes of what this package reports.
const (
	CodeFetch   diag.Code = "image-not-fetched" // an image that the web did not give
	CodeChanged diag.Code = "image-changed"     // an image that is not what the lock file says
	CodeLock    diag.Code = "lock-syntax"       // a line of the lock file that cannot be read
)

// Image is an image on the web and a place in the notes that shows it.
type Image struct {
	URL string
	Pos diag.Pos
}

// The limits of a [Fetcher] whose fields are zero.
const (
	DefaultTimeout   = 30 * time.Second
	DefaultMaxSize   = 16 << 20 // bytes
	DefaultMaxPixels = 100_000_000
	maxRedirects     = 5
	parallel         = 4
)

// Fetcher asks the web for images. The zero Fetcher works, without a cache.
type Fetcher struct {
	Lock    *Lock  // what the addresses gave before; nil: nothing is known
	Refresh bool   // take what the web gives now, whatever the lock says
	Cache   string // folder for the bytes, which may be deleted at any time; empty: none is kept

	Agent      string            // name of the program, for the servers' logs
	Timeout    time.Duration     // for one image
	MaxSize    int64             // of one image, in bytes
	MaxPixels  int               // of one image: width times height
	AllowLocal bool              // ask hosts of the local network, too
	Transport  http.RoundTripper // default: one that refuses the local network by itself
}

// Fetch brings in images and returns their files, by address; the lock then says what they are. An image that cannot be
// had is reported at each of its places and is not in the result. The error is that of a cancelled ctx.
func (f *Fetcher) Fetch(ctx context.Context, list []Image, report diag.Reporter) (*Files, error) {
	places := map[string][]diag.Pos{}
	var addresses []string
	for _, img := range list {
		if places[img.URL] == nil {
			addresses = append(addresses, img.URL)
		}
		places[img.URL] = append(places[img.URL], img.Pos)
	}
	slices.Sort(addresses)
	client := f.client()
	got := make([]result, len(addresses))
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(parallel)
	for i, address := range addresses {
		g.Go(func() error {
			got[i] = f.one(inner, client, address)
			return inner.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	files := &Files{paths: map[string]string{}, data: map[string][]byte{}}
	for i, address := range addresses {
		r := got[i]
		if r.err != nil {
			for _, pos := range places[address] {
				report(r.diagnostic(address, pos))
			}
			continue
		}
		files.add(address, r)
		f.Lock.set(address, Entry{Sum: r.sum, Size: int64(len(r.data))})
	}
	return files, nil
}

// result is an image, or why there is none.
type result struct {
	data   []byte
	format string // png, jpeg, gif, webp or svg
	sum    string // SHA-256, in hexadecimal digits
	locked bool   // the lock knows the address
	err    error
}

// errChanged says that an address gives something else than the lock has.
var errChanged = errors.New("it is no longer the image that " + LockName + " has")

func (r result) diagnostic(address string, pos diag.Pos) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Warning, Code: CodeFetch, Pos: pos, Message: fmt.Sprintf("the image %s cannot be fetched: %v", address, r.err),
		Hints: []string{"the book links to it; save it in the notes folder to be independent of the web"}}
	if r.locked { // the book is not the one that it was
		d.Severity = diag.Error
	}
	if errors.Is(r.err, errChanged) {
		d.Code, d.Message = CodeChanged, fmt.Sprintf("the image %s is not used: %v", address, r.err)
		d.Hints = []string{"look at it, then take the new one with --fetch=refresh"}
	}
	return d
}

// one returns the image at an address: from the cache, if the lock says what it is, else from the web.
func (f *Fetcher) one(ctx context.Context, client *http.Client, address string) (r result) {
	known, locked := f.Lock.Get(address)
	if locked && !f.Refresh {
		if data := f.cached(known.Sum); data != nil {
			return f.judge(data, locked)
		}
	}
	data, err := f.download(ctx, client, address)
	if err != nil {
		return result{err: err, locked: locked}
	}
	if r = f.judge(data, locked); r.err != nil {
		return r
	}
	if locked && !f.Refresh && r.sum != known.Sum {
		return result{err: errChanged, locked: true}
	}
	f.keep(r.sum, data)
	return r
}

// judge looks whether data is an image that a book can hold.
func (f *Fetcher) judge(data []byte, locked bool) result {
	most := f.MaxPixels
	if most == 0 {
		most = DefaultMaxPixels
	}
	format, err := formatOf(data, most)
	if err != nil {
		return result{err: err, locked: locked}
	}
	sum := sha256.Sum256(data)
	return result{data: data, format: format, sum: hex.EncodeToString(sum[:]), locked: locked}
}

// plainError makes a sentence of what goes wrong on the way to a server, without the address, which the message has.
func plainError(err error, limit time.Duration) error {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return errors.New("there is no such host")
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer within %s", limit)
	case errors.Is(err, errLocal):
		return errLocal
	}
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		if s := inner.Error(); !strings.Contains(s, "http") {
			return errors.New(s)
		}
	}
	return err
}
