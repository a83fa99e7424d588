package pdf

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// file is a PDF file in the making: it numbers objects and writes the sections that hold them, with a cross-reference
// stream (§7.5.8).
type file struct {
	count    int // numbers given out
	sections []*section
	root     ref
	info     ref
	id       [16]byte       // first half of the file identifier
	crypt    *cryptor       // nil for a file that everybody may read
	shared   map[string]ref // values that several objects use, by how they are written
}

// reserve gives out the next object number. It is not safe for concurrent use: the numbers of objects that are written at
// the same time are reserved before.
func (f *file) reserve() ref {
	f.count++
	return ref(f.count)
}

// section begins the next section of the file.
func (f *file) section() *section {
	s := &section{file: f}
	f.sections = append(f.sections, s)
	return s
}

// stored is the length of a stream's data in the file.
func (f *file) stored(data []byte) int {
	if f.crypt != nil {
		return sealed(len(data))
	}
	return len(data)
}

// parallel calls f for 0 to n-1, in this order, on as many goroutines as there are processors, and stops at the first error or
// when ctx is done.
func parallel(ctx context.Context, n int, f func(i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		g.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := f(i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// xrefEntry is a row of the cross-reference stream (§7.5.8.3).
type xrefEntry struct {
	kind  byte // 0 free, 1 at an offset, 2 in an object stream
	where uint32
	index uint16
}

// writeTo writes the file. What was written decides the second half of the file identifier.
func (f *file) writeTo(w io.Writer) error {
	packs := 0
	for _, s := range f.sections {
		s.finish()
		packs += len(s.packs)
	}
	if f.crypt != nil {
		f.crypt.seal(f.id[:], f.sections)
	}
	xref := make([]xrefEntry, f.count+1, f.count+2+packs)
	xref[0] = xrefEntry{kind: 0, index: 0xFFFF}
	out := &counter{w: w, hash: sha256.New(), crypt: f.crypt}
	// The bytes above 127 in the comment tell programs that the file is binary (§7.5.2).
	out.write([]byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"))
	for _, s := range f.sections {
		for _, o := range s.streams {
			xref[o.ref] = xrefEntry{kind: 1, where: uint32(out.n)}
			out.object(o)
		}
		for _, p := range s.packs {
			num := ref(len(xref))
			for i, member := range p.members {
				xref[member] = xrefEntry{kind: 2, where: uint32(num), index: uint16(i)}
			}
			xref = append(xref, xrefEntry{kind: 1, where: uint32(out.n)})
			out.object(stream{num, appendValue(nil, dict{
				{"Type", name("ObjStm")}, {"N", len(p.members)}, {"First", p.first}, flate, {"Length", f.stored(p.data)},
			}), p.data})
		}
	}
	for i, e := range xref[1:] {
		if e.kind == 0 {
			return fmt.Errorf("pdf: object %d was reserved and never set", i+1)
		}
	}
	f.writeXref(out, xref)
	return out.err
}

func (f *file) writeXref(out *counter, xref []xrefEntry) {
	num, start := ref(len(xref)), out.n
	xref = append(xref, xrefEntry{kind: 1, where: uint32(start)})
	const columns = 7
	rows := make([]byte, 0, columns*len(xref))
	for _, e := range xref {
		rows = append(rows, e.kind)
		rows = binary.BigEndian.AppendUint32(rows, e.where)
		rows = binary.BigEndian.AppendUint16(rows, e.index)
	}
	data := deflate(predict(rows, columns)) // most rows differ from the one above in a number only
	d := dict{
		{"Type", name("XRef")}, {"DecodeParms", dict{{"Predictor", 12}, {"Columns", columns}}},
		{"Size", len(xref)}, {"W", array{1, 4, 2}}, {"Root", f.root}, {"Info", f.info},
		{"ID", array{octets(f.id[:]), octets(out.hash.Sum(nil)[:16])}}, flate, {"Length", len(data)},
	}
	if f.crypt != nil {
		d.add("Encrypt", f.crypt.dictionary())
	}
	out.crypt = nil // nobody could find anything if this were encrypted
	out.object(stream{num, appendValue(nil, d), data})
	out.write(fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", start))
}

// counter writes, counts and hashes; after an error it does nothing.
type counter struct {
	w    io.Writer
	n    int64
	hash interface {
		io.Writer
		Sum([]byte) []byte
	}
	err   error
	crypt *cryptor
}

func (c *counter) write(b []byte) {
	if c.err != nil {
		return
	}
	c.hash.Write(b) // hashes do not fail
	n, err := c.w.Write(b)
	c.n += int64(n)
	c.err = err
}

func (c *counter) object(s stream) {
	if c.crypt != nil {
		s.dict, s.data = c.crypt.strings(int(s.ref), s.dict), c.crypt.encrypt(int(s.ref), s.data)
	}
	b := fmt.Appendf(nil, "%d 0 obj\n", s.ref)
	b = append(b, s.dict...)
	b = append(b, "\nstream\n"...)
	c.write(b)
	c.write(s.data)
	c.write([]byte("\nendstream\nendobj\n"))
}
