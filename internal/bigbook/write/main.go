// Write puts the book of package bigbook into a folder: go run ./internal/bigbook/write DIR
package main

import (
	"fmt"
	"os"

	"github.com/evbook/evbook/internal/bigbook"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: write DIR")
		os.Exit(2)
	}
	if err := bigbook.Write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "write:", err)
		os.Exit(1)
	}
}
