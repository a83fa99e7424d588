package pdf

import (
	"bytes"
	"slices"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// section is a part of a file that one goroutine writes while others write theirs: streams as they are, other objects in
// object streams (§7.5.7). It is for the numbers that were reserved for it, and whole after finish.
type section struct {
	file    *file
	streams []stream
	packs   []pack
	open    *packing // nil if nothing is being packed
}

// stream is a stream object (§7.3.8).
type stream struct {
	ref  ref
	dict []byte
	data []byte
}

// pack is an object stream: the numbers of the objects in it, how long the table of their places is, and both deflated.
type pack struct {
	members []ref
	first   int
	data    []byte
}

// perPack is how many objects share an object stream: enough to compress well, few enough to be read quickly.
const perPack = 256

// packing is an object stream that is being filled. Its memory is used again.
type packing struct {
	head, body []byte
	members    []ref
}

var packings = sync.Pool{New: func() any { return new(packing) }}

// begin starts the object r. The caller appends its value to the bytes that it gets and gives them to [section.end].
func (s *section) begin(r ref) []byte {
	if s.open == nil {
		s.open = packings.Get().(*packing)
	}
	p := s.open
	p.members = append(p.members, r)
	p.head = append(appendInt(p.head, int(r)), ' ')
	p.head = append(appendInt(p.head, len(p.body)), ' ')
	return p.body
}

// end ends the object that was begun.
func (s *section) end(b []byte) {
	b = append(b, '\n')
	s.open.body = b
	if len(s.open.members) == perPack {
		s.finish()
	}
}

// finish closes the object stream that is being filled.
func (s *section) finish() {
	p := s.open
	if p == nil {
		return
	}
	s.packs = append(s.packs, pack{members: slices.Clone(p.members), first: len(p.head), data: deflate(p.head, p.body)})
	p.head, p.body, p.members = p.head[:0], p.body[:0], p.members[:0]
	packings.Put(p)
	s.open = nil
}

// set gives a reserved object its value.
func (s *section) set(r ref, value any) { s.end(appendValue(s.begin(r), value)) }

// add makes a new object. Like every call that reserves numbers it is for the one section that is written when no other is.
func (s *section) add(value any) ref {
	r := s.file.reserve()
	s.set(r, value)
	return r
}

// share returns the object with a value, which it makes at the first time. As [section.add] it is for one section alone.
func (s *section) share(value any) ref {
	key := string(appendValue(nil, value))
	r, ok := s.file.shared[key]
	if !ok {
		r = s.add(value)
		if s.file.shared == nil {
			s.file.shared = make(map[string]ref)
		}
		s.file.shared[key] = r
	}
	return r
}

// setStream makes a reserved object a stream; d gets the length. The data is written as it is: a caller who deflated it
// says so in d.
func (s *section) setStream(r ref, d dict, data []byte) {
	d.add("Length", s.file.stored(data))
	s.streams = append(s.streams, stream{r, appendValue(nil, d), data})
}

// addStream makes a new stream object.
func (s *section) addStream(d dict, data []byte) ref {
	r := s.file.reserve()
	s.setStream(r, d, data)
	return r
}

// flate is the entry of a stream dictionary whose data went through [deflate].
var flate = member{"Filter", name("FlateDecode")}

// press is a compressor with the memory for its output. Both are large and used again.
type press struct {
	zlib *zlib.Writer
	out  bytes.Buffer
}

var presses = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, 2) // two thirds of the default's time, a ninth more bytes
	if err != nil {
		panic(err) // the level is a constant
	}
	return &press{zlib: w}
}}

// deflate compresses parts, one behind the other, for the FlateDecode filter.
func deflate(parts ...[]byte) []byte {
	p := presses.Get().(*press)
	defer presses.Put(p)
	p.out.Reset()
	p.zlib.Reset(&p.out)
	for _, part := range parts {
		_, _ = p.zlib.Write(part) // writing to memory does not fail
	}
	_ = p.zlib.Close()
	return bytes.Clone(p.out.Bytes())
}
