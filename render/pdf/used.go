package pdf

import "strconv"

// used is what a content stream refers to by name: its resources (§7.8.3).
type used struct {
	fonts    []*font
	images   []*picture
	states   []transparency
	masks    []maskState
	blends   []string
	forms    []*form
	patterns []pattern
	shadings []shading
	kept     bool // until the file is finished
}

// maskState is a graphics state with a soft mask.
type maskState struct {
	form *form
	kind name // Luminosity or Alpha
}

// pattern is something to paint with: its object is written when the resources are.
type pattern interface{ write(out *section) ref }

// next gives an empty list of what is used, in the memory of this one if nothing holds on to it.
func (u *used) next() *used {
	if len(u.masks)+len(u.blends)+len(u.forms)+len(u.patterns)+len(u.shadings) > 0 || u.kept {
		return new(used)
	}
	*u = used{fonts: u.fonts[:0], images: u.images[:0], states: u.states[:0]}
	return u
}

// transparent reports whether colours are mixed with what is behind them.
func (u *used) transparent() bool {
	return len(u.states) > 0 || len(u.masks) > 0 || len(u.blends) > 0 || len(u.forms) > 0
}

// dict writes what is used and gives the resource dictionary.
func (u *used) dict(out *section) dict {
	d := dict{}
	section := func(key name, list dict) {
		if len(list) > 0 {
			d.add(key, list)
		}
	}
	var fonts, objects, states, patterns, shadings dict
	for _, f := range u.fonts {
		fonts.add(f.resource, f.ref)
	}
	for _, pic := range u.images {
		objects.add(pic.resource(), pic.ref)
	}
	for i, f := range u.forms {
		objects.add(numbered("X", i), f.write(out))
	}
	for _, g := range u.states {
		states.add(g.resource(), dict{{"ca", g.fill}, {"CA", g.stroke}})
	}
	for i, m := range u.masks {
		mask := dict{{"Type", name("Mask")}, {"S", m.kind}, {"G", m.form.write(out)}}
		states.add(numbered("M", i), dict{{"SMask", mask}})
	}
	for _, b := range u.blends {
		states.add(name("B"+b), dict{{"BM", name(b)}})
	}
	for i, p := range u.patterns {
		patterns.add(numbered("P", i), p.write(out))
	}
	for i, s := range u.shadings {
		shadings.add(numbered("S", i), s.dict(out))
	}
	section("Font", fonts)
	section("XObject", objects)
	section("ExtGState", states)
	section("Pattern", patterns)
	section("Shading", shadings)
	return d
}

// numbered is the name of the i-th resource of a kind.
func numbered(kind string, i int) name { return name(kind + strconv.Itoa(i)) }

// form is a form XObject with a transparency group (§11.6.6).
type form struct {
	bbox  [4]milli // left, bottom, right, top
	space name     // of the group's colours
	data  []byte   // deflated
	used  *used
}

func (f *form) write(out *section) ref {
	return out.addStream(dict{
		{"Type", name("XObject")}, {"Subtype", name("Form")}, {"BBox", array{f.bbox[0], f.bbox[1], f.bbox[2], f.bbox[3]}},
		{"Group", dict{{"S", name("Transparency")}, {"CS", f.space}, {"I", true}}}, {"Resources", f.used.dict(out)}, flate,
	}, f.data)
}
