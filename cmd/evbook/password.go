package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/evbook/evbook/render"
)

// protect finds the password and refuses it where it would not do what it promises, or more than was asked for.
func (w *work) protect(list []render.Format) error {
	s := w.settings
	if s.passwordFile != "" {
		if s.password != "" {
			return usageError(errors.New("--password and --password-file exclude each other"))
		}
		data, err := os.ReadFile(s.passwordFile)
		if err != nil {
			return fmt.Errorf("read the password: %w", err)
		}
		s.password, _, _ = strings.Cut(string(data), "\n")
		if s.password = strings.TrimSuffix(s.password, "\r"); s.password == "" {
			return usageError(fmt.Errorf("--password-file %s: the first line is empty", s.passwordFile))
		}
	}
	switch {
	case s.password == "" && s.noArchival:
		return usageError(errors.New("--no-archival changes nothing without --password"))
	case s.password == "":
		return nil
	case !s.noArchival:
		return usageError(errors.New("a password would make the PDF break PDF/A-2a, which allows no encryption (ISO 19005-2 §6.1.3)"),
			"add --no-archival if the password matters more: the PDF stays accessible (PDF/UA-1) and no longer claims to be archivable")
	}
	for _, f := range list {
		if f.Name != "pdf" {
			return usageError(fmt.Errorf("a password protects PDF files only: the %s beside it would be open to everybody", f.Name), "add --format pdf")
		}
	}
	return nil
}
