package plan

import (
	"fmt"
	"maps"
	"slices"
)

// Bounds of the sensitive texts of a plan. Few plans mark a thousand texts; a file in a
// text may have some MB.
const (
	maxSecrets     = 100_000  // different texts
	maxSecretBytes = 64 << 20 // of all of them
)

// secrets collects the texts that the input marks as sensitive. A text
// beyond the bounds would appear in outputs, so the caller has to check problem.
type secrets struct {
	texts map[string]bool
	bytes int
	over  bool
}

func (s *secrets) add(text string) {
	switch {
	case text == "" || s.texts[text] || s.over:
		return
	case len(s.texts) == maxSecrets || s.bytes+len(text) > maxSecretBytes:
		s.over = true
		return
	case s.texts == nil:
		s.texts = map[string]bool{}
	}
	s.texts[text] = true
	s.bytes += len(text)
}

// problem says which bound is exceeded; "" if none is.
func (s *secrets) problem() string {
	if !s.over {
		return ""
	}
	return fmt.Sprintf("it marks more than %d strings, or %d MB of them, as sensitive", maxSecrets, maxSecretBytes>>20)
}

func (s *secrets) sorted() []string { return slices.Sorted(maps.Keys(s.texts)) }
