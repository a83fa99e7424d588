package main

import (
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub"
	"github.com/evbook/evbook/render/html"
	"github.com/evbook/evbook/render/jsontree"
	"github.com/evbook/evbook/render/pdf"
)

// formats is the list of output formats. A new format is a folder below render and a line here.
var formats = render.Registry{epub.Format(), pdf.Format(), html.Format(), jsontree.Format()}

// defaultFormats are built when nobody says otherwise.
var defaultFormats = []string{"epub", "pdf"}
