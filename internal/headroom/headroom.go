// Package headroom takes memory from the system in large steps: a process that
// lives for milliseconds would spend a third of them on touching pages for the
// first time, and on growing stacks.
//
// It is no allocator: what it asks for belongs to Go's runtime. Nothing but time
// depends on it.
package headroom

// advised says whether the system took the advice. It is given before most
// packages are initialised, whose tables are a third of the heap of a small run: Go takes
// packages in the order of their paths, each once all that it imports is done,
// which is why this one imports next to nothing.
var advised = largePages()
