package notes

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // the formats that covers may have
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"path"
	"strings"

	_ "golang.org/x/image/webp"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/resolve"
)

// What shops ask of covers: on the longer side at least so many pixels, better so many; so much higher than wide; not larger
// than so many bytes.
const (
	coverLeast    = 1000
	coverGood     = 1600
	coverFlattest = 1.2
	coverSlimmest = 1.9
	coverBytes    = 5 << 20
)

// checkCover brings the cover's path into its form, drops a cover that is no picture, and says what shops would object to.
func (b *builder) checkCover(fsys fs.FS) {
	m := &b.book.Meta
	m.Cover = path.Clean(strings.TrimPrefix(m.Cover, "/"))
	info, err := fs.Stat(fsys, m.Cover)
	if err != nil || info.IsDir() {
		b.report.Errorf(resolve.CodeImageMissing, b.config.coverPos, "the cover %s does not exist", m.Cover)
		m.Cover = ""
		return
	}
	data, err := fs.ReadFile(fsys, m.Cover)
	if err != nil {
		b.report.Errorf(CodeUnreadable, b.config.coverPos, "the cover %s cannot be read: %v", m.Cover, err)
		m.Cover = ""
		return
	}
	say := func(severity diag.Severity, code diag.Code, hint, format string, args ...any) {
		b.report(diag.Diagnostic{Severity: severity, Code: code, Pos: b.config.coverPos,
			Message: "the cover " + m.Cover + " " + fmt.Sprintf(format, args...), Hints: []string{hint}})
	}
	if bytes.Contains(data[:min(len(data), 4096)], []byte("<svg")) {
		say(diag.Warning, CodeCoverFormat, "give it as JPEG or PNG", "is a drawing in SVG, which many shops and devices do not show")
		return
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		say(diag.Error, CodeCoverFormat, "a cover is a JPEG or PNG file; the book has none now", "is no picture that can be read")
		m.Cover = ""
		return
	}
	if format != "jpeg" && format != "png" {
		say(diag.Info, CodeCoverFormat, "give it as JPEG or PNG to decide yourself how it looks", "is a %s file and is made a JPEG or PNG in the book", strings.ToUpper(format))
	}
	const wanted = "1600 × 2560 pixels suit all shops"
	side, ratio := max(config.Width, config.Height), float64(config.Height)/float64(max(config.Width, 1))
	switch {
	case side < coverLeast:
		say(diag.Warning, CodeCoverSize, wanted, "has %d × %d pixels: shops want at least %d on the longer side", config.Width, config.Height, coverLeast)
	case side < coverGood:
		say(diag.Info, CodeCoverSize, wanted, "has %d × %d pixels: shops recommend at least %d on the longer side", config.Width, config.Height, coverGood)
	}
	if ratio < coverFlattest || ratio > coverSlimmest {
		say(diag.Warning, CodeCoverSize, wanted, "is %.2f times as high as wide: shops show covers that are about 1.6 times as high as wide", ratio)
	}
	if len(data) > coverBytes {
		say(diag.Info, CodeCoverSize, "save it as a JPEG of lower quality", "has %.1f MB: some shops take 5 MB at most", float64(len(data))/(1<<20))
	}
}
