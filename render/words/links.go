package words

import "strings"

// linkLabels are what the program calls the links of a talk's header: slides, a video, a copy in an archive.
var linkLabels = map[string]map[string]string{
	"de": {"slides": "Folien", "video": "Video", "site": "Website", "archived": "Archiviert"},
	"fr": {"slides": "Diapositives", "video": "Vidéo", "site": "Site web", "archived": "Archivé"},
	"es": {"slides": "Diapositivas", "video": "Vídeo", "site": "Sitio web", "archived": "Archivado"},
	"it": {"slides": "Diapositive", "video": "Video", "site": "Sito web", "archived": "Archiviato"},
	"nl": {"slides": "Dia’s", "video": "Video", "site": "Website", "archived": "Gearchiveerd"},
	"pt": {"slides": "Diapositivos", "video": "Vídeo", "site": "Site", "archived": "Arquivado"},
}

// LinkLabel returns the label of a link of a talk's header in the language of w. A label that the author chose stays: only
// those made of the keys of front matter, such as "Slides", and of --archive, such as "Slides, archived", are put into
// other words.
func (w *Words) LinkLabel(label string) string {
	own := linkLabels[w.Lang]
	base, archived := strings.CutSuffix(label, ", archived")
	word, ok := own[strings.ToLower(base)]
	if !ok {
		word = base
	}
	if archived {
		word += ", " + strings.ToLower(firstOf(own["archived"], "archived"))
	}
	return word
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
