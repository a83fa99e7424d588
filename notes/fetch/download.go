package fetch

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats that a book can hold
	_ "image/jpeg"
	_ "image/png"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"

	_ "golang.org/x/image/webp"
)

// errLocal refuses hosts that the public network does not have: notes of others must not make a program ask the machines
// around it.
var errLocal = errors.New("the address is on a local network")

// client returns a client that follows few redirections, to http and https only, and connects to public addresses only.
// The address is checked when the connection is made, so that no name can lead elsewhere between check and use.
func (f *Fetcher) client() *http.Client {
	transport := f.Transport
	if transport == nil {
		transport = f.transport()
	}
	return &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return fmt.Errorf("it leads on more than %d times", maxRedirects)
		}
		return f.allowed(req.URL)
	}}
}

func (f *Fetcher) transport() *http.Transport {
	var proxies sync.Map // the proxies that the user has set; they may be near
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = func(req *http.Request) (*url.URL, error) {
		u, err := http.ProxyFromEnvironment(req)
		if err == nil && u != nil {
			proxies.Store(hostPort(u), true)
		}
		return u, err
	}
	near := &net.Dialer{}
	far := &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		ip, err := netip.ParseAddrPort(address)
		if err != nil || !f.AllowLocal && !isPublic(ip.Addr()) {
			return errLocal
		}
		return nil
	}}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if _, ok := proxies.Load(address); ok {
			return near.DialContext(ctx, network, address)
		}
		return far.DialContext(ctx, network, address)
	}
	return t
}

// hostPort is the address that a connection to u is made to.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// allowed refuses addresses that are of no use or not meant for programs such as this. A proxy resolves names itself:
// therefore names and numbers are looked at here already.
func (f *Fetcher) allowed(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("it leads to an address of the kind %q", u.Scheme+":")
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if host == "" {
		return errors.New("the address names no host")
	}
	ip, err := netip.ParseAddr(host)
	if !f.AllowLocal && (err == nil && !isPublic(ip) || host == "localhost" || strings.HasSuffix(host, ".localhost") || err != nil && !strings.Contains(host, ".")) {
		return errLocal
	}
	return nil
}

// notPublic are the ranges without a method of their own in net/netip: shared address space (RFC 6598), protocol assignments,
// benchmarking, documentation, and IPv6 addresses that hold an IPv4 address.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
}

func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() { // global unicast leaves out loopback, link-local, multicast and 0.0.0.0
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip.WithZone("")) {
			return false
		}
	}
	return true
}

// download returns what an address gives, if it is named an image and not too large.
func (f *Fetcher) download(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	limit, most := f.Timeout, f.MaxSize
	if limit == 0 {
		limit = DefaultTimeout
	}
	if most == 0 {
		most = DefaultMaxSize
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address cannot be read")
	}
	if err := f.allowed(u); err != nil {
		return nil, err
	}
	u.Fragment = ""
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, plainError(err, limit)
	}
	req.Header.Set("Accept", "image/png, image/jpeg, image/gif, image/webp, image/svg+xml")
	if f.Agent != "" {
		req.Header.Set("User-Agent", f.Agent)
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, plainError(err, limit)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(strings.TrimSpace(fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))))
	}
	if kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err == nil && !mayBeImage(kind) {
		return nil, fmt.Errorf("the server says that it is no image but %s", kind)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, plainError(err, limit)
	case int64(len(data)) > most:
		return nil, fmt.Errorf("it is larger than %d MiB", most>>20)
	}
	return data, nil
}

// mayBeImage reports whether a media type is that of an image, or says nothing. Raw files of a repository are often served
// as plain text, also drawings; what they are is decided by their bytes.
func mayBeImage(kind string) bool {
	switch kind {
	case "application/octet-stream", "binary/octet-stream", "text/plain", "text/xml", "application/xml":
		return true
	}
	return strings.HasPrefix(kind, "image/")
}

// formatOf returns the format of an image, decoded from its bytes: png, jpeg, gif, webp or svg.
func formatOf(data []byte, maxPixels int) (string, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err == nil && (config.Width <= 0 || config.Height <= 0):
		return "", errors.New("it is an empty image")
	case err == nil && config.Width > maxPixels/config.Height:
		return "", fmt.Errorf("it has %d × %d pixels, which is too many", config.Width, config.Height)
	case err == nil:
		return format, nil
	case isSVG(data):
		return "svg", nil
	}
	return "", errors.New("it is no PNG, JPEG, GIF, WebP or SVG image")
}

// isSVG reports whether the first element of an XML document is svg.
func isSVG(data []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // names of elements are ASCII
	for {
		tok, err := d.RawToken()
		if err != nil {
			return false
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			return tok.Name.Local == "svg"
		case xml.CharData:
			if len(bytes.TrimSpace(bytes.TrimPrefix(tok, []byte("\uFEFF")))) > 0 {
				return false
			}
		}
	}
}
