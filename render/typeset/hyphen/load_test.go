package hyphen

import "testing"

func BenchmarkLoad(b *testing.B) {
	for _, lang := range []string{"en-us", "de-1996", "it"} {
		b.Run(lang, func(b *testing.B) {
			for b.Loop() {
				load(lang)
			}
		})
	}
}
