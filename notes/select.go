package notes

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// ErrNothingSelected says that no note meets the selection in [Options], or that no event has a name given there.
var ErrNothingSelected = errors.New("nothing selected")

// selects reports whether opt leaves anything out.
func (opt Options) selects() bool {
	return len(opt.Events) > 0 || len(opt.Tags) > 0 || !opt.Since.IsZero() || !opt.Until.IsZero()
}

// selection describes what opt selects; the same selection gives the same text.
func (opt Options) selection() string {
	var parts []string
	for _, e := range opt.Events {
		parts = append(parts, "event "+e)
	}
	if !opt.Since.IsZero() {
		parts = append(parts, "since "+opt.Since.String())
	}
	if !opt.Until.IsZero() {
		parts = append(parts, "until "+opt.Until.String())
	}
	for _, t := range opt.Tags {
		parts = append(parts, "tag "+t)
	}
	return strings.Join(parts, ", ")
}

// selectNotes takes out of the book what opt does not select. It runs before links are resolved, so that a link to a note
// that is left out is reported as such.
func (b *builder) selectNotes(opt Options) error {
	if !opt.selects() {
		return nil
	}
	events, err := chosenEvents(b.book.Events, opt.Events)
	if err != nil {
		return err
	}
	s := selector{opt: opt, gone: map[*string]string{}}
	for _, t := range opt.Tags {
		s.tags = append(s.tags, tree.Slug(t))
	}
	var kept []*tree.Event
	for _, e := range b.book.Events {
		why := "another event is selected"
		if slices.Contains(events, e) {
			why = s.event(e)
		} else {
			s.dropEvent(e, why)
		}
		if why == "" {
			kept = append(kept, e)
		}
	}
	if len(kept) == 0 {
		return fmt.Errorf("%w: no note meets %s", ErrNothingSelected, opt.selection())
	}
	b.book.Events = kept
	b.leaveOut(s.gone)
	b.newest = tree.Date{}
	for _, e := range kept {
		b.see(e.End)
	}
	for t := range b.book.AllTalks() {
		b.see(t.Date)
	}
	return nil
}

// leaveOut moves the entries of what was taken out to the end of the structure.
func (b *builder) leaveOut(gone map[*string]string) {
	entries := b.entries[:0]
	for _, e := range b.entries {
		why, out := gone[e.id]
		if !out {
			entries = append(entries, e)
			continue
		}
		e.Title, e.Kind, e.Reason, e.Depth = tree.PlainText(*e.title), KindSkipped, why, 0
		b.skipped = append(b.skipped, e.Entry)
		b.unselected[e.Path] = why
	}
	b.entries = entries
}

// chosenEvents returns the events that names name: by title, folder or the last name of the folder's path. Without names
// it returns all.
func chosenEvents(events []*tree.Event, names []string) ([]*tree.Event, error) {
	if len(names) == 0 {
		return events, nil
	}
	var out []*tree.Event
	for _, name := range names {
		found := false
		var known []string
		for _, e := range events {
			title := tree.PlainText(e.Title)
			known = append(known, title, path.Base(e.Path))
			if folds(name, title) || folds(name, path.Base(e.Path)) || strings.EqualFold(strings.Trim(name, "/"), e.Path) {
				out, found = append(out, e), true
			}
		}
		if found {
			continue
		}
		if near := diag.Nearest(name, known); near != "" {
			return nil, fmt.Errorf("%w: no event is called %q; did you mean %q?", ErrNothingSelected, name, near)
		}
		return nil, fmt.Errorf("%w: no event is called %q", ErrNothingSelected, name)
	}
	return out, nil
}

// folds reports whether two names are the same but for case, spacing and punctuation.
func folds(a, b string) bool { return tree.Slug(a) == tree.Slug(b) && tree.Slug(a) != "" }

// selector takes talks out of events.
type selector struct {
	opt  Options
	tags []string           // slugs
	gone map[*string]string // address of the id of what was taken out → why
}

// event takes the talks out of e that are not selected. It returns why nothing of e is left, if so.
func (s *selector) event(e *tree.Event) string {
	if len(s.tags) == 0 && s.opt.Since.IsZero() && s.opt.Until.IsZero() {
		return ""
	}
	e.Sections = s.sections(e, e.Sections)
	if len(e.Sections) > 0 {
		return ""
	}
	why := "no talk in it is selected"
	s.gone[&e.ID] = why
	return why
}

func (s *selector) sections(e *tree.Event, list []*tree.Section) []*tree.Section {
	var out []*tree.Section
	for _, sec := range list {
		sec.Talks = slices.DeleteFunc(sec.Talks, func(t *tree.Talk) bool {
			why := s.talk(e, t)
			if why != "" {
				s.gone[&t.ID] = why
			}
			return why != ""
		})
		sec.Sections = s.sections(e, sec.Sections)
		if len(sec.Talks) == 0 && len(sec.Sections) == 0 {
			s.gone[&sec.ID] = "no talk in it is selected"
			continue
		}
		out = append(out, sec)
	}
	return out
}

// talk returns why t is not selected, or nothing. A talk without a date has the days of its event; where these are unknown,
// too, no range of days selects it.
func (s *selector) talk(e *tree.Event, t *tree.Talk) string {
	if len(s.tags) > 0 && !slices.ContainsFunc(t.Tags, func(tag string) bool { return slices.Contains(s.tags, tree.Slug(tag)) }) {
		return "it has none of the selected tags"
	}
	if s.opt.Since.IsZero() && s.opt.Until.IsZero() {
		return ""
	}
	first, last := t.Date, t.Date
	if first.IsZero() {
		first, last = e.Start, e.End
	}
	switch {
	case first.IsZero():
		return "it has no date"
	case !s.opt.Since.IsZero() && last.Compare(s.opt.Since) < 0:
		return "it is older than " + s.opt.Since.String()
	case !s.opt.Until.IsZero() && first.Compare(s.opt.Until) > 0:
		return "it is newer than " + s.opt.Until.String()
	}
	return ""
}

// dropEvent notes that everything in e was taken out.
func (s *selector) dropEvent(e *tree.Event, why string) {
	s.gone[&e.ID] = why
	var drop func([]*tree.Section)
	drop = func(list []*tree.Section) {
		for _, sec := range list {
			s.gone[&sec.ID] = why
			for _, t := range sec.Talks {
				s.gone[&t.ID] = why
			}
			drop(sec.Sections)
		}
	}
	drop(e.Sections)
}
