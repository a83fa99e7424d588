package tree

import (
	"fmt"
	"strings"
	"time"
)

// Date is a day in the proleptic Gregorian calendar, without a time zone. The zero Date is unknown.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a day in ISO 8601 form, such as 2012-07-20. A day that does not exist is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// Time returns midnight UTC of d.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Compare orders dates; an unknown date comes before all others.
func (d Date) Compare(e Date) int { return d.Time().Compare(e.Time()) }

// String gives d in ISO 8601 form, or nothing for an unknown date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes d in ISO 8601 form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date in ISO 8601 form; an empty text is the unknown date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Clock is a time of day in the form 15:04, at the place of the event. The empty Clock is unknown. Clocks compare as strings.
type Clock string

// ParseClock reads a time of day such as 9:30, 09:30, 14.30, 2pm or 2:30 PM.
func ParseClock(s string) (Clock, error) {
	t := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s), ".", ":"))
	for _, layout := range []string{"15:04", "3:04PM", "3:04 PM", "3PM", "3 PM", "15:04:05"} {
		if v, err := time.Parse(layout, t); err == nil {
			return Clock(v.Format("15:04")), nil
		}
	}
	return "", fmt.Errorf("%q is no time of day: want HH:MM", s)
}
