package hyphen_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/evbook/evbook/render/typeset/hyphen"
)

// hyphenate writes a word with a hyphen at each break.
func hyphenate(h *hyphen.Hyphenator, word string) string {
	var s strings.Builder
	at := 0
	for _, k := range h.Breaks(word) {
		s.WriteString(word[at:k] + "-")
		at = k
	}
	s.WriteString(word[at:])
	return s.String()
}

func TestLanguages(t *testing.T) {
	for _, test := range []struct{ lang, want string }{
		{"en", "hy-phen-ation com-put-ers con-fer-ence doc-u-men-ta-tion al-go-rithm"},
		{"en-US", "ta-ble dem-o-crat web-i-nar re-pos-i-to-ry"},
		{"en-GB", "hy-phen-a-tion ana-lysis de-vel-oper"},
		{"de", "Sil-ben-tren-nung Do-nau-dampf-schiff-fahrt Stra-ßen-bahn Über-set-zung Si-cher-heits-lü-cke"},
		{"fr", "dé-ve-lop-pe-ment l’hy-phé-na-tion au-jour-d’hui in-tel-li-gence"},
		{"es", "pro-gra-ma-ción de-sa-rro-lla-dor mur-cié-la-go"},
		{"it", "con-fe-ren-za svi-lup-pa-to-re ac-qua"},
		{"nl", "pre-sen-ta-tie zwan-ger-schap aan-dachts-trek-ker"},
		{"pt", "de-sen-vol-vi-mento con-fe-rên-cia"},
		{"sv", "ut-veck-la-re till-gäng-lig-het"},
		{"da", "pro-gram-me-ring ud-vik-le-re"},
		{"nb", "pro-gram-me-rings-språk ut-vik-ler at-ten-de"},
		{"nn", "att-en-de"},
		{"fi", "oh-jel-moin-ti-kie-li ke-hit-tä-jä"},
		{"pl", "pro-gra-mo-wa-nie kon-fe-ren-cja"},
		{"tr", "prog-ram-la-ma ge-liş-ti-ri-ci İs-tan-bul"},
		{"ru", "про-грам-ми-ро-ва-ние кон-фе-рен-ция"},
		{"uk", "кон-фе-рен-ція"},
		{"bg", "програ-ми-ра-не"},
		{"el", "προ-γραμ-μα-τι-σμός"},
		{"la", "con-ven-tus so-cie-ta-tis"},
		{"ca", "desen-vo-lu-pa-ment"},
		{"hr", "pro-gra-mi-ra-nje"},
		{"sl", "pro-gra-mi-ra-nje"},
		{"sr", "про-гра-ми-ра-ње"},
		{"sr-Latn", "pro-gra-mi-ra-nje"},
		{"et", "prog-ram-mee-ri-mine"},
		{"lt", "prog-ra-ma-vi-mas"},
		{"is", "for-rit-un"},
		{"af", "pro-gram-me-ring"},
		{"gl", "pro-gra-ma-ción"},
		{"ka", "პროგ-რა-მი-რე-ბა"},
	} {
		h := hyphen.For(test.lang)
		if h == nil {
			t.Errorf("no patterns for %s", test.lang)
			continue
		}
		for want := range strings.FieldsSeq(test.want) {
			if got := hyphenate(h, strings.ReplaceAll(want, "-", "")); got != want {
				t.Errorf("%s: %s, want %s", test.lang, got, want)
			}
		}
	}
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ name, lang, word, want string }{
		{"capital", "en", "Hyphenation", "Hy-phen-ation"},
		{"punctuation around", "en", "“documentation,”", "“doc-u-men-ta-tion,”"},
		{"exception in upper case", "en", "Table", "Ta-ble"},
		{"exception without breaks", "en", "project", "project"},
		{"too short", "en", "over", "over"},
		{"parts of a compound", "en", "self-contained", "self-con-tained"},
		{"genitive", "en", "conference’s", "con-fer-ence’s"},
		{"acronym", "en", "UNESCO", "UNESCO"},
		{"name of two words", "en", "JavaScript", "Java-Script"},
		{"name of a short word", "en", "GitHub", "GitHub"},
		{"three words", "en", "OpenStreetThings", "Open-Street-Things"},
		{"figures", "en", "architecture64", "architecture64"},
		{"figures in another part", "en", "x86-architecture", "x86-ar-chi-tec-ture"},
		{"slash", "en", "client/conference", "client/con-fer-ence"},
		{"address", "en", "conference.example.com", "conference.example.com"},
		{"identifier", "en", "conference_presentation", "conference_presentation"},
		{"nothing", "en", "", ""},
		{"no letters", "en", "12345678", "12345678"},
		{"decomposed accent", "fr", "de\u0301veloppement", "de\u0301-ve-lop-pe-ment"},
		{"apostrophe is a letter", "it", "dell’informazione", "del-l’in-for-ma-zio-ne"},
		{"dotted capital I", "tr", "İSTANBULda", "İSTANBULda"},
		{"foreign script", "en", "программирование", "программирование"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := hyphenate(hyphen.For(test.lang), test.word); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestSoftHyphensDecide(t *testing.T) {
	got := hyphen.For("en").Breaks("con\u00ADference")
	if !slices.Equal(got, []int{3}) {
		t.Errorf("breaks %v, want the soft hyphen alone", got)
	}
	if got := hyphen.For("en").Breaks("\u00ADconference\u00AD"); len(got) != 0 {
		t.Errorf("breaks %v at the ends of the word", got)
	}
}

func TestTags(t *testing.T) {
	for _, test := range []struct{ lang, want string }{
		{"en", "en-us"}, {"EN_us", "en-us"}, {"en-CA", "en-us"}, {"en-AU", "en-gb"}, {"en-GB-scotland", "en-gb"},
		{"de-AT", "de-1996"}, {"de-1901", "de-1901"}, {"pt-BR", "pt"}, {"no", "nb"}, {"el-GR", "el-monoton"},
		{"sr-Cyrl-RS", "sh-cyrl"}, {"bs", "sh-latn"}, {"zh", ""}, {"", ""}, {"-", ""}, {"und", ""},
	} {
		got := ""
		if h := hyphen.For(test.lang); h != nil {
			got = h.Lang()
		}
		if got != test.want {
			t.Errorf("For(%q) = %q, want %q", test.lang, got, test.want)
		}
	}
	if n := len(hyphen.Languages()); n < 40 {
		t.Errorf("%d languages", n)
	}
}

func TestMinima(t *testing.T) {
	for _, lang := range hyphen.Languages() {
		h := hyphen.For(lang)
		left, right := h.Minima()
		if left < 2 || right < 2 {
			t.Errorf("%s: minima %d, %d", lang, left, right)
		}
	}
	if _, right := hyphen.For("en").Minima(); right != 3 {
		t.Errorf("English leaves %d letters at the end, want 3", right)
	}
}

func TestConcurrentUse(t *testing.T) {
	h := hyphen.For("de")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				for _, w := range []string{"Silbentrennung", "Veranstaltung", "Programmiersprache"} {
					if len(h.Breaks(w)) < 2 {
						t.Errorf("%s: no breaks", w)
					}
				}
			}
		})
	}
	wg.Wait()
}

func FuzzBreaks(f *testing.F) {
	for _, w := range []string{"hyphenation", "Straßenbahn", "l’été", "con\u00ADference", "e\u0301\u0301\u0301\u0301\u0301xx", "a-b-c-d", "\xff\xfeabcdef", strings.Repeat("hyphen", 5000), "İİİİİİİ", "ﬁnancialﬁ"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for _, lang := range []string{"en", "de", "fr", "tr", "el", "uk"} {
			h := hyphen.For(lang)
			got := h.Breaks(word)
			last := 0
			for _, k := range got {
				if k <= last || k >= len(word) {
					t.Fatalf("%s: breaks %v of %q do not ascend within the word", lang, got, word)
				}
				if !utf8.RuneStart(word[k]) {
					t.Fatalf("%s: break %d of %q is inside a character", lang, k, word)
				}
				last = k
			}
			if again := h.Breaks(word); !slices.Equal(got, again) {
				t.Fatalf("%s: %v, then %v", lang, got, again)
			}
		}
	})
}

func BenchmarkBreaks(b *testing.B) {
	words := strings.Fields("the hyphenation of distinguished international conferences is documented everywhere in considerable detail")
	b.Run("cached", func(b *testing.B) {
		h := hyphen.For("en")
		for b.Loop() {
			for _, w := range words {
				h.Breaks(w)
			}
		}
	})
	b.Run("long", func(b *testing.B) {
		h := hyphen.For("en")
		word := strings.Repeat("international", 100)
		b.SetBytes(int64(len(word)))
		for b.Loop() {
			h.Breaks(word)
		}
	})
}
