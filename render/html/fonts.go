package html

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
)

// faces are what a page is set in, if it is to have its own typefaces. Those of other scripts are the reader's.
var faces = []struct {
	family, title string // the embedded family has a name of its own: its files are changed, and names are reserved by licences
	weight        int
	italic        bool
}{
	{fonts.Serif, "Book Serif", fonts.Regular, false},
	{fonts.Serif, "Book Serif", fonts.Regular, true},
	{fonts.Serif, "Book Serif", fonts.Bold, false},
	{fonts.Sans, "Book Sans", fonts.Regular, false},
	{fonts.Sans, "Book Sans", fonts.SemiBold, false},
	{fonts.Mono, "Book Code", fonts.Regular, false},
	{fonts.Mono, "Book Code", fonts.Regular, true},
	{fonts.Mono, "Book Code", fonts.Bold, false},
}

// fontSheet returns the rules that give a page its typefaces, with the characters that occur in text and no others.
func fontSheet(text string) (string, error) {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	var chars []rune
	for r := range seen {
		chars = append(chars, r)
	}
	slices.Sort(chars)
	rules := make([]string, len(faces))
	var group errgroup.Group
	for i, f := range faces {
		group.Go(func() (err error) {
			face := fonts.Bundled().Face(f.family, f.weight, f.italic)
			if face == nil || face.Weight != f.weight {
				return nil // an italic that there is none of
			}
			want := sfnt.Reduction{Chars: chars, Family: f.title, Style: "Regular", Shaping: f.family != fonts.Mono}
			style := "normal"
			switch {
			case f.italic:
				want.Style, style = "Italic", "italic"
			case f.weight > fonts.Regular:
				want.Style = "Bold"
			}
			data, err := reduced(face, want)
			if err != nil {
				return fmt.Errorf("font %s: %w", face, err)
			}
			rules[i] = fmt.Sprintf("@font-face { font-family: \"%s\"; font-weight: %d; font-style: %s; src: url(data:font/woff;base64,%s) format(\"woff\"); }\n",
				f.title, f.weight, style, base64.StdEncoding.EncodeToString(data))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return "", err
	}
	return "/* Typefaces with the characters of this book only, under the SIL Open Font License 1.1 (https://openfontlicense.org):\n" +
		"   each names its authors. */\n" + strings.Join(rules, "") +
		":root { --serif: \"Book Serif\", serif; --sans: \"Book Sans\", sans-serif; --mono: \"Book Code\", monospace; --measure: 33rem; }\n", nil
}

// reduced returns a font for the web with what is wanted of a face.
func reduced(face *fonts.Face, want sfnt.Reduction) ([]byte, error) {
	font, err := sfnt.Parse(face.Data())
	if err != nil {
		return nil, err
	}
	data, err := font.Reduce(want)
	if err != nil {
		return nil, err
	}
	return sfnt.WOFF(data)
}
