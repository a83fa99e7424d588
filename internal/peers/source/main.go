// Source writes a book as a source for Typst, from the tree that evbook prints:
//
//	evbook --format json -o - NOTES | go run ./internal/peers/source [-plain] >book.typ
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/evbook/evbook/internal/peers/typst"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/tree"
)

func main() {
	plain := flag.Bool("plain", false, "without cover, figures, appendices and addresses at the foot of pages")
	layout := flag.String("layout", "a4", "page design")
	flag.Parse()
	if err := run(*plain, *layout); err != nil {
		fmt.Fprintln(os.Stderr, "source:", err)
		os.Exit(1)
	}
}

func run(plain bool, name string) error {
	layout, err := layouts.Load(name)
	if err != nil {
		return err
	}
	book, err := tree.Decode(os.Stdin)
	if err != nil {
		return err
	}
	_, err = os.Stdout.WriteString(typst.Source(book, typst.Options{Layout: layout, Plain: plain, Generator: "evbook"}))
	return err
}
