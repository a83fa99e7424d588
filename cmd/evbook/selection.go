package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/tree"
)

// selection turns the flags into what the loader is told.
func (w *work) selection() (notes.Options, error) {
	s := w.settings
	opt := notes.Options{Name: w.source.name(), Events: s.events, Tags: s.tags}
	var err error
	if opt.Since, err = dayFlag("since", s.since, false); err != nil {
		return opt, err
	}
	if opt.Until, err = dayFlag("until", s.until, true); err != nil {
		return opt, err
	}
	if !opt.Since.IsZero() && !opt.Until.IsZero() && opt.Until.Compare(opt.Since) < 0 {
		return opt, usageError(fmt.Errorf("--until %s is before --since %s", s.until, s.since))
	}
	if w.source.file != "" && (len(s.events) > 0 || len(s.tags) > 0 || s.since != "" || s.until != "" || s.split != "") {
		return opt, usageError(errors.New("one file leaves nothing to select: --event, --since, --until, --tag and --split want a folder"))
	}
	return opt, nil
}

// dayFlag reads a day, a month or a year; of the latter two the first day counts, or the last.
func dayFlag(flag, value string, last bool) (tree.Date, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return tree.Date{}, nil
	}
	for _, form := range []struct {
		layout        string
		years, months int // to the next one
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(form.layout, value)
		if err != nil {
			continue
		}
		if last && form.years+form.months > 0 {
			t = t.AddDate(form.years, form.months, -1)
		}
		return tree.DateOf(t), nil
	}
	return tree.Date{}, usageError(fmt.Errorf("--%s %s: want a day, a month or a year, such as 2012-07-20, 2012-07 or 2012", flag, value))
}
