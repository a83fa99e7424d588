package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// switchedOff is what a plain book has in its book.yaml; with --url-notes=off it is the notes, contents and running heads
// alone.
const switchedOff = "\ncover: none\nfigures: none\nappendix: none\n"

// standards are those that every PDF of evbook's meets.
const standards = "a-2a,ua-1"

// prepare builds the programs, writes the notes and the sources, and returns the contests. Their paths are relative to dir.
func prepare(dir string) ([]*contest, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := output("", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return nil, err
	}
	repository := strings.TrimSpace(root)
	for name, path := range map[string]string{"evbook": "./cmd/evbook", "source": "./internal/peers/source", "write": "./internal/bigbook/write"} {
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(dir, name), path)
		build.Dir, build.Env = repository, append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build %s: %w\n%s", path, err, out)
		}
	}
	if err := copyTree(filepath.Join(dir, "bundled"), filepath.Join(repository, "notes", "events")); err != nil {
		return nil, err
	}
	if _, err := output(dir, "./write", "large"); err != nil {
		return nil, err
	}
	typefaces := filepath.Join(repository, "fonts", "data")
	var list []*contest
	for _, book := range []string{"bundled", "large"} {
		plain := book + "-plain"
		if err := copyTree(filepath.Join(dir, plain), filepath.Join(dir, book)); err != nil {
			return nil, err
		}
		if err := appendTo(filepath.Join(dir, plain, "book.yaml"), switchedOff); err != nil {
			return nil, err
		}
		full, err := against(dir, book, nil, []string{"--pdf-standard", standards}, nil, typefaces)
		if err != nil {
			return nil, err
		}
		bare, err := against(dir, plain, []string{"-plain"}, nil, []string{"--url-notes=off"}, typefaces)
		if err != nil {
			return nil, err
		}
		list = append(list, full, bare)
		others, err := others(dir, book)
		if err != nil {
			return nil, err
		}
		list = append(list, others...)
	}
	slices.SortStableFunc(list, func(a, b *contest) int { return strings.Compare(a.name, b.name) })
	return list, nil
}

// against writes the source of a book for Typst and returns the contest.
func against(dir, book string, source, typst, evbook []string, typefaces string) (*contest, error) {
	tree, err := output(dir, "./evbook", "-q", "--format", "json", "-o", "-", book)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("./source", source...)
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, strings.NewReader(tree), os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, book+".typ"), text, 0o644); err != nil {
		return nil, err
	}
	made := [2]string{book + ".evbook.pdf", book + ".typst.pdf"}
	return &contest{
		name: "pdf: Typst", book: book, made: made,
		ours:   append([]string{"./evbook", "-q", "--format", "pdf", "-o", made[0], book}, evbook...),
		theirs: append([]string{"typst", "compile", "--ignore-system-fonts", "--font-path", typefaces, book + ".typ", made[1]}, typst...),
	}, nil
}

// others are the contests with programs that read the Markdown themselves: only the notes are alike, not what the programs
// add to them. pandoc reads the files in the order of the book, each with its own notes.
func others(dir, book string) ([]*contest, error) {
	var files []string
	err := filepath.WalkDir(filepath.Join(dir, book), func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			files = append(files, strings.TrimPrefix(path, dir+string(filepath.Separator)))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b string) int { return strings.Compare(rank(a), rank(b)) })
	pandoc := func(made string, options ...string) []string {
		return slices.Concat([]string{"pandoc", "-f", "markdown", "--file-scope", "--metadata", "title=" + book, "--metadata", "lang=en", "-o", made}, options, files)
	}
	page, text := book+".input.html", book+".input.adoc" // what programs read that do not read Markdown
	contests := []*contest{
		{name: "epub: pandoc", made: [2]string{1: book + ".pandoc.epub"}},
		{name: "html: pandoc", made: [2]string{1: book + ".pandoc.html"}},
		{name: "pdf: WeasyPrint, of pandoc’s HTML", made: [2]string{1: book + ".weasyprint.pdf"}},
		{name: "pdf: Asciidoctor PDF, of pandoc’s AsciiDoc", made: [2]string{1: book + ".asciidoctor.pdf"}},
		{name: "pdf: LuaLaTeX by pandoc", needs: "lualatex", made: [2]string{1: book + ".lualatex.pdf"}},
	}
	contests[0].theirs = pandoc(contests[0].made[1], "--toc")
	contests[1].theirs = pandoc(contests[1].made[1], "-s", "--toc")
	contests[2].theirs = []string{"weasyprint", "-q", page, contests[2].made[1]}
	contests[3].theirs = []string{"asciidoctor-pdf", "-q", "-a", "toc", "-a", "source-highlighter=rouge", "-o", contests[3].made[1], text}
	contests[2].first = pandoc(page, "-s", "--toc")
	contests[3].first = pandoc(text, "-s", "--toc")
	contests[4].theirs = pandoc(contests[4].made[1], "--toc", "--pdf-engine=lualatex")
	for _, c := range contests {
		format, _, _ := strings.Cut(c.name, ":")
		c.book, c.made[0] = book, book+".evbook."+format
		c.ours = []string{"./evbook", "-q", "--format", format, "-o", c.made[0], book}
	}
	return contests, nil
}

// rank puts the files of a folder behind its README.
func rank(path string) string { return strings.Replace(path, "README.md", " ", 1) }

func output(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	var problems bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &problems
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", name, err, &problems)
	}
	return string(out), nil
}

// copyTree copies the files of a folder. What is in the way goes.
func copyTree(to, from string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
