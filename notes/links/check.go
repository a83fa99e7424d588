package links

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Verdict is what a check of a link found.
type Verdict string

// The verdicts.
const (
	OK      Verdict = "ok"      // it answers
	Moved   Verdict = "moved"   // it answers, but for good from another address
	Dead    Verdict = "dead"    // it is gone, or its host is
	Unknown Verdict = "unknown" // the server does not say: it refuses programs, is busy, or did not answer in time
)

// Result is the outcome of a check.
type Result struct {
	Verdict Verdict   `json:"verdict"`
	Status  int       `json:"status,omitempty"` // of the last answer; 0 when there was none
	Final   string    `json:"final,omitempty"`  // where a moved link leads now
	Reason  string    `json:"reason,omitempty"`
	Checked time.Time `json:"checked"`
}

// Checker asks the network about links, politely: a few at a time, each host after a pause, HEAD before GET. Its zero
// fields have their defaults.
type Checker struct {
	Client    *http.Client  // default: one that gives up after Timeout
	Cache     *Cache        // nil: everything is asked again
	Agent     string        // name of the program, for the servers' logs
	Timeout   time.Duration // for one answer; default 20 s
	Pause     time.Duration // between two questions to one host; default 1 s
	Parallel  int           // questions at a time; default 4
	AskLocal  bool          // ask hosts of the local network, too
	Now       func() time.Time
	Announce  func(done, all int) // called after each link, if set; never at the same time
	hosts     map[string]*sync.Mutex
	hostsLock sync.Mutex
}

// maxBody is how much of an answer is read, in bytes, so that the connection can be used again.
const maxBody = 64 << 10

// maxRedirects bounds how often a link may lead on.
const maxRedirects = 10

// Check fills in the results of links. It returns an error only when ctx ends it; what has been found by then stays in the
// cache.
func (c *Checker) Check(ctx context.Context, links []*Link) error {
	c.defaults()
	jobs := make(chan *Link)
	var wg sync.WaitGroup
	var lock sync.Mutex
	done := 0
	for range c.Parallel {
		wg.Go(func() {
			for l := range jobs {
				r := c.one(ctx, l)
				lock.Lock()
				l.Result = r
				done++
				if c.Announce != nil {
					c.Announce(done, len(links))
				}
				lock.Unlock()
			}
		})
	}
	for _, l := range interleave(links) {
		select {
		case jobs <- l:
		case <-ctx.Done():
		}
	}
	close(jobs)
	wg.Wait()
	return ctx.Err()
}

func (c *Checker) defaults() {
	if c.Timeout == 0 {
		c.Timeout = 20 * time.Second
	}
	if c.Pause == 0 {
		c.Pause = time.Second
	}
	if c.Parallel == 0 {
		c.Parallel = 4
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Client == nil {
		c.Client = &http.Client{Timeout: c.Timeout}
	}
	client := *c.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // followed here
	c.Client = &client
	c.hosts = map[string]*sync.Mutex{}
}

// interleave orders links so that hosts take turns: then nobody waits long for the pause of one.
func interleave(links []*Link) (out []*Link) {
	byHost := map[string][]*Link{}
	var hosts []string
	for _, l := range links {
		if byHost[l.Host] == nil {
			hosts = append(hosts, l.Host)
		}
		byHost[l.Host] = append(byHost[l.Host], l)
	}
	for len(out) < len(links) {
		for _, h := range hosts {
			if list := byHost[h]; len(list) > 0 {
				out = append(out, list[0])
				byHost[h] = list[1:]
			}
		}
	}
	return out
}

// one returns what is known of a link: from the cache, else from its server.
func (c *Checker) one(ctx context.Context, l *Link) *Result {
	now := c.Now()
	if l.Local && !c.AskLocal {
		return &Result{Verdict: Unknown, Reason: "not on the public network", Checked: now}
	}
	if r, ok := c.Cache.get(l.URL, now); ok {
		return r
	}
	r := c.follow(ctx, l.URL)
	if r == nil || ctx.Err() != nil {
		return nil
	}
	r.Checked = now.UTC().Truncate(time.Second)
	c.Cache.put(l.URL, r)
	return r
}

// follow asks for an address and goes where it leads.
func (c *Checker) follow(ctx context.Context, address string) *Result {
	forGood := true
	at := address
	for range maxRedirects {
		status, next, err := c.ask(ctx, at)
		if err != nil {
			return failure(err)
		}
		if next == "" {
			return judge(status, address, at, forGood)
		}
		if status != http.StatusMovedPermanently && status != http.StatusPermanentRedirect {
			forGood = false
		}
		at = next
	}
	return &Result{Verdict: Dead, Reason: fmt.Sprintf("leads on more than %d times", maxRedirects)}
}

// ask puts one question, by HEAD, and again by GET to servers that do not take the former. It returns where a redirection
// leads.
func (c *Checker) ask(ctx context.Context, address string) (status int, next string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return 0, "", err
	}
	if isLocal(u.Hostname()) && !c.AskLocal {
		return 0, "", errors.New("leads into a local network")
	}
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		status, next, err = c.request(ctx, method, u)
		if err == nil && (status < 400 || status == http.StatusTooManyRequests) {
			break
		}
	}
	return status, next, err
}

func (c *Checker) request(ctx context.Context, method string, u *url.URL) (int, string, error) {
	if err := c.wait(ctx, u.Host); err != nil {
		return 0, "", err
	}
	bounded, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, method, u.String(), nil)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("User-Agent", c.Agent)
	req.Header.Set("Accept", "text/html, */*;q=0.8")
	resp, err := c.Client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxBody) // whether it comes to its end does not matter
	switch resp.StatusCode {
	case 301, 302, 303, 307, 308:
		to, err := resp.Location()
		if err != nil || to.Scheme != "http" && to.Scheme != "https" {
			return resp.StatusCode, "", nil
		}
		return resp.StatusCode, to.String(), nil
	}
	return resp.StatusCode, "", nil
}

// wait lets the pause of a host pass: its questions are put one after the other.
func (c *Checker) wait(ctx context.Context, host string) error {
	c.hostsLock.Lock()
	lock := c.hosts[host]
	first := lock == nil
	if first {
		lock = &sync.Mutex{}
		c.hosts[host] = lock
	}
	c.hostsLock.Unlock()
	lock.Lock()
	defer lock.Unlock()
	if first {
		return ctx.Err()
	}
	timer := time.NewTimer(c.Pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// judge makes a verdict of the last answer.
func judge(status int, asked, final string, forGood bool) *Result {
	r := &Result{Status: status, Verdict: Unknown, Reason: strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))}
	switch {
	case status >= 200 && status < 300:
		r.Verdict, r.Reason = OK, ""
		if final != asked && forGood {
			r.Verdict, r.Final = Moved, final
		}
	case status == http.StatusNotFound, status == http.StatusGone:
		r.Verdict = Dead
	}
	return r
}

// failure makes a verdict of a question without an answer. Only a host that does not exist is dead for sure.
func failure(err error) *Result {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return &Result{Verdict: Dead, Reason: "no such host"}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &Result{Verdict: Unknown, Reason: "no answer in time"}
	}
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err
	}
	return &Result{Verdict: Unknown, Reason: err.Error()}
}
