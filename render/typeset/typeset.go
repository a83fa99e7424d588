// Package typeset turns a book into pages. Blocks become lines: text is shaped, hyphenated and broken into lines by total
// fit. Lines become rows, rows fill pages, and the pages are maroto pages of rows, columns and components that draw on a
// [Canvas].
//
// How a chapter becomes pages: each possible page has a price, and the division with the least sum is taken (paginate.go). Breaks
// inside paragraphs that leave a line alone are never taken; pages that are not full, facing pages that differ and a last page of a
// few lines are dear. Text stands on a grid of lines (grid.go), and what a page lacks is shared out among its spaces (spread.go).
// Only where the result is poor, other means are tried, as a typesetter would: paragraphs of a line less or more (divide.go), and,
// where that saves the last page, pages a line longer than the type area, those that face each other both.
package typeset
