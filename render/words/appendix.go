package words

// Appendix are the words of what the program makes from the notes: indexes, schedules, statistics.
type Appendix struct {
	Also         string // before the other talks of a speaker
	Actions      string // action items
	Decisions    string
	Both         string // title of the appendix of both
	Chronology   string // title of the list of all talks by date
	Colophon     string
	Events       string
	Talks        string
	Entries      string // notes of any kind
	WordCount    string
	PrintPages   string // the number of pages of the printed edition
	Newest       string // the newest date in the notes
	MadeWith     string // the program
	Schedule     string // title of an event's plan; %s: the event
	Timeline     string // title of the events in time
	Untimed      string // talks whose time is not known
	OtherRooms   string // talks whose room is not known
	From         string // alternative texts: %s to %s
	EventEntries string // %d: number of entries
}

var appendices = map[string]*Appendix{
	"en": {
		Also: "Also in this book", Actions: "Action items", Decisions: "Decisions", Both: "Action items and decisions",
		Chronology: "All talks by date", Colophon: "Colophon", Events: "Events", Talks: "Talks", Entries: "Notes", WordCount: "Words",
		PrintPages: "Pages in print",
		Newest:     "Newest note", MadeWith: "Made with", Schedule: "Schedule of %s", Timeline: "Timeline of the events",
		Untimed: "time not known", OtherRooms: "room not known", From: "%s to %s", EventEntries: "%d notes",
	},
	"de": {
		Also: "Auch in diesem Buch", Actions: "Aufgaben", Decisions: "Beschlüsse", Both: "Aufgaben und Beschlüsse",
		Chronology: "Alle Vorträge nach Datum", Colophon: "Kolophon", Events: "Veranstaltungen", Talks: "Vorträge", Entries: "Notizen", WordCount: "Wörter",
		PrintPages: "Seiten der Druckausgabe",
		Newest:     "Neueste Notiz", MadeWith: "Hergestellt mit", Schedule: "Programm: %s", Timeline: "Zeitleiste der Veranstaltungen",
		Untimed: "Zeit unbekannt", OtherRooms: "Raum unbekannt", From: "%s bis %s", EventEntries: "%d Notizen",
	},
	"fr": {
		Also: "Aussi dans ce livre", Actions: "Actions à mener", Decisions: "Décisions", Both: "Actions à mener et décisions",
		Chronology: "Tous les exposés par date", Colophon: "Achevé", Events: "Événements", Talks: "Exposés", Entries: "Notes", WordCount: "Mots",
		PrintPages: "Pages de l’édition imprimée",
		Newest:     "Note la plus récente", MadeWith: "Réalisé avec", Schedule: "Programme : %s", Timeline: "Chronologie des événements",
		Untimed: "heure inconnue", OtherRooms: "salle inconnue", From: "de %s à %s", EventEntries: "%d notes",
	},
	"es": {
		Also: "También en este libro", Actions: "Tareas", Decisions: "Decisiones", Both: "Tareas y decisiones",
		Chronology: "Todas las ponencias por fecha", Colophon: "Colofón", Events: "Eventos", Talks: "Ponencias", Entries: "Notas", WordCount: "Palabras",
		PrintPages: "Páginas de la edición impresa",
		Newest:     "Nota más reciente", MadeWith: "Hecho con", Schedule: "Programa: %s", Timeline: "Cronología de los eventos",
		Untimed: "hora desconocida", OtherRooms: "sala desconocida", From: "de %s a %s", EventEntries: "%d notas",
	},
	"it": {
		Also: "Anche in questo libro", Actions: "Azioni", Decisions: "Decisioni", Both: "Azioni e decisioni",
		Chronology: "Tutti gli interventi per data", Colophon: "Colophon", Events: "Eventi", Talks: "Interventi", Entries: "Note", WordCount: "Parole",
		PrintPages: "Pagine dell’edizione a stampa",
		Newest:     "Nota più recente", MadeWith: "Realizzato con", Schedule: "Programma: %s", Timeline: "Cronologia degli eventi",
		Untimed: "ora sconosciuta", OtherRooms: "sala sconosciuta", From: "da %s a %s", EventEntries: "%d note",
	},
	"nl": {
		Also: "Ook in dit boek", Actions: "Actiepunten", Decisions: "Besluiten", Both: "Actiepunten en besluiten",
		Chronology: "Alle lezingen op datum", Colophon: "Colofon", Events: "Evenementen", Talks: "Lezingen", Entries: "Notities", WordCount: "Woorden",
		PrintPages: "Pagina’s in druk",
		Newest:     "Nieuwste notitie", MadeWith: "Gemaakt met", Schedule: "Programma: %s", Timeline: "Tijdlijn van de evenementen",
		Untimed: "tijd onbekend", OtherRooms: "zaal onbekend", From: "%s tot %s", EventEntries: "%d notities",
	},
	"pt": {
		Also: "Também neste livro", Actions: "Ações", Decisions: "Decisões", Both: "Ações e decisões",
		Chronology: "Todas as palestras por data", Colophon: "Colofão", Events: "Eventos", Talks: "Palestras", Entries: "Notas", WordCount: "Palavras",
		PrintPages: "Páginas da edição impressa",
		Newest:     "Nota mais recente", MadeWith: "Feito com", Schedule: "Programa: %s", Timeline: "Cronologia dos eventos",
		Untimed: "hora desconhecida", OtherRooms: "sala desconhecida", From: "de %s a %s", EventEntries: "%d notas",
	},
}

// Appendix returns the words of appendices in the language of w.
func (w *Words) Appendix() *Appendix {
	if a, ok := appendices[w.Lang]; ok {
		return a
	}
	return appendices["en"]
}
