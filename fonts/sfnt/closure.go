package sfnt

import "encoding/binary"

// Types of lookups in GSUB (OpenType 1.9, chapter GSUB). Those that work by context (5 and 6) name others of these.
const (
	substSingle    = 1
	substMultiple  = 2
	substAlternate = 3
	substLigature  = 4
	substExtension = 7
	substReverse   = 8
)

// closeOver marks all glyphs that the substitutions of a GSUB table can make of the marked ones, whatever the context and
// the features that are on: rather some too many than one too few.
func closeOver(gsub []byte, keep []bool) error {
	if len(gsub) == 0 {
		return nil
	}
	lookups, err := offsets16(gsub, 8)
	if err != nil {
		return err
	}
	var tables []subtable
	for _, lookup := range lookups {
		kind, err := word(lookup, 0)
		if err != nil {
			return err
		}
		list, err := offsets(lookup, 4)
		if err != nil {
			return err
		}
		for _, data := range list {
			if kind != substExtension {
				tables = append(tables, subtable{kind, data})
				continue
			}
			if len(data) < 8 {
				return errShort
			}
			at := int64(binary.BigEndian.Uint32(data[4:]))
			if at > int64(len(data)) {
				return errShort
			}
			tables = append(tables, subtable{int(be16(data, 2)), data[at:]})
		}
	}
	for more := true; more; {
		more = false
		for _, t := range tables {
			grown, err := t.apply(keep)
			if err != nil {
				return err
			}
			more = more || grown
		}
	}
	return nil
}

type subtable struct {
	kind int
	data []byte
}

// word reads a 16-bit number.
func word(b []byte, at int) (int, error) {
	if at+2 > len(b) {
		return 0, errShort
	}
	return int(be16(b, at)), nil
}

// offsets reads a count and as many 16-bit offsets behind it, and returns what they lead to.
func offsets(b []byte, at int) ([][]byte, error) {
	n, err := word(b, at)
	if err != nil {
		return nil, err
	}
	var list [][]byte
	for i := range n {
		off, err := word(b, at+2+2*i)
		if err != nil || off > len(b) {
			return nil, errShort
		}
		list = append(list, b[off:])
	}
	return list, nil
}

// offsets16 follows the offset at a place to a list of offsets.
func offsets16(b []byte, at int) ([][]byte, error) {
	off, err := word(b, at)
	if err != nil || off > len(b) {
		return nil, errShort
	}
	return offsets(b[off:], 0)
}

// covered calls f with the index and the glyph of everything that the coverage table at an offset covers.
func covered(b []byte, f func(index, gid int) error) error {
	at, err := word(b, 2)
	if err != nil || at+4 > len(b) {
		return errShort
	}
	table := b[at:]
	n := int(be16(table, 2))
	switch be16(table, 0) {
	case 1:
		for i := range n {
			gid, err := word(table, 4+2*i)
			if err != nil {
				return err
			}
			if err := f(i, gid); err != nil {
				return err
			}
		}
	case 2:
		for i := range n {
			if len(table) < 10+6*i {
				return errShort
			}
			first, last, index := int(be16(table, 4+6*i)), int(be16(table, 6+6*i)), int(be16(table, 8+6*i))
			for gid := first; gid <= last; gid++ {
				if err := f(index+gid-first, gid); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// apply marks what one subtable makes of the marked glyphs; it reports whether a glyph is new.
func (t subtable) apply(keep []bool) (grown bool, err error) {
	mark := func(gid int) {
		if gid < len(keep) && !keep[gid] {
			keep[gid], grown = true, true
		}
	}
	has := func(gid int) bool { return gid < len(keep) && keep[gid] }
	list := func(b []byte, at int) error { // a count and glyphs
		n, err := word(b, at)
		if err != nil || at+2+2*n > len(b) {
			return errShort
		}
		for i := range n {
			mark(int(be16(b, at+2+2*i)))
		}
		return nil
	}
	b := t.data
	format, err := word(b, 0)
	if err != nil {
		return false, err
	}
	switch t.kind {
	case substSingle:
		err = covered(b, func(index, gid int) error {
			if !has(gid) {
				return nil
			}
			at := 4
			if format == 2 {
				at = 6 + 2*index
			}
			to, err := word(b, at)
			if format == 1 {
				to = (gid + to) & 0xFFFF
			}
			if err == nil {
				mark(to)
			}
			return err
		})
	case substMultiple, substAlternate:
		var sets [][]byte
		if sets, err = offsets(b, 4); err == nil {
			err = covered(b, func(index, gid int) error {
				if !has(gid) || index >= len(sets) {
					return nil
				}
				return list(sets[index], 0)
			})
		}
	case substLigature:
		var sets [][]byte
		if sets, err = offsets(b, 4); err == nil {
			err = covered(b, func(index, gid int) error {
				if !has(gid) || index >= len(sets) {
					return nil
				}
				return ligatures(sets[index], has, mark)
			})
		}
	case substReverse:
		err = reverse(b, list, has)
	}
	return grown, err
}

// ligatures marks those of a set whose components are all marked.
func ligatures(set []byte, has func(int) bool, mark func(int)) error {
	all, err := offsets(set, 0)
	if err != nil {
		return err
	}
	for _, lig := range all {
		n, err := word(lig, 2)
		if err != nil || 4+2*(n-1) > len(lig) {
			return errShort
		}
		whole := true
		for i := range n - 1 {
			whole = whole && has(int(be16(lig, 4+2*i)))
		}
		if whole {
			mark(int(be16(lig, 0)))
		}
	}
	return nil
}

// reverse marks what reverse chaining puts in place of the covered glyphs.
func reverse(b []byte, list func([]byte, int) error, has func(int) bool) error {
	at := 4
	for range 2 { // coverages before and behind
		n, err := word(b, at)
		if err != nil {
			return err
		}
		at += 2 + 2*n
	}
	any := false
	err := covered(b, func(_, gid int) error {
		any = any || has(gid)
		return nil
	})
	if err != nil || !any {
		return err
	}
	return list(b, at)
}
