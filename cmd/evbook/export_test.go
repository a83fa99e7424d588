package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// parseCalendar is a program in Python that reads a calendar strictly and prints what it has understood.
const parseCalendar = `
import sys, json, icalendar
data = sys.stdin.buffer.read()
cal = icalendar.Calendar.from_ical(data)
out = []
for e in cal.walk("VEVENT"):
    if e.errors:
        sys.exit("%s: %s" % (e.get("UID"), e.errors))
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        if name not in e:
            sys.exit("an entry has no " + name)
    out.append({"uid": str(e["UID"]), "start": e.decoded("DTSTART").isoformat(), "end": e.decoded("DTEND").isoformat() if "DTEND" in e else "",
        "summary": str(e["SUMMARY"]), "location": str(e.get("LOCATION", "")), "description": str(e.get("DESCRIPTION", ""))})
if cal.errors or str(cal["VERSION"]) != "2.0" or "PRODID" not in cal:
    sys.exit("the calendar: %s" % cal.errors)
json.dump(out, sys.stdout)
`

// needPython returns a Python that has the package icalendar.
func needPython(t *testing.T) string {
	t.Helper()
	for _, path := range []string{filepath.Join("..", "..", ".tools", "icalendar", "bin", "python"), "python3"} {
		if exec.Command(path, "-c", "import icalendar").Run() == nil {
			return path
		}
	}
	if os.Getenv("EVBOOK_CONFORMANCE") == "required" {
		t.Fatal("Python's icalendar is not installed, and EVBOOK_CONFORMANCE=required: run make tools")
	}
	t.Skip("Python's icalendar is not installed: run make tools")
	return ""
}

type calendarEntry struct{ UID, Start, End, Summary, Location, Description string }

func readCalendar(t *testing.T, python, notes string) []calendarEntry {
	t.Helper()
	var ics, stderr bytes.Buffer
	a := &app{stdout: &ics, stderr: &stderr, getenv: func(string) string { return "" }}
	if code := a.run(context.Background(), []string{"export", "--format", "ics", notes}); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, stderr.String())
	}
	cmd := exec.Command(python, "-c", parseCalendar)
	cmd.Stdin = &ics
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	var entries []calendarEntry
	if err := json.Unmarshal(out, &entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestAnotherProgramReadsTheCalendar(t *testing.T) {
	python := needPython(t)
	entries := readCalendar(t, python, "../../notes/events")
	bySummary := map[string]calendarEntry{}
	for _, e := range entries {
		bySummary[e.Summary] = e
	}
	if len(entries) < 42 || len(bySummary) != len(entries) {
		t.Errorf("%d entries, %d titles; want 4 events and 38 talks", len(entries), len(bySummary))
	}
	if e := bySummary["OSCon 2012"]; e.Start != "2012-07-17" || e.End != "2012-07-21" || e.Location != "Oregon Convention Center" {
		t.Errorf("OSCon: %+v", e)
	}

	notes := t.TempDir()
	for name, text := range map[string]string{
		"README.md": "---\ntitle: \"Fest; one, two\"\nstart: 2020-02-28\nend: 2020-03-01\ntimezone: Europe/Berlin\n---\n",
		"one.md":    "---\ntitle: A title, which is long; it goes on \\\\ and on, with äöü and 日本語 and then some more words\ndate: 2020-02-29\nstart: 09:30\nend: 10:15\n---\nWords.\n",
		"two.md":    "---\ntitle: All day\ndate: 2020-03-01\nspeakers: [Ann Lee]\n---\nWords.\n",
	} {
		if err := os.WriteFile(filepath.Join(notes, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	entries = readCalendar(t, python, notes)
	if len(entries) != 3 {
		t.Fatalf("%d entries, want 3: %+v", len(entries), entries)
	}
	for i, want := range []calendarEntry{
		{Start: "2020-02-28", End: "2020-03-02", Summary: "Fest; one, two"},
		{Start: "2020-02-29T08:30:00+00:00", End: "2020-02-29T09:15:00+00:00", Summary: "A title, which is long; it goes on \\ and on, with äöü and 日本語 and then some more words"},
		{Start: "2020-03-01", End: "2020-03-02", Summary: "All day", Description: "Ann Lee"},
	} {
		want.UID = entries[i].UID
		if entries[i] != want {
			t.Errorf("got  %+v\nwant %+v", entries[i], want)
		}
	}
}

// TestTheCalendarOfTwoTimeZonesIsRead: times of two zones, a title longer than a line, letters beyond ASCII, entries of all
// day; and no line of the file is longer than 75 bytes (RFC 5545 §3.1).
func TestTheCalendarOfTwoTimeZonesIsRead(t *testing.T) {
	const dir = "../../render/derive/testdata/regatta"
	var ics bytes.Buffer
	a := &app{stdout: &ics, stderr: io.Discard, getenv: func(string) string { return "" }}
	if code := a.run(context.Background(), []string{"export", "--format", "ics", dir}); code != exitOK {
		t.Fatalf("exit code %d", code)
	}
	for line := range bytes.Lines(ics.Bytes()) {
		if n := len(bytes.TrimSuffix(line, []byte("\r\n"))); n > 75 || n == len(line) {
			t.Errorf("a line of %d bytes, or one without CR and LF: %q", n, line)
		}
	}
	got := map[string]calendarEntry{}
	for _, e := range readCalendar(t, needPython(t), dir) {
		got[e.Summary] = e
	}
	for _, want := range []calendarEntry{
		{Summary: "Quay Gathering 2031", Start: "2031-05-12", End: "2031-05-15", Location: "Customs House, Lisboa"},
		{Summary: "Quay Gathering 2032", Start: "2032-05-10", End: "2032-05-12", Location: "Mäkelä Boat Hall, Turku"},
		{Summary: "Anchors, Names and Other Heavy Things", Start: "2031-05-12T08:30:00+00:00", End: "2031-05-12T09:15:00+00:00"},
		{Summary: "Eddies: A Round Table", Start: "2031-05-13T13:00:00+00:00", End: "2031-05-13T14:30:00+00:00"},
		{Summary: "Counting Buoys", Start: "2032-05-10T06:00:00+00:00", End: "2032-05-10T06:40:00+00:00"},
		{
			Summary: "Currents That Turn Twice a Day and Are Therefore Never Where the Timetable of the Harbour Master Says",
			Start:   "2032-05-10T06:45:00+00:00", End: "2032-05-10T07:30:00+00:00",
		},
		{Summary: "Council of 1 September 2031", Start: "2031-09-01", End: "2031-09-02"},
	} {
		e := got[want.Summary]
		if e.Start != want.Start || e.End != want.End || want.Location != "" && e.Location != want.Location {
			t.Errorf("got  %+v\nwant %+v", e, want)
		}
	}
	if e := got["Drift"]; !strings.Contains(e.Description, "例田 試") {
		t.Errorf("speakers of Drift: %+v", e)
	}
}
