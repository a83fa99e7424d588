package notes

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"github.com/evbook/evbook/notes/diag"
)

func bookSchema(t *testing.T) map[string]any {
	t.Helper()
	var schema map[string]any
	if err := json.Unmarshal([]byte(BookSchema), &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSchemaHasTheKeys: the schema knows the keys that the decoder knows, and no others, on every level.
func TestSchemaHasTheKeys(t *testing.T) {
	schema := bookSchema(t)
	properties := func(path ...string) []string {
		var at any = schema
		for _, p := range path {
			switch v := at.(type) {
			case map[string]any:
				at = v[p]
			case []any:
				at = v[p[0]-'0']
			}
		}
		var keys []string
		for k := range at.(map[string]any) {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		return keys
	}
	want := slices.Clone(configKeys)
	for alias, key := range configAliases {
		want = append(want, alias)
		if !slices.Contains(configKeys, key) {
			t.Errorf("%s stands for %s, which is no key", alias, key)
		}
	}
	tests := []struct {
		name      string
		got, want []string
	}{
		{"book", properties("properties"), want},
		{"series", properties("properties", "series", "anyOf", "1", "properties"), seriesKeys},
		{"accessibility", properties("properties", "accessibility", "anyOf", "1", "properties"), accessibilityKeys},
		{"subjects", properties("properties", "subjects", "anyOf", "1", "items", "anyOf", "1", "properties"), subjectKeys},
		{"speakers", properties("properties", "speakers", "items", "anyOf", "1", "properties"), speakerKeys},
		{"person", properties("$defs", "person", "anyOf", "1", "properties"), []string{"name", "role", "sort", "file-as", "sort-name"}},
	}
	for _, tt := range tests {
		want := slices.Sorted(slices.Values(tt.want))
		if !slices.Equal(tt.got, want) {
			t.Errorf("%s: the schema has\n%v\nthe decoder\n%v", tt.name, tt.got, want)
		}
	}
	for _, key := range want { // the decoder takes every one of them
		var seen diag.Collector
		if _, err := ReadConfig(fstest.MapFS{"book.yaml": {Data: []byte(key + ":\n")}}, seen.Report); err != nil || len(seen.List()) > 0 {
			t.Errorf("%s: %v %v", key, err, seen.List())
		}
	}
}

// TestSchemaAndDecoderAgree: what the schema allows, the decoder reads without a word, and the other way round.
func TestSchemaAndDecoderAgree(t *testing.T) {
	valid := []string{
		"title: A\nsubtitle: B\n", "title: 1984\n", "authors: A, B and C\n", "authors: [A, {name: B, role: edt, sort: 'B, X', born: 1900}]\n",
		"author:\n  name: A\n", "language: pt-BR\n", "lang: de\n", "subjects: [a, b]\n", "subjects: [a, {name: B, authority: BISAC, term: COM053000}]\nrights-link: https://example.org/licence\n", "keywords: a, b\n", "identifier: urn:x:1\n",
		"identifiers: [urn:x:1, 'isbn:978-3-16-148410-0']\n", "isbn: 0-306-40615-2\n", "series: S\nseries-index: 2\n", "series: {name: S, index: 2}\n",
		"date: 2012-07-20\n", "layout: a5\n", "formats: [epub, pdf]\n", "formats: epub\n", "formats: {epub: {profile: kobo}, pdf: }\n",
		"formats: [epub, {pdf: }]\n", "formats:\n  - epub: {profile: kobo}\n  - pdf\n",
		"accessibility: {conforms-to: WCAG 2.2 AA, certified-by: The Reading Room}\n", "accessibility:\n",
		"accessibility:\n  conforms-to: EPUB Accessibility 1.1 - WCAG 2.1 Level A\n  certified-by: The Reading Room\n  credential: Seal 7\n  report: https://example.org/report\n",
		"order: date\n", "order: [a, b/c.md]\n", "ignore: x*\n", "front: [a.md]\nback: b.md\n", "appendix: [speakers, topics]\n", "appendix: none\n",
		"figures: [schedule, timeline]\n", "figures: none\n",
		"speakers: [A, {name: B, aliases: [C, D], sort: B, url: 'https://example.org'}]\n", "rights: CC0\npublisher: P\ndescription: D\n", "",
	}
	invalid := []string{
		"formats: [{epub: x}]\n", "formats: [[epub]]\n", "accessibility: WCAG 2.2 AA\n", "accessibility: {conforms-to: WCAG 2.2 AA}\n",
		"accessibility: {certified-by: The Reading Room}\n", "accessibility: {conforms-to: WCAG 3.0 AA, certified-by: The Reading Room}\n",
		"accessibility: {conforms-to: WCAG 2.2 AA, certified-by: The Reading Room, by: x}\n",
		"accessibility: {conforms-to: [WCAG 2.2 AA], certified-by: The Reading Room}\n",
		"accessibility: {conforms-to: WCAG 2.2 AA, certified-by: The Reading Room, report: report.html}\n",
		"title: [a]\n", "title: {a: b}\n", "tilte: A\n", "language: [de]\n", "language: '1x'\n", "series: {name: S, volume: 3}\n", "series: [a]\n",
		"authors: [[a]]\n", "authors: {role: edt}\n", "formats: {epub: x}\n", "order: {a: b}\n", "speakers: A\n", "speakers: [{sort: A}]\n",
		"speakers: [{name: A, alias: [B]}]\n", "speakers: [[A]]\n", "appendix: [index]\n", "figures: [cover]\n", "cover: [a.png]\n", "identifiers: [[a]]\n", "subjects: [{a: b}]\n", "subjects: [{name: B, term: C}]\n", "rights-link: the usual\n", "date: [1]\n",
	}
	schema := bookSchema(t)
	check := func(text string, want bool) {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		problem := validate(schema, schema, v, "")
		var seen diag.Collector
		if _, err := ReadConfig(fstest.MapFS{"book.yaml": {Data: []byte(text)}}, seen.Report); err != nil {
			t.Fatal(err)
		}
		if (problem == "") != want {
			t.Errorf("%q: the schema says %q", text, problem)
		}
		if (len(seen.List()) == 0) != want {
			t.Errorf("%q: the decoder says %v", text, seen.List())
		}
	}
	for _, text := range valid {
		check(text, true)
	}
	for _, text := range invalid {
		check(text, false)
	}
}

// validate checks a value against the part of JSON Schema that the schema uses. It returns what is wrong, or nothing.
func validate(root, schema map[string]any, v any, at string) string {
	if ref, ok := schema["$ref"].(string); ok {
		var target any = root
		for step := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
			target = target.(map[string]any)[step]
		}
		return validate(root, target.(map[string]any), v, at)
	}
	if list, ok := schema["anyOf"].([]any); ok {
		for _, s := range list {
			if validate(root, s.(map[string]any), v, at) == "" {
				return ""
			}
		}
		return at + " fits nothing"
	}
	if list, ok := schema["enum"].([]any); ok && !slices.Contains(list, v) {
		return fmt.Sprintf("%s: %v is not among %v", at, v, list)
	}
	if types, ok := schema["type"]; ok {
		list, many := types.([]any)
		if !many {
			list = []any{types}
		}
		if !slices.Contains(list, any(kindOf(v))) {
			return fmt.Sprintf("%s: %v is no %v", at, v, types)
		}
	}
	switch v := v.(type) {
	case string:
		if p, ok := schema["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			return fmt.Sprintf("%s: %q does not match %s", at, v, p)
		}
	case []any:
		if items, ok := schema["items"].(map[string]any); ok {
			for i, item := range v {
				if p := validate(root, items, item, fmt.Sprintf("%s/%d", at, i)); p != "" {
					return p
				}
			}
		}
	case map[string]any:
		return validateObject(root, schema, v, at)
	}
	return ""
}

func validateObject(root, schema map[string]any, v map[string]any, at string) string {
	required, _ := schema["required"].([]any)
	for _, key := range required {
		if _, ok := v[key.(string)]; !ok {
			return fmt.Sprintf("%s: %v is missing", at, key)
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	for key, value := range v {
		below, known := properties[key].(map[string]any)
		if !known {
			switch extra := schema["additionalProperties"].(type) {
			case bool:
				if !extra {
					return fmt.Sprintf("%s: unknown key %s", at, key)
				}
				continue
			case map[string]any:
				below = extra
			}
		}
		if p := validate(root, below, value, at+"/"+key); p != "" {
			return p
		}
	}
	return ""
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "number"
}

func TestIdentifiers(t *testing.T) {
	tests := []struct{ yaml, first, others, code string }{
		{"identifier: urn:x:1\nisbn: 978-3-16-148410-0\n", "urn:x:1", "[urn:isbn:9783161484100]", ""},
		{"isbn: 0-306-40615-2\n", "urn:isbn:0306406152", "[]", ""},
		{"isbn: 0-8044-2957-X\n", "urn:isbn:080442957X", "[]", ""},
		{"identifiers:\n  - 550E8400-e29b-41d4-a716-446655440000\n  - urn:isbn:979-10-90636-07-1\n  -\n", "urn:uuid:550e8400-e29b-41d4-a716-446655440000", "[urn:isbn:9791090636071]", ""},
		{"isbn: 978-3-16-148410-1\n", "urn:isbn:9783161484101", "[]", "value-unknown"},
		{"isbn: 123-4-56-789012-8\n", "urn:isbn:1234567890128", "[]", "value-unknown"},
		{"isbn:\n", "", "[]", ""},
	}
	for _, tt := range tests {
		var seen diag.Collector
		c, err := ReadConfig(fstest.MapFS{"book.yaml": {Data: []byte(tt.yaml)}}, seen.Report)
		if err != nil {
			t.Fatal(err)
		}
		code := ""
		for _, d := range seen.List() {
			code += string(d.Code)
		}
		if got := fmt.Sprint(c.Meta.Identifiers); c.Meta.Identifier != tt.first || got != tt.others || code != tt.code {
			t.Errorf("%q gives %s, %s, %s", tt.yaml, c.Meta.Identifier, got, code)
		}
	}
}

func TestRelators(t *testing.T) {
	if len(relators) < 250 {
		t.Errorf("only %d codes", len(relators))
	}
	for word, code := range roles {
		if !relators[code] {
			t.Errorf("%s has the code %s, which is none", word, code)
		}
	}
	for code := range relators {
		if len(code) != 3 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is no code", code)
		}
	}
	for _, tt := range []struct{ role, want, code string }{{"edt", "edt", ""}, {"Editor", "edt", ""}, {"trl", "trl", ""}, {"edi", "", "role-unknown"}, {"editro", "", "role-unknown"}} {
		var seen diag.Collector
		c, err := ReadConfig(fstest.MapFS{"book.yaml": {Data: []byte("authors:\n  - name: A\n    role: " + tt.role + "\n")}}, seen.Report)
		if err != nil {
			t.Fatal(err)
		}
		code := ""
		for _, d := range seen.List() {
			code = string(d.Code)
		}
		if role := c.Meta.Creators[0].Role; role != tt.want && !(tt.want == "" && role == "aut") || code != tt.code {
			t.Errorf("%s gives %q, %q", tt.role, role, code)
		}
	}
}
