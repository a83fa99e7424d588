package words

// Matter are the words that the pages of a book need beside its text: captions that go on, lists of what has a caption.
type Matter struct {
	Table     string // stands for a table that is on another page and has no caption
	Continued string // %s: the caption of a table that goes on from the page before
	Tables    string // title of the list of tables
	Figures   string // title of the list of figures
}

var matters = map[string]*Matter{
	"en": {Table: "Table", Continued: "%s (continued)", Tables: "Tables", Figures: "Figures"},
	"de": {Table: "Tabelle", Continued: "%s (Fortsetzung)", Tables: "Tabellen", Figures: "Abbildungen"},
	"fr": {Table: "Tableau", Continued: "%s (suite)", Tables: "Tableaux", Figures: "Figures"},
	"es": {Table: "Tabla", Continued: "%s (continuación)", Tables: "Tablas", Figures: "Figuras"},
	"it": {Table: "Tabella", Continued: "%s (continua)", Tables: "Tabelle", Figures: "Figure"},
	"nl": {Table: "Tabel", Continued: "%s (vervolg)", Tables: "Tabellen", Figures: "Figuren"},
	"pt": {Table: "Tabela", Continued: "%s (continuação)", Tables: "Tabelas", Figures: "Figuras"},
}

// Matter returns these words in the language of w.
func (w *Words) Matter() *Matter {
	if m, ok := matters[w.Lang]; ok {
		return m
	}
	return matters["en"]
}
