package syntax

import (
	"bytes"
	"strings"
)

// Bounds of a flat file, far below those of checkNesting.
const (
	flatDepth = maxNesting / 2 // brackets; a text and a reference in it are two levels more
	flatBytes = maxChain       // between two places where no bracket is open; a token has a byte at least
)

// isFlat reports whether a file certainly nests little, so that checkNesting need not
// look at its tokens: lexing a file takes as long as parsing what was lexed. Files of an
// unusual form are not flat, however little they nest: with a heredoc, a comment of
// several lines, a quoted text that goes on in the next line or holds more than references.
func isFlat(source []byte) bool {
	depth, size := 0, 0
	for line := range bytes.Lines(source) {
		after, ok := depthAfter(line, depth)
		if !ok {
			return false
		}
		depth = after
		if size += len(line); size > flatBytes {
			return false
		}
		if depth == 0 {
			size = 0
		}
	}
	return true
}

// depthAfter returns how many brackets are open after a line. It is not ok if the line has an
// unusual form, opens too many, or closes more than are open.
func depthAfter(line []byte, depth int) (after int, ok bool) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case '{', '[', '(':
			depth++
		case '}', ']', ')':
			depth--
		case '"':
			end := endOfText(line[i+1:])
			if end < 0 {
				return 0, false
			}
			i += 1 + end
		case '#':
			return depth, true
		case '/':
			if bytes.HasPrefix(line[i:], []byte("//")) {
				return depth, true
			}
			if bytes.HasPrefix(line[i:], []byte("/*")) {
				return 0, false
			}
		case '<':
			if bytes.HasPrefix(line[i:], []byte("<<")) {
				return 0, false
			}
		case 'e', 'E':
			if i > 0 && '0' <= line[i-1] && line[i-1] <= '9' {
				return 0, false // perhaps a number with a large exponent
			}
		}
		if depth < 0 || depth > flatDepth {
			return 0, false
		}
	}
	return depth, true
}

// endOfText returns the index of the quote that ends a text; negative if the text goes on in
// the next line or holds more than references.
func endOfText(rest []byte) int {
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			return i
		case '\\':
			i++
		case '$', '%':
			if i+1 < len(rest) && rest[i+1] == '{' {
				length := bytes.IndexByte(rest[i:], '}')
				if length < 0 || bytes.ContainsFunc(rest[i+2:i+length], isNoReference) {
					return -1
				}
				i += length
			}
		}
	}
	return -1
}

func isNoReference(r rune) bool {
	isWord := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !isWord && !strings.ContainsRune("_-. ", r)
}
