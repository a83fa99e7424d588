package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zlib"
	"golang.org/x/sync/errgroup"
)

// file collects the objects of a PDF file and writes them with object streams and a cross-reference stream (§7.5.7,
// §7.5.8). Objects are numbered in the order in which they are reserved.
type file struct {
	objects []object // objects[i] has number i+1
	root    ref
	info    ref
	id      [16]byte // first half of the file identifier
	crypt   *cryptor // nil for a file that everybody may read
}

type object struct {
	body   []byte // value, or dictionary of a stream
	data   []byte // of a stream
	stream bool
}

// reserve gives out the next object number.
func (f *file) reserve() ref {
	f.objects = append(f.objects, object{})
	return ref(len(f.objects))
}

// set gives a reserved object its value.
func (f *file) set(r ref, value any) { f.objects[r-1].body = appendValue(nil, value) }

// add makes a new object.
func (f *file) add(value any) ref {
	r := f.reserve()
	f.set(r, value)
	return r
}

// setStream makes a reserved object a stream; d gets the length. The data is written as it is: a caller who deflated it
// says so in d.
func (f *file) setStream(r ref, d dict, data []byte) {
	d.add("Length", f.stored(data))
	f.objects[r-1] = object{body: appendValue(nil, d), data: data, stream: true}
}

// stored is the length of a stream's data in the file.
func (f *file) stored(data []byte) int {
	if f.crypt != nil {
		return sealed(len(data))
	}
	return len(data)
}

// addStream makes a new stream object.
func (f *file) addStream(d dict, data []byte) ref {
	r := f.reserve()
	f.setStream(r, d, data)
	return r
}

// flate is the entry of a stream dictionary whose data went through [deflate].
var flate = member{"Filter", name("FlateDecode")}

var deflaters = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, 3) // three quarters of the default's time, a twelfth more bytes
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// deflate compresses data for the FlateDecode filter.
func deflate(data []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(data)/3 + 64)
	w := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	w.Write(data) // writing to memory does not fail
	w.Close()
	return out.Bytes()
}

// parallel calls f for 0 to n-1 on as many goroutines as there are processors, and stops at the first error or when ctx
// is done.
func parallel(ctx context.Context, n int, f func(i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	workers := min(n, runtime.GOMAXPROCS(0))
	next := make(chan int)
	g.Go(func() error {
		defer close(next)
		for i := range n {
			select {
			case next <- i:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		g.Go(func() error {
			for i := range next {
				if err := f(i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// perObjectStream is how many objects share an object stream: enough to compress well, few enough to be read quickly.
const perObjectStream = 128

// xrefEntry is a row of the cross-reference stream (§7.5.8.3).
type xrefEntry struct {
	kind  byte // 0 free, 1 at an offset, 2 in an object stream
	where uint32
	index uint16
}

// writeTo writes the file. What was written decides the second half of the file identifier.
func (f *file) writeTo(ctx context.Context, w io.Writer) error {
	packed, err := f.pack(ctx)
	if err != nil {
		return err
	}
	if f.crypt != nil {
		f.crypt.seal(f.id[:], f.objects)
	}
	xref := make([]xrefEntry, len(f.objects)+1, len(f.objects)+2+len(packed))
	xref[0] = xrefEntry{kind: 0, index: 0xFFFF}
	out := &counter{w: w, hash: sha256.New(), crypt: f.crypt}
	// The bytes above 127 in the comment tell programs that the file is binary (§7.5.2).
	out.write([]byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"))
	for i, o := range f.objects {
		if o.stream {
			xref[i+1] = xrefEntry{kind: 1, where: uint32(out.n)}
			out.object(i+1, o)
		}
	}
	for _, p := range packed {
		num := len(xref)
		for i, member := range p.members {
			xref[member] = xrefEntry{kind: 2, where: uint32(num), index: uint16(i)}
		}
		xref = append(xref, xrefEntry{kind: 1, where: uint32(out.n)})
		out.object(num, p.object)
	}
	f.writeXref(out, xref)
	return out.err
}

func (f *file) writeXref(out *counter, xref []xrefEntry) {
	num, start := len(xref), out.n
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
		{"Type", name("XRef")}, {"DecodeParms", dict{{"Predictor", 12}, {"Columns", columns}}}, {"Size", len(xref)}, {"W", array{1, 4, 2}}, {"Root", f.root}, {"Info", f.info},
		{"ID", array{octets(f.id[:]), octets(out.hash.Sum(nil)[:16])}}, flate, {"Length", len(data)},
	}
	if f.crypt != nil {
		d.add("Encrypt", f.crypt.dictionary())
	}
	out.crypt = nil // nobody could find anything if this were encrypted
	out.object(num, object{body: appendValue(nil, d), data: data, stream: true})
	out.write(fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", start))
}

// bundle is an object stream and the numbers of the objects that it holds.
type bundle struct {
	object  object
	members []int
}

// pack puts all objects that are not streams into object streams.
func (f *file) pack(ctx context.Context) ([]bundle, error) {
	var bundles []bundle
	for i, o := range f.objects {
		if o.stream {
			continue
		}
		if o.body == nil {
			return nil, fmt.Errorf("pdf: object %d was reserved and never set", i+1)
		}
		if n := len(bundles); n == 0 || len(bundles[n-1].members) == perObjectStream {
			bundles = append(bundles, bundle{})
		}
		last := &bundles[len(bundles)-1]
		last.members = append(last.members, i+1)
	}
	err := parallel(ctx, len(bundles), func(i int) error {
		b := &bundles[i]
		var head, body []byte
		for _, num := range b.members {
			head = fmt.Appendf(head, "%d %d ", num, len(body))
			body = append(append(body, f.objects[num-1].body...), '\n')
		}
		data := deflate(append(head, body...))
		b.object = object{data: data, stream: true, body: appendValue(nil, dict{
			{"Type", name("ObjStm")}, {"N", len(b.members)}, {"First", len(head)}, flate, {"Length", f.stored(data)},
		})}
		return nil
	})
	return bundles, err
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

func (c *counter) object(num int, o object) {
	if c.crypt != nil {
		o.body, o.data = c.crypt.strings(num, o.body), c.crypt.encrypt(num, o.data)
	}
	b := fmt.Appendf(nil, "%d 0 obj\n", num)
	b = append(b, o.body...)
	b = append(b, "\nstream\n"...)
	c.write(b)
	c.write(o.data)
	c.write([]byte("\nendstream\nendobj\n"))
}
