package main

// ballast makes the collector count with 128 MB that nobody touches, which take address space and no memory: it begins its
// first round at twice that, which most books never reach, and its later rounds are rarer. A small book is done a
// quarter faster; a large one needs at most 256 MB more. GOGC and GOMEMLIMIT work as ever.
var ballast = make([]byte, 128<<20)
