// Evbook turns a folder of Markdown notes into a book: an EPUB for e-readers and a typeset PDF for print.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"github.com/evbook/evbook/notes/fetch"
	"github.com/evbook/evbook/notes/links"
)

// The exit codes.
const (
	exitOK          = 0
	exitContent     = 1   // the notes have errors; they are printed, and the book is as complete as it can be
	exitUsage       = 2   // wrong flags or configuration
	exitStrict      = 3   // warnings under --strict
	exitEnvironment = 4   // reading or writing failed
	exitInterrupted = 130 // as shells report SIGINT
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv,
		terminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
	os.Exit(a.run(ctx, os.Args[1:]))
}

// app is a run of the program and what it may touch.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	terminal       bool // whether stderr is a terminal

	checker func() links.Checker // how the network is asked about links; nil: by default
	fetcher func() fetch.Fetcher // how it is asked for images; nil: by default
}

// verb is a command of the program.
type verb struct {
	name string
	args string // for the usage line
	doc  string // one line
	run  func(*app, context.Context, []string) error
}

// verbs lists the commands; building a book is what is done without one. It is filled in init, because the help command
// lists the verbs itself.
var verbs []verb

func init() {
	verbs = []verb{
		{"build", "[flags] [PATH]", "build the book (also without a command)", (*app).build},
		{"check", "[flags] [PATH]", "say everything that a build would say, and write nothing; or check an EPUB", (*app).check},
		{"tree", "[flags] [PATH]", "show the book's structure and why each file stands where it does", (*app).tree},
		{"export", "[flags] [PATH]", "write the facts of events and talks as a calendar, JSON, CSV or OPML", (*app).export},
		{"links", "[flags] [PATH]", "list the links that lead out of the book, and what is doubtful about them", (*app).links},
		{"init", "[DIR]", "begin a book: write a book.yaml to fill in", (*app).initBook},
		{"new", "event|talk [flags] TITLE", "write an event or a talk to fill in", (*app).newNote},
		{"explain", "[CODE ...]", "say what a code in a diagnostic means, and what to do; without one list all", (*app).explain},
		{"completion", "bash|zsh|fish|powershell", "print a script that makes a shell complete commands and flags", (*app).completion},
		{"schema", "", "print the JSON Schema of book.yaml, for editors", (*app).schema},
		{"man", "", "print the manual page", (*app).man},
		{"version", "", "print the version", (*app).version},
		{"help", "[COMMAND]", "explain a command", (*app).help},
	}
}

// run executes the command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	err := a.dispatch(ctx, args)
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		fmt.Fprintln(a.stderr, "evbook: interrupted; nothing was written")
		return exitInterrupted
	}
	if exit, ok := errors.AsType[*exitError](err); ok {
		if exit.err != nil {
			a.complain(exit.err)
		}
		for _, h := range exit.hints {
			fmt.Fprintf(a.stderr, "evbook: hint: %s\n", h)
		}
		return exit.code
	}
	a.complain(err)
	return exitEnvironment
}

func (a *app) complain(err error) { fmt.Fprintf(a.stderr, "evbook: error: %v\n", err) }

func (a *app) dispatch(ctx context.Context, args []string) error {
	if len(args) > 0 {
		if args[0] == completeVerb {
			return a.complete(ctx, args[1:])
		}
		for _, v := range verbs {
			if v.name == args[0] {
				return v.run(a, ctx, args[1:])
			}
		}
	}
	return a.build(ctx, args)
}

// exitError ends the program with a code. A nil err means that everything has been said already.
type exitError struct {
	code  int
	err   error
	hints []string
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usageError(err error, hints ...string) error { return &exitError{exitUsage, err, hints} }
