// Package words holds the few words that the program itself sets in a book: labels, the names of call-outs and the
// months, in the book's language. Every renderer takes them from here, so that all outputs of a book say the same.
package words

import (
	"errors"
	"strings"

	"golang.org/x/text/language"
)

// Words are the words of one language. No field is empty.
type Words struct {
	Lang string // BCP 47 tag of the language that the words are in

	Contents, TitlePage, Cover, CoverOf, StartOfText, Landmarks, Pages string // CoverOf holds %s for the title
	By, And, Speaker, Speakers, Author, Contributors                   string
	Date, Time, Track, Venue, Site, Tags                               string
	Footnotes, BackToText, Done, Open                                  string // BackToText labels the way back from a note
	Note, Tip, Important, Warning, Caution                             string // call-outs
	Typeset                                                            string // %s: three typefaces, the program

	months   [12]string
	day      string // d, m, y stand for day, month and year; a day keeps its month
	sameMon  string // a range inside a month: d–e m y
	sameYear string // a range inside a year: d m – e n y
}

var english = Words{
	Lang: "en", Contents: "Contents", TitlePage: "Title page", Cover: "Cover", CoverOf: "Cover of %s",
	StartOfText: "Start of the text", Landmarks: "Landmarks", Pages: "Pages",
	By: "By", And: "and", Speaker: "Speaker", Speakers: "Speakers", Author: "Author", Contributors: "Contributors",
	Date: "Date", Time: "Time", Track: "Track", Venue: "Venue", Site: "Site", Tags: "Topics",
	Footnotes: "Footnotes", BackToText: "Back to the text", Done: "done", Open: "open",
	Note: "Note", Tip: "Tip", Important: "Important", Warning: "Warning", Caution: "Caution",
	Typeset: "Set in %s, %s and %s by %s.",
	months:  [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	day:     "d\u00a0m y", sameMon: "d–e\u00a0m y", sameYear: "d\u00a0m – e\u00a0n y",
}

var german = Words{
	Lang: "de", Contents: "Inhalt", TitlePage: "Titelseite", Cover: "Umschlag", CoverOf: "Umschlag von %s",
	StartOfText: "Beginn des Textes", Landmarks: "Orientierungspunkte", Pages: "Seiten",
	By: "Von", And: "und", Speaker: "Vortrag", Speakers: "Vortragende", Author: "Autor", Contributors: "Mitwirkende",
	Date: "Datum", Time: "Zeit", Track: "Reihe", Venue: "Ort", Site: "Website", Tags: "Themen",
	Footnotes: "Fußnoten", BackToText: "Zurück zum Text", Done: "erledigt", Open: "offen",
	Note: "Hinweis", Tip: "Tipp", Important: "Wichtig", Warning: "Warnung", Caution: "Vorsicht",
	Typeset: "Gesetzt aus %s, %s und %s mit %s.",
	months:  [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	day:     "d.\u00a0m y", sameMon: "d.–e.\u00a0m y", sameYear: "d.\u00a0m – e.\u00a0n y",
}

var french = Words{
	Lang: "fr", Contents: "Table des matières", TitlePage: "Page de titre", Cover: "Couverture", CoverOf: "Couverture de %s",
	StartOfText: "Début du texte", Landmarks: "Points de repère", Pages: "Pages",
	By: "Par", And: "et", Speaker: "Intervenant", Speakers: "Intervenants", Author: "Auteur", Contributors: "Contributions",
	Date: "Date", Time: "Heure", Track: "Session", Venue: "Lieu", Site: "Site web", Tags: "Thèmes",
	Footnotes: "Notes", BackToText: "Retour au texte", Done: "fait", Open: "à faire",
	Note: "Note", Tip: "Astuce", Important: "Important", Warning: "Attention", Caution: "Prudence",
	Typeset: "Composé en %s, %s et %s avec %s.",
	months:  [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	day:     "d\u00a0m y", sameMon: "d–e\u00a0m y", sameYear: "d\u00a0m – e\u00a0n y",
}

var spanish = Words{
	Lang: "es", Contents: "Índice", TitlePage: "Portada", Cover: "Cubierta", CoverOf: "Cubierta de %s",
	StartOfText: "Comienzo del texto", Landmarks: "Puntos de referencia", Pages: "Páginas",
	By: "Por", And: "y", Speaker: "Ponente", Speakers: "Ponentes", Author: "Autor", Contributors: "Colaboradores",
	Date: "Fecha", Time: "Hora", Track: "Sala", Venue: "Lugar", Site: "Sitio web", Tags: "Temas",
	Footnotes: "Notas", BackToText: "Volver al texto", Done: "hecho", Open: "pendiente",
	Note: "Nota", Tip: "Consejo", Important: "Importante", Warning: "Advertencia", Caution: "Precaución",
	Typeset: "Compuesto en %s, %s y %s con %s.",
	months:  [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	day:     "d\u00a0de m de y", sameMon: "d–e\u00a0de m de y", sameYear: "d\u00a0de m – e\u00a0de n de y",
}

var italian = Words{
	Lang: "it", Contents: "Indice", TitlePage: "Frontespizio", Cover: "Copertina", CoverOf: "Copertina di %s",
	StartOfText: "Inizio del testo", Landmarks: "Punti di riferimento", Pages: "Pagine",
	By: "Di", And: "e", Speaker: "Relatore", Speakers: "Relatori", Author: "Autore", Contributors: "Contributi",
	Date: "Data", Time: "Ora", Track: "Sessione", Venue: "Luogo", Site: "Sito web", Tags: "Temi",
	Footnotes: "Note", BackToText: "Torna al testo", Done: "fatto", Open: "da fare",
	Note: "Nota", Tip: "Suggerimento", Important: "Importante", Warning: "Avviso", Caution: "Attenzione",
	Typeset: "Composto in %s, %s e %s con %s.",
	months:  [12]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
	day:     "d\u00a0m y", sameMon: "d–e\u00a0m y", sameYear: "d\u00a0m – e\u00a0n y",
}

var dutch = Words{
	Lang: "nl", Contents: "Inhoud", TitlePage: "Titelpagina", Cover: "Omslag", CoverOf: "Omslag van %s",
	StartOfText: "Begin van de tekst", Landmarks: "Oriëntatiepunten", Pages: "Pagina’s",
	By: "Door", And: "en", Speaker: "Spreker", Speakers: "Sprekers", Author: "Auteur", Contributors: "Medewerkers",
	Date: "Datum", Time: "Tijd", Track: "Track", Venue: "Locatie", Site: "Website", Tags: "Onderwerpen",
	Footnotes: "Voetnoten", BackToText: "Terug naar de tekst", Done: "gedaan", Open: "open",
	Note: "Opmerking", Tip: "Tip", Important: "Belangrijk", Warning: "Waarschuwing", Caution: "Let op",
	Typeset: "Gezet in %s, %s en %s met %s.",
	months:  [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	day:     "d\u00a0m y", sameMon: "d–e\u00a0m y", sameYear: "d\u00a0m – e\u00a0n y",
}

var portuguese = Words{
	Lang: "pt", Contents: "Índice", TitlePage: "Folha de rosto", Cover: "Capa", CoverOf: "Capa de %s",
	StartOfText: "Início do texto", Landmarks: "Pontos de referência", Pages: "Páginas",
	By: "Por", And: "e", Speaker: "Orador", Speakers: "Oradores", Author: "Autor", Contributors: "Colaboradores",
	Date: "Data", Time: "Hora", Track: "Sessão", Venue: "Local", Site: "Site", Tags: "Temas",
	Footnotes: "Notas", BackToText: "Voltar ao texto", Done: "feito", Open: "por fazer",
	Note: "Nota", Tip: "Dica", Important: "Importante", Warning: "Aviso", Caution: "Cuidado",
	Typeset: "Composto em %s, %s e %s com %s.",
	months:  [12]string{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"},
	day:     "d\u00a0de m de y", sameMon: "d–e\u00a0de m de y", sameYear: "d\u00a0de m – e\u00a0de n de y",
}

var all = []*Words{&english, &german, &french, &spanish, &italian, &dutch, &portuguese}

// For returns the words for a BCP 47 language tag, and the English ones for a language that has none here. The result is
// shared and must not be changed.
func For(lang string) *Words {
	base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	for _, w := range all {
		if strings.EqualFold(w.Lang, base) {
			return w
		}
	}
	return &english
}

// Tag returns a language tag in its usual form, or nothing if it is not well-formed (BCP 47 §2.2.9).
func Tag(lang string) string {
	lang = strings.ReplaceAll(strings.TrimSpace(lang), "_", "-")
	_, err := language.Parse(lang)
	var unknown language.ValueError // well-formed, but not in the registry that this program knows
	if err != nil && !errors.As(err, &unknown) {
		return ""
	}
	return lang
}

// RightToLeft reports whether text in the language is written from right to left.
func RightToLeft(lang string) bool {
	tag, err := language.Parse(lang)
	if err != nil {
		return false
	}
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Mand", "Samr", "Rohg":
		return true
	}
	return false
}

// Alert returns the name of a call-out of the given kind: note, tip, important, warning or caution.
func (w *Words) Alert(kind string) string {
	switch kind {
	case "tip":
		return w.Tip
	case "important":
		return w.Important
	case "warning":
		return w.Warning
	case "caution":
		return w.Caution
	}
	return w.Note
}

// List joins items as running text does: "a, b and c".
func (w *Words) List(items []string) string {
	n := len(items)
	if n < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:n-1], ", ") + " " + w.And + " " + items[n-1]
}
