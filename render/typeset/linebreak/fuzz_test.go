package linebreak_test

import (
	"testing"

	"github.com/evbook/evbook/render/typeset/linebreak"
)

// decode makes a paragraph of bytes: two a piece.
func decode(data []byte) []linebreak.Item {
	var items []linebreak.Item
	for ; len(data) >= 2 && len(items) < 2000; data = data[2:] {
		v := int64(data[1])
		it := linebreak.Item{Width: v * 20, Left: v % 7 * 10, Right: v % 5 * 10}
		switch data[0] % 8 {
		case 0, 1, 2:
			it.Letters = int32(v / 32)
		case 3, 4:
			it = linebreak.Item{Kind: linebreak.Glue, Width: v * 3, Stretch: v, Shrink: v / 2}
		case 5:
			it = linebreak.Item{Kind: linebreak.Penalty, Width: v, Right: v / 2, Flagged: true, Auto: true, Penalty: int32(v)}
		case 6:
			it = linebreak.Item{Kind: linebreak.Penalty, NoBreak: v - 128, Post: 100 - v, Penalty: int32(v)*100 - 10000}
		case 7:
			it.Rigid = true
		}
		items = append(items, it)
	}
	return items
}

func FuzzBreak(f *testing.F) {
	f.Add([]byte("a paragraph of any bytes at all, of which some are boxes and others are glue"), uint16(3000), false)
	f.Add([]byte("\x00\x20\x03\x20\x00\x80\x06\x00\x00\x20"), uint16(100), true)
	f.Add([]byte("\x06\x00\x06\x00\x00\x10\x06\x00"), uint16(1000), false)
	f.Add([]byte("\x05\x10\x05\x10\x00\x10\x05\x10\x05\x10"), uint16(10), false)
	f.Add([]byte{}, uint16(1), false)
	f.Fuzz(func(t *testing.T, data []byte, width uint16, ragged bool) {
		items := decode(data)
		p := linebreak.Default(em)
		if ragged {
			p = linebreak.RaggedRight(em)
		}
		if width%2 == 1 {
			p.MaxStretch, p.ShortDemerits, p.Widen, p.Narrow, p.TrackDemerits = 1000, 1_000_000, 15, 15, 30_000
		}
		widths := []int64{int64(width) + 1, int64(width)/2 + 1, int64(width) + 500}
		lines, q := check(t, items, widths, p)
		again, q2 := linebreak.Break(items, widths, p)
		if len(again) != len(lines) || q != q2 {
			t.Fatalf("the same paragraph gave %+v, then %+v", q, q2)
		}
		if q.Pass < 4 && q.Overfull > 0 {
			t.Fatalf("pass %d leaves %d overfull lines", q.Pass, q.Overfull)
		}
	})
}
