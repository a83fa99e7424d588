package notes

import "github.com/evbook/evbook/notes/diag"

// The codes of what this package reports; packages markdown and resolve have more.
const (
	CodeFrontMatter  diag.Code = "front-matter-syntax" // YAML or TOML that cannot be read
	CodeKeyTwice     diag.Code = "key-duplicate"       // a key given twice
	CodeKeyUnknown   diag.Code = "key-unknown"         // a key of book.yaml that means nothing
	CodeKeyMisspelt  diag.Code = "key-misspelt"        // a key of front matter that is nearly a known one
	CodeKeyUnused    diag.Code = "key-unused"          // a key that speaks to another program
	CodeType         diag.Code = "value-type"          // a list where a text belongs, and the like
	CodeDate         diag.Code = "date-invalid"        // a date that is none
	CodeDateRange    diag.Code = "date-outside-event"  // a talk before or after its event
	CodeTime         diag.Code = "time-invalid"        // a time of day that is none
	CodeURL          diag.Code = "url-without-scheme"  // www.example.com, or no address at all
	CodePlaceholder  diag.Code = "placeholder"         // tbd and the like
	CodeLanguage     diag.Code = "language-invalid"    // no BCP 47 tag
	CodeRole         diag.Code = "role-unknown"        // no role of a person
	CodeChoice       diag.Code = "value-unknown"       // a word that is not among the possible ones
	CodeEmptyFile    diag.Code = "file-empty"          // a note without text
	CodeUnreadable   diag.Code = "file-unreadable"     // a file that cannot be read
	CodeOrder        diag.Code = "order-unmatched"     // book.yaml names what is not there
	CodeLink         diag.Code = "folder-link-skipped" // a symbolic link to a folder
	CodeSpeaker      diag.Code = "speaker-spelling"    // a speaker whose name is spelt in two ways
	CodeSpeakerTwice diag.Code = "speaker-duplicate"   // a name that the register gives to two speakers
	CodeTitleTwice   diag.Code = "title-duplicate"     // two notes of an event with one title
	CodeSectionEmpty diag.Code = "section-empty"       // a heading with nothing below it
	CodeCoverFormat  diag.Code = "cover-format"        // a cover that is no JPEG or PNG
	CodeCoverSize    diag.Code = "cover-size"          // a cover of a size that shops refuse
	CodeClaim        diag.Code = "accessibility-claim" // a statement on accessibility that lacks a part
	CodeNothing      diag.Code = "notes-empty"         // a folder without notes
)
