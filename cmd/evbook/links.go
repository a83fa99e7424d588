package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/links"
)

// links is the verb "links": every address outside the book, with its places and what is doubtful about it.
func (a *app) links(ctx context.Context, args []string) error {
	s, err := a.parse("links", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "links")
	}
	w, err := a.load(ctx, s, nil)
	if err != nil {
		return err
	}
	list := links.Collect(w.book, w.findAddress)
	if s.online {
		if err := w.askNetwork(ctx, list); err != nil {
			return err
		}
		for _, l := range list {
			l.Report(w.diags.Report)
		}
	}
	out := bufio.NewWriter(a.stdout)
	if s.linksFormat == "json" {
		err = writeLinksJSON(out, list)
	} else {
		w.writeLinks(out, list)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return err
	}
	verdict := w.report()
	w.say("%s", linkSummary(list))
	return verdict
}

// findAddress looks for an address in a file of the notes: as it is, or as it may have been written there.
func (w *work) findAddress(file, address string) (diag.Pos, bool) {
	data := bytes.TrimPrefix(w.source.read(file), []byte("\uFEFF"))
	for _, form := range []string{address, strings.TrimPrefix(address, "http://")} {
		at := bytes.Index(data, []byte(form))
		if at < 0 {
			continue
		}
		line := bytes.Count(data[:at], []byte("\n"))
		start := bytes.LastIndexByte(data[:at], '\n') + 1
		return diag.Pos{File: file, Line: line + 1, Col: utf8.RuneCount(data[start:at]) + 1}, true
	}
	return diag.Pos{}, false
}

// askNetwork checks the links, with a cache in the user's folder for such.
func (w *work) askNetwork(ctx context.Context, list []*links.Link) error {
	c := links.Checker{}
	if w.app.checker != nil {
		c = w.app.checker()
	}
	c.Agent = generator() + " (+https://github.com/evbook/evbook)"
	if dir, err := os.UserCacheDir(); err == nil { // without such a folder everything is asked anew
		if c.Cache, err = links.OpenCache(filepath.Join(dir, "evbook", "links.json")); err != nil {
			return err
		}
	}
	stop := w.progress(fmt.Sprintf("asking about %s", plural(len(list), "address")))
	err := c.Check(ctx, list)
	stop()
	if c.Cache != nil {
		if saveErr := c.Cache.Save(time.Now()); saveErr != nil && err == nil {
			w.say("%v", saveErr) // the answers are here all the same
		}
	}
	return err
}

// writeLinks writes a line for each place of each link.
func (w *work) writeLinks(out io.Writer, list []*links.Link) {
	for _, l := range list {
		tail := ""
		if flags := l.Flags(); len(flags) > 0 {
			tail = "  [" + strings.Join(flags, ", ") + "]"
		}
		if r := l.Result; r != nil {
			tail += "  " + string(r.Verdict)
			if detail := r.Final + r.Reason; detail != "" {
				tail += ": " + detail
			}
		}
		for _, p := range l.Places {
			pos := p.Pos
			pos.File = w.source.prefix() + pos.File
			label := ""
			if p.Label != "" {
				label = "  " + p.Label
			}
			fmt.Fprintf(out, "%s: %s%s%s\n", pos, l.URL, label, tail)
		}
	}
}

func writeLinksJSON(out io.Writer, list []*links.Link) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, l := range list {
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// linkSummary counts the links and what is doubtful about them.
func linkSummary(list []*links.Link) string {
	places := 0
	hosts := map[string]bool{}
	flags := map[string]int{}
	for _, l := range list {
		places += len(l.Places)
		hosts[l.Host] = true
		for _, f := range l.Flags() {
			flags[f]++
		}
		if l.Result != nil {
			flags[string(l.Result.Verdict)]++
		}
	}
	var s strings.Builder
	s.WriteString(fmt.Sprintf("%s to %s on %s", plural(places, "link"), plural(len(list), "address"), plural(len(hosts), "host")))
	for _, f := range []string{"shortener", "http", "local", "duplicate", string(links.OK), string(links.Moved), string(links.Dead), string(links.Unknown)} {
		if flags[f] > 0 {
			s.WriteString(fmt.Sprintf(", %d %s", flags[f], f))
		}
	}
	return s.String()
}
