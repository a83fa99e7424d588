package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// draft is what the flags of "new" say of an event or a talk.
type draft struct {
	dir, event                string
	date, start, end          string
	venue, site, track, title string
	speakers, tags            []string
}

// initBook is the verb "init": a folder in which a book can begin.
func (a *app) initBook(_ context.Context, args []string) error {
	s, err := a.parse("init", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "init")
	}
	dir := s.path
	if dir == "" {
		dir = "."
	}
	for _, name := range []string{"book.yaml", "book.yml"} {
		if exists(filepath.Join(dir, name)) {
			return usageError(fmt.Errorf("%s is a book already: it has a %s", dir, name), "evbook new adds events and talks")
		}
	}
	title := (&source{dir: dir}).name()
	if title == "" {
		title = "Event Notes"
	}
	title = strings.Join(strings.FieldsFunc(title, func(r rune) bool { return r == '-' || r == '_' }), " ")
	return a.writeNew(filepath.Join(dir, configName), strings.Join([]string{
		"# What the book says of itself. Everything is optional; the README of evbook lists all keys.",
		"title: " + yamlText(title),
		"language: en",
		"# subtitle: Three conferences, one notebook",
		"# authors:",
		"#   - Your Name",
		"# description: >-",
		"#   One or two sentences for the shelf.",
		"",
	}, "\n"))
}

// newNote is the verb "new": an event or a talk to be filled in.
func (a *app) newNote(ctx context.Context, args []string) error {
	s, err := a.parse("new", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "new")
	}
	if len(s.args) != 2 || s.args[0] != "event" && s.args[0] != "talk" {
		return usageError(errors.New("want event or talk, and its title"), `evbook new event "Fest 2020"`, `evbook new talk --event fest-2020 "A title"`)
	}
	d := s.draft
	d.title = strings.Join(strings.Fields(s.args[1]), " ")
	if asciiName(d.title) == "" && tree.Slug(d.title) == "" {
		return usageError(fmt.Errorf("%q is no title", s.args[1]))
	}
	if d.dir == "" {
		dir, ok, err := enclosingBook()
		if err != nil {
			return err
		}
		if d.dir = "."; ok {
			d.dir = dir
		}
	}
	for _, day := range []struct {
		flag  string
		value *string
	}{{"date", &d.date}, {"start", &d.start}, {"end", &d.end}} {
		if *day.value == "" {
			continue
		}
		date, err := tree.ParseDate(*day.value)
		if err != nil {
			return usageError(fmt.Errorf("--%s %s: want a day such as 2012-07-20", day.flag, *day.value))
		}
		*day.value = date.String()
	}
	if s.args[0] == "event" {
		return a.newEvent(d)
	}
	return a.newTalk(ctx, d)
}

// newEvent writes the opening page of an event in a folder of its own.
func (a *app) newEvent(d draft) error {
	if d.start == "" {
		d.start = d.date
	}
	if d.end == "" {
		d.end = d.start
	}
	if d.end < d.start {
		return usageError(fmt.Errorf("the event ends on %s, before it starts on %s", d.end, d.start))
	}
	front := []string{"title: " + yamlText(d.title)}
	front = appendField(front, "start", d.start, "2020-05-01")
	front = appendField(front, "end", d.end, "2020-05-02")
	front = appendField(front, "venue", d.venue, "Town Hall, Exampleville")
	front = appendField(front, "site", d.site, "https://example.org/")
	return a.writeNew(filepath.Join(d.dir, fileSlug(d.title), "README.md"), note(front, "What this event is, and why it was worth going there."))
}

// newTalk writes a talk into the folder of its event, beside the talks that are there.
func (a *app) newTalk(ctx context.Context, d draft) error {
	folder := d.dir
	if d.event != "" {
		event, err := findEvent(ctx, d.dir, d.event)
		if err != nil {
			return err
		}
		folder = filepath.Join(d.dir, filepath.FromSlash(event.Path))
		if d.date == "" && event.Start == event.End {
			d.date = event.Start.String()
		}
		if !hasTalks(folder) {
			folder = filepath.Join(folder, "talks")
		}
	}
	front := []string{"title: " + yamlText(d.title)}
	front = appendField(front, "date", d.date, "2020-05-01")
	if len(d.speakers) > 0 {
		front = append(front, "speakers: "+yamlList(d.speakers))
	} else {
		front = append(front, "# speakers: [Ann Example]")
	}
	if d.track != "" {
		front = append(front, "track: "+yamlText(d.track))
	}
	front = append(front, "# slides: https://example.org/slides.pdf")
	if len(d.tags) > 0 {
		front = append(front, "tags: "+yamlList(d.tags))
	}
	return a.writeNew(filepath.Join(folder, fileSlug(d.title)+".md"), note(front, "- What was said"))
}

// findEvent finds an event by its title or folder, as --event does; its folder may be empty still.
func findEvent(ctx context.Context, dir, name string) (*tree.Event, error) {
	src, err := (&app{}).findSource(dir)
	if err != nil {
		return nil, err
	}
	b, err := notes.Load(ctx, src.fsys, notes.Options{Events: []string{name}, Drafts: true}, func(diag.Diagnostic) {})
	if errors.Is(err, notes.ErrNothingSelected) {
		return nil, usageError(err, "evbook tree shows the events", "evbook new event makes one")
	}
	if err != nil {
		return nil, err
	}
	return b.Events[0], nil
}

// hasTalks reports whether talks lie in the folder itself, so that another one goes there and not into talks/.
func hasTalks(folder string) bool {
	if info, err := os.Stat(filepath.Join(folder, "talks")); err == nil && info.IsDir() {
		return false
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		return false
	}
	for _, f := range files {
		switch strings.ToLower(filepath.Base(f)) {
		case "readme.md", "index.md", "_index.md", "summary.md":
		default:
			return true
		}
	}
	return false
}

// note puts front matter and a first line of text together.
func note(front []string, text string) string {
	return "---\n" + strings.Join(front, "\n") + "\n---\n\n" + text + "\n"
}

// appendField adds a line to front matter: the value, or a comment with an example.
func appendField(front []string, key, value, example string) []string {
	if value == "" {
		return append(front, "# "+key+": "+example)
	}
	return append(front, key+": "+yamlText(value))
}

var (
	plainYAML = lazyregexp.New(`^[\pL\pN][\pL\pN\pM .,/()_+&’'-]*$|^https?://[^\s#"']+$`)
	numeric   = lazyregexp.New(`^[0-9][0-9._+eEx-]*$`)
	isoDay    = lazyregexp.New(`^\d{4}-\d\d-\d\d$`)
)

// yamlText writes a text as a YAML scalar, in quotes if it might mean something else without.
func yamlText(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return `"` + s + `"`
	}
	if isoDay.MatchString(s) || plainYAML.MatchString(s) && !numeric.MatchString(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// yamlList writes texts as a YAML list on one line.
func yamlList(items []string) string {
	var out []string
	for _, s := range items {
		if s = yamlText(s); strings.Contains(s, ",") && s[0] != '"' {
			s = `"` + s + `"`
		}
		out = append(out, s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// fileSlug makes a file name of a title; one without ASCII letters keeps its own.
func fileSlug(title string) string {
	if name := asciiName(title); name != "" {
		return name
	}
	return tree.Slug(title)
}

// writeNew writes a file that must not be there yet, and says so.
func (a *app) writeNew(path, text string) error {
	folders, err := makeFolders([]string{path})
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666); err == nil {
			_, err = f.WriteString(text)
			err = errors.Join(err, f.Close())
		}
	}
	if errors.Is(err, fs.ErrExist) {
		removeEmpty(folders)
		return usageError(fmt.Errorf("%s is there already", path))
	}
	if err != nil {
		removeEmpty(folders)
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = fmt.Fprintln(a.stdout, filepath.ToSlash(path))
	return err
}
