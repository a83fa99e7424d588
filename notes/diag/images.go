package diag

import "fmt"

// Some faults of images meet several stages: the loader and each renderer, which may be given a tree that no loader has
// seen. They all say it in the words below, so that it is printed once.
const (
	CodeImageRemote Code = "image-remote"      // an image on the web that was not fetched
	CodeImageAlt    Code = "image-alt-missing" // an image without alternative text
)

// RemoteImage says that the book holds a link in the place of an image on the web.
func RemoteImage(pos Pos, address string) Diagnostic {
	return Diagnostic{Severity: Warning, Code: CodeImageRemote, Pos: pos, Message: "the image " + address + " is on the web: the book links to it",
		Hints: []string{"--fetch brings it into the book"}}
}

// ImageWithoutAlt says that an image has no alternative text, which readers need who do not see it. The name is its path.
func ImageWithoutAlt(pos Pos, name string) Diagnostic {
	return Diagnostic{Severity: Warning, Code: CodeImageAlt, Pos: pos, Message: fmt.Sprintf("the image %s has no alternative text", name),
		Hints: []string{"say in its alternative text what it shows"}}
}
