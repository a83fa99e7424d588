package lint

import (
	"strconv"

	"github.com/evbook/evbook/internal/lazyregexp"
)

var datePattern = lazyregexp.New(`^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$`)

// isDate reports whether s is a date of the W3C profile of ISO 8601.
func isDate(s string) bool {
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	limits := [...][2]int{{1, 12}, {1, 31}, {0, 23}, {0, 59}, {0, 59}}
	for i, limit := range limits {
		if v := m[i+2]; v != "" {
			if n, _ := strconv.Atoi(v); n < limit[0] || n > limit[1] {
				return false
			}
		}
	}
	return true
}

var languagePattern = lazyregexp.New(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`)

// isLanguage is the weak test of XML Schema, which xml:lang has to pass.
func isLanguage(s string) bool { return languagePattern.MatchString(s) }

var tagPattern = lazyregexp.New(`(?i)^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?` +
	`(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+|i-[a-z]+|` +
	`en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang))$`)

// isWellFormedTag reports whether s has the form of RFC 5646 §2.1.
func isWellFormedTag(s string) bool { return tagPattern.MatchString(s) }
