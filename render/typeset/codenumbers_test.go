package typeset

import "testing"

func TestNumbering(t *testing.T) {
	for info, want := range map[string]struct {
		on    bool
		first int
	}{
		"":                              {false, 1},
		"title=x":                       {false, 1},
		".numberLines startFrom=\"10\"": {true, 10},
		"number-lines":                  {true, 1},
		"linenos":                       {true, 1},
		"linenos=false":                 {false, 1},
		"linenos=table,linenostart=5":   {true, 5},
		"showLineNumbers{7}":            {true, 7},
		"lineNumbers=12":                {true, 12},
		"nolinenumbers":                 {false, 1},
		"linenumbersomething":           {false, 1},
	} {
		if on, first := numbering(info, false); on != want.on || first != want.first {
			t.Errorf("%q: %v from %d, want %v from %d", info, on, first, want.on, want.first)
		}
	}
	if on, _ := numbering("", true); !on {
		t.Error("the layout does not count")
	}
	if on, _ := numbering("linenos=false", true); on {
		t.Error("a listing cannot do without numbers that the layout wants")
	}
}
