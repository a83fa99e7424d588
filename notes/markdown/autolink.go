package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/evbook/evbook/internal/lazyregexp"
)

// bareURLParser links addresses that stand in the text without brackets (GFM 0.29, 6.9). Unlike goldmark's parser it knows
// letters beyond ASCII in addresses, hosts of one word, and addresses after quotation marks. Two things it adds to GitHub's
// rule: letters and punctuation of scripts without spaces end an address, and so do a closing bracket without its
// partner and a backtick.
type bareURLParser struct{}

// Trigger implements parser.InlineParser; a space stands for any white space and for the beginning of the text.
func (bareURLParser) Trigger() []byte {
	return []byte{' ', '*', '_', '~', '(', '"', '\'', ':', ',', ';', '[', '|', '=', '/'}
}

var schemes = [][]byte{[]byte("http://"), []byte("https://"), []byte("ftp://")}

// Parse implements parser.InlineParser.
func (p bareURLParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, seg := block.PeekLine()
	lead := 0
	if bytes.IndexByte(p.Trigger(), line[0]) >= 0 || util.IsSpace(line[0]) {
		lead = 1
	} else if before := block.PrecendingCharacter(); unicode.IsLetter(before) || unicode.IsDigit(before) {
		return nil
	}
	if seg.Padding > 0 {
		return nil
	}
	n, www := bareURL(line[lead:])
	if n == 0 || www && lead == 1 && strings.IndexByte(" \t\n*_~(\"'", line[0]) < 0 {
		return nil
	}
	if lead > 0 {
		ast.MergeOrAppendTextSegment(parent, seg.WithStop(seg.Start+lead))
	}
	block.Advance(lead + n)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(seg.Start+lead, seg.Start+lead+n)))
	if www {
		link.Protocol = []byte("http")
	}
	return link
}

// bareURL returns the length of the address at the beginning of s, or 0, and whether its scheme is missing.
func bareURL(s []byte) (length int, www bool) {
	start := 0
	for _, scheme := range schemes {
		if len(s) > len(scheme) && bytes.EqualFold(s[:len(scheme)], scheme) {
			start = len(scheme)
		}
	}
	if start == 0 {
		if len(s) < 5 || !bytes.EqualFold(s[:4], []byte("www.")) {
			return 0, false
		}
		www = true
	}
	host := hostLength(s[start:])
	if !validHost(string(s[start:start+host]), www) {
		return 0, false
	}
	end := start + host
	for end < len(s) {
		r, n := utf8.DecodeRune(s[end:])
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '<' || r == '`' || spaceless(r) || r == ']' && bytes.Count(s[:end], []byte("[")) <= bytes.Count(s[:end], []byte("]")) {
			break
		}
		end += n
	}
	if end = trimURL(s, end); end <= start {
		return 0, false
	}
	return end, www
}

// hostLength returns how far the characters of a host name and port reach.
func hostLength(s []byte) int {
	end := 0
	for end < len(s) {
		r, n := utf8.DecodeRune(s[end:])
		ascii := r < utf8.RuneSelf && (util.IsAlphaNumeric(byte(r)) || r == '-' || r == '_' || r == '.')
		if !ascii && (r < utf8.RuneSelf || unicode.IsSpace(r) || unicode.IsPunct(r) || spaceless(r) || r == utf8.RuneError) {
			break
		}
		end += n
	}
	return end
}

// validHost checks the rule for domains: no underscore in the last two parts, and at least one period after www.
func validHost(host string, www bool) bool {
	host = strings.TrimRight(host, ".-_")
	parts := strings.Split(host, ".")
	if host == "" || parts[0] == "" || www && len(parts) < 2 {
		return false
	}
	for _, p := range parts[max(0, len(parts)-2):] {
		if strings.Contains(p, "_") {
			return false
		}
	}
	return true
}

var trailingEntity = lazyregexp.New(`&[A-Za-z0-9]+;$`)

// trimURL takes punctuation that belongs to the sentence off the end of the address s[:end] and returns the new end.
func trimURL(s []byte, end int) int {
	for end > 0 {
		r, n := utf8.DecodeLastRune(s[:end])
		switch {
		case strings.ContainsRune("?!.,:*_~'\"", r):
		case r == ')':
			if bytes.Count(s[:end], []byte(")")) <= bytes.Count(s[:end], []byte("(")) {
				return end
			}
		case r == ';':
			m := trailingEntity.FindIndex(s[:end])
			if m == nil {
				return end
			}
			n = end - m[0]
		case r >= utf8.RuneSelf && (unicode.Is(unicode.Pf, r) || unicode.Is(unicode.Pi, r) || r == '…' || r == '–' || r == '—'):
		default:
			return end
		}
		end -= n
	}
	return end
}

// mailParser returns goldmark's parser of bare addresses for those of e-mail only.
func mailParser() parser.InlineParser {
	return extension.NewLinkifyParser(extension.WithLinkifyAllowedProtocols([]string{"\x00"}), extension.WithLinkifyWWWRegexp(regexp.MustCompile(`^\x00`)))
}

// strikeParser is goldmark's parser of strikethrough, but a run of two tildes is not closed by one, nor the other way round
// (GFM 0.29, 6.5).
type strikeParser struct{}

// Trigger implements parser.InlineParser.
func (strikeParser) Trigger() []byte { return []byte{'~'} }

// Parse implements parser.InlineParser.
func (strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, seg := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, tildes{})
	if d == nil || d.OriginalLength > 2 || before == '~' {
		return nil
	}
	d.Segment = seg.WithStop(seg.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// tildes are the delimiters of strikethrough.
type tildes struct{}

// IsDelimiter implements parser.DelimiterProcessor.
func (tildes) IsDelimiter(b byte) bool { return b == '~' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (tildes) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && opener.OriginalLength == closer.OriginalLength
}

// OnMatch implements parser.DelimiterProcessor.
func (tildes) OnMatch(int) ast.Node { return extast.NewStrikethrough() }
