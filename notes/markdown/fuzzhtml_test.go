package markdown_test

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// spanClasses are the classes that HTML may give to text.
var spanClasses = map[string]bool{
	"": true, "kbd": true, "sub": true, "sup": true, "mark": true, "abbr": true, "ins": true, "small": true, "u": true, "code": true,
	markdown.WikiLinkClass: true, markdown.WikiEmbedClass: true,
}

// FuzzHTML holds for any HTML in Markdown: what FuzzParse holds, and that nothing but the stated subset comes out of it: no
// raw HTML, no attribute beyond the few that the tree has a meaning for, nothing of a script.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"<p>a <b>b <i>c</b></i> <kbd>k</kbd>", "<table><tr><td colspan=9 onclick=x>a<th>b</table>", "<img src=x onerror=alert(1)> <a href=\"javascript:x\" id=a>b</a>",
		"<script>secret</script>\n\n<style>secret</style>\n", "x <script>secret</script> y", "<details><summary>s <b>t</summary>\n\n*x*\n\n</details>",
		"<svg><script>secret</script></svg>\n", "<figure><img src=a.png alt=b><figcaption>c</figcaption></figure>", "<ul><li>a<ul><li>b</ul></ul>", "<dl><dt>a<dd>b</dl>",
		"<pre><code class=\"language-go\">x\n&lt;y</code></pre>", "<div align=center class=x>\n\n**y**\n\n</div>", "Vec<T> <project ID> <!-- c --> <?php x ?> <![CDATA[x]]> <!DOCTYPE x>",
		"<blockquote>a<p>b</blockquote><hr><h2 id=h>c</h2><ol start=3><li>d</ol>", "<abbr title='x'>a</abbr><span lang=de style='x'>b</span><font color=red>c</font>",
		"<a name=x></a>\n<br/><wbr><iframe src=x>secret</iframe>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<14 {
			t.Skip()
		}
		checkParse(t, []byte(s))
		doc, _ := parse(t, s, markdown.Options{})
		all := nodes(doc.Body)
		for _, n := range doc.Title {
			all = append(all, n)
		}
		for _, root := range all {
			for n := range tree.All(root) {
				switch n := n.(type) {
				case *tree.RawBlock, *tree.RawInline:
					t.Errorf("raw HTML: %+v", n)
				case *tree.Span:
					if !spanClasses[n.Class] {
						t.Errorf("a span of the class %q", n.Class)
					}
					checkAttrs(t, n.Attrs)
				case *tree.Div:
					checkAttrs(t, n.Attrs)
				}
			}
		}
	})
}

func checkAttrs(t *testing.T, attrs map[string]string) {
	t.Helper()
	for k := range attrs {
		switch k {
		case "title", "target", "literal", "open":
		default:
			t.Errorf("the attribute %q got through", k)
		}
	}
}

// TestScripts: a script or style sheet that stands as a block is never printed; one named in a sentence is, as it was typed.
func TestScripts(t *testing.T) {
	for _, name := range []string{"script", "style", "SCRIPT"} {
		for _, form := range []string{"<X>secret</X>", "<div><X>secret</X></div>", "- <X>secret</X>", "<X src=x\n>secret\n\nsecret</X>\n", "<p>x<X>secret", "<X>secret"} {
			in := strings.ReplaceAll(form, "X", name)
			doc, seen := parse(t, in, markdown.Options{})
			for _, b := range doc.Body {
				if strings.Contains(tree.Words(b), "secret") {
					t.Errorf("%q prints %q", in, tree.Words(b))
				}
			}
			if len(seen) != 1 || seen[0].Code != markdown.CodeHTMLDropped {
				t.Errorf("%q is reported as %v", in, seen)
			}
		}
	}
	doc, seen := parse(t, "put <script> into the head, and </script> after it", markdown.Options{})
	if got := tree.Words(doc.Body[0]); !strings.Contains(got, "put <script> into the head, and </script> after it") || len(seen) == 0 {
		t.Errorf("got %q, %v", got, seen)
	}
}

func TestTablesInsideTables(t *testing.T) {
	doc, _ := parse(t, "<table><tr><td>a<table><tr><td>b<td>c</table></table>\n", markdown.Options{})
	if got := strings.Fields(tree.Words(doc.Body[0])); strings.Join(got, "") != "abc" {
		t.Errorf("got %q", got)
	}
}
