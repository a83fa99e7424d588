package links

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// archiveHost keeps copies of the web.
const archiveHost = "web.archive.org"

// ArchiveURL returns the address in the web's archive of the copy of address that is nearest to a day. It is derived, not
// looked up: whether there is a copy is not known. It returns nothing for what is no public web address, is a copy
// already, or has no day.
func ArchiveURL(address string, day tree.Date) string {
	u, err := url.Parse(address)
	if err != nil || day.IsZero() || u.Scheme != "http" && u.Scheme != "https" || isLocal(u.Hostname()) || isArchive(u.Hostname()) {
		return ""
	}
	return fmt.Sprintf("https://%s/web/%04d%02d%02d/%s", archiveHost, day.Year, int(day.Month), day.Day, address)
}

func isArchive(host string) bool {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	return host == archiveHost || host == "archive.org" || strings.HasPrefix(host, "archive.") || host == "perma.cc"
}

// AddArchived puts behind every link in the header of a talk a second one, to the copy in the web's archive from the day
// of the talk, and behind the site of an event a fact with its copy. A talk whose notes name a copy gets none derived.
// It changes the book in place, before it is rendered, and returns the number of links added.
func AddArchived(b *tree.Book) (added int) {
	for _, e := range b.Events {
		if a := ArchiveURL(e.Site, e.Start); a != "" {
			e.Facts = append([]tree.Fact{{
				Label: "Site, archived", Key: "site-archived", Value: tree.Inlines{&tree.Link{URL: a, Auto: true, Text: tree.Inlines{&tree.Text{Text: a}}}},
			}}, e.Facts...)
			added++
		}
	}
	for t, at := range b.AllTalks() {
		day := t.Date
		if day.IsZero() {
			day = at.Event.Start
		}
		var links []tree.LabelledLink
		for _, l := range t.Links {
			links = append(links, l)
			if a := ArchiveURL(l.URL, day); a != "" && !hasArchived(t) {
				links = append(links, tree.LabelledLink{Label: l.Label + ", archived", URL: a})
				added++
			}
		}
		t.Links = links
	}
	return added
}

// hasArchived reports whether the notes themselves name a copy.
func hasArchived(t *tree.Talk) bool {
	for _, l := range t.Links {
		if u, err := url.Parse(l.URL); err == nil && isArchive(u.Hostname()) {
			return true
		}
	}
	return false
}
