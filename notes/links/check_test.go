package links

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// server answers at paths that name what happens, and counts.
func server(t *testing.T) (*httptest.Server, func(string) int) {
	t.Helper()
	var lock sync.Mutex
	count := map[string]int{}
	mux := http.NewServeMux()
	answer := func(path string, f func(w http.ResponseWriter, r *http.Request)) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			lock.Lock()
			count[r.Method+" "+r.URL.Path]++
			lock.Unlock()
			f(w, r)
		})
	}
	status := func(code int) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	answer("/ok", status(200))
	for path, code := range map[string]int{"/401": 401, "/403": 403, "/429": 429, "/404": 404, "/410": 410, "/500": 500} {
		answer(path, status(code))
	}
	answer("/get-only", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(405)
			return
		}
		w.Write([]byte(strings.Repeat("x", 1<<20)))
	})
	answer("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ok", http.StatusMovedPermanently) })
	answer("/elsewhere-today", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ok", http.StatusFound) })
	answer("/moved-and-gone", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/404", http.StatusMovedPermanently) })
	answer("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	answer("/slow", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s, func(what string) int {
		lock.Lock()
		defer lock.Unlock()
		return count[what]
	}
}

func linksTo(base string, paths ...string) (list []*Link) {
	for _, p := range paths {
		list = append(list, &Link{URL: base + p, Host: strings.TrimPrefix(base, "http://")})
	}
	return list
}

func TestCheck(t *testing.T) {
	s, count := server(t)
	list := linksTo(s.URL, "/ok", "/401", "/403", "/429", "/404", "/410", "/500", "/get-only", "/moved", "/elsewhere-today", "/moved-and-gone", "/loop", "/slow")
	list = append(list, &Link{URL: "http://127.0.0.1:1/refused", Host: "127.0.0.1"})
	done := 0
	c := &Checker{AskLocal: true, Pause: time.Millisecond, Timeout: 300 * time.Millisecond, Agent: "test", Announce: func(n, _ int) { done = n }}
	if err := c.Check(context.Background(), list); err != nil {
		t.Fatal(err)
	}
	want := map[string]Verdict{
		"/ok": OK, "/401": Unknown, "/403": Unknown, "/429": Unknown, "/404": Dead, "/410": Dead, "/500": Unknown, "/get-only": OK, "/moved": Moved,
		"/elsewhere-today": OK, "/moved-and-gone": Dead, "/loop": Dead, "/slow": Unknown, "/refused": Unknown,
	}
	for _, l := range list {
		path := l.URL[strings.LastIndex(l.URL, "/"):]
		if l.Result.Verdict != want[path] {
			t.Errorf("%s: %+v, want %s", path, l.Result, want[path])
		}
		if path == "/moved" && l.Result.Final != s.URL+"/ok" {
			t.Errorf("moved to %q", l.Result.Final)
		}
	}
	if n := count("GET /ok"); n > 0 {
		t.Errorf("HEAD was enough, but GET was sent %d times", n)
	}
	if n := count("GET /429"); n > 0 {
		t.Error("a server that has enough of us was asked again")
	}
	if done != len(list) {
		t.Errorf("announced %d of %d", done, len(list))
	}
}

func TestHostsAreAskedAfterAPause(t *testing.T) {
	s, _ := server(t)
	c := &Checker{AskLocal: true, Pause: 40 * time.Millisecond, Parallel: 8}
	start := time.Now()
	if err := c.Check(context.Background(), linksTo(s.URL, "/ok", "/ok", "/ok", "/ok")); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d < 3*40*time.Millisecond {
		t.Errorf("four questions to one host took %s only", d)
	}
}

func TestCacheSparesTheServers(t *testing.T) {
	s, count := server(t)
	path := filepath.Join(t.TempDir(), "evbook", "links.json")
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	run := func() Verdict {
		cache, err := OpenCache(path)
		if err != nil {
			t.Fatal(err)
		}
		list := linksTo(s.URL, "/ok", "/404")
		c := &Checker{AskLocal: true, Pause: time.Millisecond, Cache: cache, Now: func() time.Time { return now }}
		if err := c.Check(context.Background(), list); err != nil {
			t.Fatal(err)
		}
		if err := cache.Save(now); err != nil {
			t.Fatal(err)
		}
		return list[0].Result.Verdict
	}
	steps := []struct {
		later    time.Duration
		ok, gone int // questions so far
	}{{0, 1, 1}, {time.Hour, 1, 1}, {2 * freshOther, 1, 2}, {freshOK, 2, 3}}
	for _, step := range steps {
		now = now.Add(step.later)
		if v := run(); v != OK {
			t.Errorf("after %s: %s", step.later, v)
		}
		if ok, gone := count("HEAD /ok"), count("HEAD /404"); ok != step.ok || gone != step.gone {
			t.Errorf("after %s: %d and %d questions, want %d and %d", step.later, ok, gone, step.ok, step.gone)
		}
	}
	if err := os.WriteFile(path, []byte("{damaged"), 0o666); err != nil {
		t.Fatal(err)
	}
	if v := run(); v != OK {
		t.Errorf("with a damaged cache: %s", v)
	}
	now = now.Add(2 * keepFor)
	cache, err := OpenCache(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := cache.Save(now); err != nil || len(cache.results) > 0 {
		t.Errorf("old results are kept: %v, %v", err, cache.results)
	}
}

func TestLocalHostsAreLeftAlone(t *testing.T) {
	s, count := server(t)
	list := linksTo(s.URL, "/ok")
	list[0].Local = true
	if err := (&Checker{}).Check(context.Background(), list); err != nil {
		t.Fatal(err)
	}
	if list[0].Result.Verdict != Unknown || count("HEAD /ok") > 0 {
		t.Errorf("%+v after %d questions", list[0].Result, count("HEAD /ok"))
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	s, _ := server(t)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := (&Checker{AskLocal: true, Pause: time.Hour}).Check(ctx, linksTo(s.URL, "/slow", "/ok", "/ok"))
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 3*time.Second {
		t.Errorf("%v after %s", err, time.Since(start))
	}
}
