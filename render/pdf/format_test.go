package pdf_test

import (
	"testing"

	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/pdf/pdftest"
	"github.com/evbook/evbook/render/rendertest"
)

func TestFormat(t *testing.T) {
	rendertest.Run(t, pdf.Format(), rendertest.Options{
		Text: func(data []byte) (string, error) {
			f, err := pdftest.Read(data)
			if err != nil {
				return "", err
			}
			return f.Tags.Text(), nil
		},
		Lost: map[string]string{
			"rawblock": "text for another format", "rawinline": "text for another format",
		},
	})
}
