package pdf

import (
	"cmp"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/render/typeset"
)

// producer is the name of the program that writes the files, as their metadata give it.
const producer = "evbook render/pdf"

// info makes the document information dictionary (§14.3.3). It says the same as the XMP packet.
func info(doc *typeset.Document) dict {
	d := dict{{"Title", text(title(doc))}}
	for _, e := range []struct {
		key   name
		value string
	}{
		{"Author", strings.Join(doc.Authors, "; ")}, {"Subject", doc.Subject},
		{"Keywords", strings.Join(doc.Keywords, ", ")}, {"Creator", doc.Creator}, {"Producer", producer},
	} {
		if e.value != "" {
			d.add(e.key, text(e.value))
		}
	}
	if !doc.Time.IsZero() {
		date := text(doc.Time.UTC().Format("D:20060102150405") + "Z")
		d.add("CreationDate", date)
		d.add("ModDate", date)
	}
	return d
}

// title is never empty: PDF/UA asks for one (ISO 14289-1 §7.1).
func title(doc *typeset.Document) string { return cmp.Or(doc.Title, "Untitled") }

// identifier hashes what stays the same from edition to edition of a document.
func identifier(doc *typeset.Document) (id [16]byte) {
	seed := doc.ID
	if seed == "" {
		seed = doc.Title + "\x00" + strings.Join(doc.Authors, "\x00")
	}
	sum := sha256.Sum256([]byte("evbook pdf\x00" + seed))
	copy(id[:], sum[:])
	return id
}

// extensionSchema describes the PDF/UA identification schema, which PDF/A-2 does not know (ISO 19005-2 §6.6.2.3).
const extensionSchema = `  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
`

// xmp makes the metadata packet (ISO 16684-1), with the claims to PDF/UA-1 and, unless the file is none, to PDF/A-2a.
func xmp(doc *typeset.Document, lang string, id [16]byte, archival bool) []byte {
	var b strings.Builder
	// The byte order mark in the header tells that the packet is UTF-8.
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n" +
		" <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"  <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"" +
		" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"" +
		" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n")
	simple := func(tag, value string) {
		if value != "" {
			fmt.Fprintf(&b, "   <%s>%s</%s>\n", tag, escapeXML(value), tag)
		}
	}
	list := func(tag, kind, attr string, values ...string) {
		if len(values) == 0 || len(values) == 1 && values[0] == "" {
			return
		}
		fmt.Fprintf(&b, "   <%s><rdf:%s>", tag, kind)
		for _, v := range values {
			fmt.Fprintf(&b, "<rdf:li%s>%s</rdf:li>", attr, escapeXML(v))
		}
		fmt.Fprintf(&b, "</rdf:%s></%s>\n", kind, tag)
	}
	simple("dc:format", "application/pdf")
	list("dc:title", "Alt", ` xml:lang="x-default"`, title(doc))
	list("dc:creator", "Seq", "", doc.Authors...)
	list("dc:description", "Alt", ` xml:lang="x-default"`, doc.Subject)
	list("dc:subject", "Bag", "", doc.Keywords...)
	list("dc:language", "Bag", "", lang)
	simple("pdf:Keywords", strings.Join(doc.Keywords, ", "))
	simple("pdf:Producer", producer)
	simple("xmp:CreatorTool", doc.Creator)
	if !doc.Time.IsZero() {
		date := doc.Time.UTC().Format(time.RFC3339)
		simple("xmp:CreateDate", date)
		simple("xmp:ModifyDate", date)
		simple("xmp:MetadataDate", date)
	}
	simple("xmpMM:DocumentID", fmt.Sprintf("uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]))
	schema := ""
	if archival {
		b.WriteString("   <pdfaid:part>2</pdfaid:part>\n   <pdfaid:conformance>A</pdfaid:conformance>\n")
		schema = extensionSchema
	}
	b.WriteString("   <pdfuaid:part>1</pdfuaid:part>\n")
	b.WriteString("  </rdf:Description>\n" + schema + " </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return []byte(b.String())
}

func escapeXML(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // writing to a Builder does not fail
	return b.String()
}

var languageTag = lazyregexp.New(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`)

// language returns a language tag that PDF/UA accepts (§14.9.2, RFC 5646); "und" for what is none.
func language(tag string) string {
	tag = strings.ReplaceAll(tag, "_", "-")
	if !languageTag.MatchString(tag) {
		return "und"
	}
	return tag
}
