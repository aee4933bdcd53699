package filterpattern

import "strings"

// A glob is a text in which each star stands for any text, newlines included.
// There is no other wildcard and no escape for a star.
type glob struct {
	parts []string // what lies between the stars
}

func newGlob(text string) glob { return glob{strings.Split(text, "*")} }

// match reports whether the whole text fits. Taking each part at its first
// place is enough, since a star absorbs whatever lies between.
func (g glob) match(text string) bool {
	first, rest := g.parts[0], g.parts[1:]
	if len(rest) == 0 {
		return text == first
	}
	if !strings.HasPrefix(text, first) {
		return false
	}
	text = text[len(first):]
	for _, part := range rest[:len(rest)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return strings.HasSuffix(text, rest[len(rest)-1])
}
