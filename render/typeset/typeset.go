// Package typeset turns a book into pages. Blocks become lines: text is shaped, hyphenated and broken into lines by total
// fit. Lines become rows, rows fill pages, and the pages are maroto pages of rows, columns and components that draw on a
// [Canvas].
package typeset
