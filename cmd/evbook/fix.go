package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/tree"
)

// The values of --fix.
const (
	fixApply = "apply" // show the changes and make them
	fixDiff  = "diff"  // only show them
)

// fixedFile is a file and what can be mended in it.
type fixedFile struct {
	name  string // relative to the notes folder
	data  []byte
	fixes []notes.LineFix
}

// fix shows as a unified diff what can be mended in the files of the book and, unless it is only to be shown, mends it. It
// reports whether the files have changed.
func (w *work) fix() (changed bool, err error) {
	apply := w.settings.fix == fixApply
	switch {
	case apply && w.source.bundled:
		return false, usageError(errors.New("the bundled notes cannot be changed"), "name a folder")
	case apply && w.source.file == stdinFile:
		return false, usageError(errors.New("standard input cannot be changed"), "--fix=diff shows what could be mended")
	}
	var files []fixedFile
	count := 0
	for _, name := range sourceFiles(w.book) {
		data, err := fs.ReadFile(w.source.fsys, name)
		if err != nil {
			continue // the loader has reported it
		}
		if fixes := notes.Fix(name, data); len(fixes) > 0 {
			files = append(files, fixedFile{name, data, fixes})
			count += len(fixes)
		}
	}
	out := bufio.NewWriter(w.app.stdout)
	for _, f := range files {
		writeDiff(out, w.source.prefix()+f.name, f.data, f.fixes)
	}
	if err := out.Flush(); err != nil {
		return false, err
	}
	if len(files) == 0 {
		return false, nil
	}
	if !apply {
		w.say("%s in %s can be mended; --fix does it", plural(count, "line"), plural(len(files), "file"))
		return false, nil
	}
	for _, f := range files {
		if err := f.write(w.source.dir); err != nil {
			return true, err
		}
	}
	w.say("mended %s in %s", plural(count, "line"), plural(len(files), "file"))
	return true, nil
}

// write replaces the file by its mended form, in one step. Where the notes have a symbolic link, the file behind it is
// written.
func (f fixedFile) write(dir string) error {
	path, err := filepath.EvalSymlinks(filepath.Join(dir, filepath.FromSlash(f.name)))
	if err != nil {
		return fmt.Errorf("mend %s: %w", f.name, err)
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != string(f.data) {
		return errors.Join(fmt.Errorf("mend %s: the file has changed meanwhile", path), err)
	}
	p, err := create(path)
	if err != nil {
		return err
	}
	defer p.discard()
	if _, err = p.Write(notes.ApplyFixes(f.data, f.fixes)); err == nil {
		err = p.finish()
	}
	if err == nil {
		_, err = p.commit()
	}
	return err
}

// sourceFiles lists the Markdown files that a book was made of.
func sourceFiles(b *tree.Book) []string {
	files := map[string]bool{}
	for n := range tree.All(b) {
		switch n := n.(type) {
		case *tree.Event, *tree.Section, *tree.Talk, *tree.Chapter:
			if file := n.Pos().File; file != "" {
				files[file] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(files))
}

// diffContext is the number of unchanged lines around changes.
const diffContext = 3

// writeDiff writes the changes of a file as a unified diff, as POSIX describes it and patch(1) reads it.
func writeDiff(w io.Writer, path string, data []byte, fixes []notes.LineFix) {
	lines := slices.Collect(strings.Lines(string(data)))
	fmt.Fprintf(w, "--- %s\n+++ %s\n", path, path)
	shift := 0 // lines removed by the hunks before
	for len(fixes) > 0 {
		n := 1
		for n < len(fixes) && fixes[n].Line-fixes[n-1].Line <= 2*diffContext {
			n++
		}
		hunk := fixes[:n]
		fixes = fixes[n:]
		from := max(0, hunk[0].Line-1-diffContext)
		to := min(len(lines), hunk[n-1].Line+diffContext)
		removed := 0
		for _, f := range hunk {
			if f.Removed {
				removed++
			}
		}
		start, kept := from+1-shift, to-from-removed
		if kept == 0 {
			start--
		}
		fmt.Fprintf(w, "@@ -%s +%s @@\n", hunkRange(from+1, to-from), hunkRange(start, kept))
		writeHunk(w, lines, from, to, hunk)
		shift += removed
	}
}

func hunkRange(start, n int) string {
	if n == 1 {
		return fmt.Sprint(start)
	}
	return fmt.Sprintf("%d,%d", start, n)
}

func writeHunk(w io.Writer, lines []string, from, to int, hunk []notes.LineFix) {
	for i := from; i < to; i++ {
		if len(hunk) == 0 || hunk[0].Line != i+1 {
			diffLine(w, " ", lines[i])
			continue
		}
		k := 1
		for k < len(hunk) && hunk[k].Line == i+1+k {
			k++
		}
		for _, f := range hunk[:k] {
			diffLine(w, "-", f.Old)
		}
		for _, f := range hunk[:k] {
			if !f.Removed {
				diffLine(w, "+", f.New)
			}
		}
		hunk = hunk[k:]
		i += k - 1
	}
}

func diffLine(w io.Writer, sign, line string) {
	io.WriteString(w, sign+line)
	if !strings.HasSuffix(line, "\n") {
		io.WriteString(w, "\n\\ No newline at end of file\n")
	}
}
