// Package pdf writes typeset documents as PDF files. It draws maroto pages through a provider of its own, which stock
// components and the typesetter's components (see [typeset.Canvas]) paint on, and writes the file itself: PDF 1.7 with
// embedded TrueType subsets, a structure tree, outline, page labels and metadata, meant to be PDF/UA-1 and PDF/A-2a at
// once.
//
// A file is made in steps. Each page is recorded by itself, pages in parallel (record.go). The records are gone through
// in page order to build the structure tree and to collect glyphs and images (structure.go, font.go, image.go). Then every
// object that others refer to gets its number, and fonts, images, pages with their contents, structure elements, and the
// lists that lead to them are written and deflated in parallel, each part into its own section of the file (write.go,
// content.go, structwrite.go, outline.go, section.go). The sections follow each other in a fixed order (file.go).
//
// Section numbers in comments are those of ISO 32000-1:2008 unless another standard is named.
package pdf
