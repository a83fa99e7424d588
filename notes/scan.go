package notes

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"

	"github.com/evbook/evbook/notes/diag"
)

// maxFolders bounds how deep folders are searched, against loops that a file system may hold.
const maxFolders = 24

// folder is a folder with the notes in it. Folders without any note below them are not kept.
type folder struct {
	path    string // slash-separated, "." for the root
	opening *page  // README, index or _index
	pages   []*page
	folders []*folder

	files []string // paths of the Markdown files, the opening page included
}

// scanner finds the notes below a folder.
type scanner struct {
	fsys    fs.FS
	ignore  []*regexp.Regexp
	why     []string // the pattern behind each of ignore
	report  diag.Reporter
	skipped []Entry // what was left out, and why
}

// ignoreFile lists patterns of what is left out, one a line.
const ignoreFile = ".evbookignore"

func newScanner(fsys fs.FS, patterns []string, report diag.Reporter) *scanner {
	s := &scanner{fsys: fsys, report: report}
	for _, p := range patterns {
		s.addPattern(p, "book.yaml ignores "+p)
	}
	if data, err := fs.ReadFile(fsys, ignoreFile); err == nil {
		lines := bufio.NewScanner(bytes.NewReader(data))
		for lines.Scan() {
			if p := strings.TrimSpace(lines.Text()); p != "" && !strings.HasPrefix(p, "#") {
				s.addPattern(p, ignoreFile+" names "+p)
			}
		}
	}
	return s
}

func (s *scanner) addPattern(pattern, why string) {
	s.ignore = append(s.ignore, compilePattern(pattern))
	s.why = append(s.why, why)
}

// exactPattern is compilePattern for a pattern that must match a whole path from the root.
func exactPattern(pattern string) *regexp.Regexp {
	s := compilePattern("/" + strings.TrimPrefix(pattern, "/")).String()
	return regexp.MustCompile(strings.TrimSuffix(s, "(?:/|$)") + "$")
}

// compilePattern turns a pattern in the manner of .gitignore into an expression over paths: * and ? stay within a name,
// ** crosses folders, a pattern without a slash matches at any depth, and what is below a match matches, too.
func compilePattern(pattern string) *regexp.Regexp {
	pattern = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(pattern), "/"), "./")
	var b strings.Builder
	if strings.Contains(pattern, "/") {
		b.WriteString("^")
		pattern = strings.TrimPrefix(pattern, "/")
	} else {
		b.WriteString("(?:^|/)")
	}
	for i := 0; i < len(pattern); i++ {
		switch {
		case strings.HasPrefix(pattern[i:], "**/"):
			b.WriteString("(?:.*/)?")
			i += 2
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(".*")
			i++
		case pattern[i] == '*':
			b.WriteString("[^/]*")
		case pattern[i] == '?':
			b.WriteString("[^/]")
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	b.WriteString("(?:/|$)")
	re, err := regexp.Compile(b.String())
	if err != nil { // bytes that are no text match nothing
		return regexp.MustCompile(`^\b$`)
	}
	return re
}

// skip reports why the file or folder at p is left out; an empty answer keeps it.
func (s *scanner) skip(p string) string {
	base := path.Base(p)
	switch {
	case strings.HasPrefix(base, "."):
		return "hidden"
	case base == "node_modules" || base == "vendor" || base == "__pycache__":
		return "holds no notes by its name"
	}
	for i, re := range s.ignore {
		if re.MatchString(p) {
			return s.why[i]
		}
	}
	return ""
}

// scan returns the folder at dir with everything below it, or nil when there are no notes. Files are listed by name only.
func (s *scanner) scan(ctx context.Context, dir string, depth int) (*folder, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	list, err := fs.ReadDir(s.fsys, dir)
	if err != nil {
		if dir == "." {
			return nil, fmt.Errorf("read the notes folder: %w", err)
		}
		s.report.Errorf(CodeUnreadable, diag.Pos{File: dir}, "the folder cannot be read: %v", err)
		return nil, nil
	}
	f := &folder{path: dir}
	for _, e := range list {
		p := path.Join(dir, e.Name())
		isDir := e.IsDir()
		if e.Type()&fs.ModeSymlink != 0 {
			info, err := fs.Stat(s.fsys, p)
			if err != nil {
				if isMarkdown(p) {
					s.report.Errorf(CodeUnreadable, diag.Pos{File: p}, "the file cannot be read: %v", err)
				}
				continue
			}
			if info.IsDir() {
				s.report.Infof(CodeLink, diag.Pos{File: p}, "a link to a folder is not followed")
				s.skipped = append(s.skipped, Entry{Path: p, Kind: KindSkipped, Reason: "a link to a folder"})
				continue
			}
		}
		if !isDir && !isMarkdown(p) {
			continue
		}
		if why := s.skip(p); why != "" {
			if why != "hidden" {
				s.skipped = append(s.skipped, Entry{Path: p, Kind: KindSkipped, Reason: why})
			}
			continue
		}
		if !isDir {
			f.files = append(f.files, p)
			continue
		}
		if depth >= maxFolders {
			s.report.Warnf(CodeUnreadable, diag.Pos{File: p}, "folders more than %d deep are not searched", maxFolders)
			continue
		}
		sub, err := s.scan(ctx, p, depth+1)
		if err != nil {
			return nil, err
		}
		if sub != nil {
			f.folders = append(f.folders, sub)
		}
	}
	if len(f.files) == 0 && len(f.folders) == 0 {
		return nil, nil
	}
	return f, nil
}

// allFiles lists the Markdown files of the folder and below, in the order of paths.
func (f *folder) allFiles() []string {
	out := append([]string(nil), f.files...)
	for _, sub := range f.folders {
		out = append(out, sub.allFiles()...)
	}
	sort.Strings(out)
	return out
}

// attach gives the pages to their folders and picks the opening page: README before index before _index.
func (f *folder) attach(pages map[string]*page) {
	rank := func(p *page) int {
		return strings.Index("readme index _index", strings.ToLower(strings.TrimSuffix(path.Base(p.path), path.Ext(p.path))))
	}
	for _, name := range f.files {
		p := pages[name]
		if p == nil {
			continue
		}
		if isOpening(name) && (f.opening == nil || rank(p) < rank(f.opening)) {
			if f.opening != nil {
				f.pages = append(f.pages, f.opening)
			}
			f.opening = p
			continue
		}
		f.pages = append(f.pages, p)
	}
	for _, sub := range f.folders {
		sub.attach(pages)
	}
}

// prune takes drafts out of the folder and drops folders that are left empty. A folder whose opening page is a draft is a
// draft as a whole. It reports whether anything is left.
func (f *folder) prune(leftOut func(p *page, why string)) bool {
	if f.opening != nil && f.opening.draft && f.path != "." {
		f.each(func(p *page) { leftOut(p, "its folder is a draft") })
		return false
	}
	if f.opening != nil && f.opening.draft {
		leftOut(f.opening, "a draft")
		f.opening = nil
	}
	kept := f.pages[:0]
	for _, p := range f.pages {
		if p.draft {
			leftOut(p, "a draft")
			continue
		}
		kept = append(kept, p)
	}
	f.pages = kept
	folders := f.folders[:0]
	for _, sub := range f.folders {
		if sub.prune(leftOut) {
			folders = append(folders, sub)
		}
	}
	f.folders = folders
	return f.opening != nil || len(f.pages) > 0 || len(f.folders) > 0
}

// each calls do for every page of the folder and below.
func (f *folder) each(do func(*page)) {
	if f.opening != nil {
		do(f.opening)
	}
	for _, p := range f.pages {
		do(p)
	}
	for _, sub := range f.folders {
		sub.each(do)
	}
}
