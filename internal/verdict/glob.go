package verdict

import "strings"

func matches(pattern, text string) bool { return pattern == "" || glob(pattern, text, 0) }

// glob reports whether text matches pattern: * matches any characters but
// sep, ** for any characters, ? for one character but sep. A pattern that ends
// in sep** also matches the directory itself.
func glob(pattern, text string, sep byte) bool {
	if dir, ok := strings.CutSuffix(pattern, string(sep)+"**"); ok && globAt(dir, text, sep) {
		return true
	}
	return globAt(pattern, text, sep)
}

// globAt keeps, for every prefix of text, whether the pattern so far matches
// it: time is bounded by the product of the lengths whatever the pattern.
func globAt(pattern, text string, sep byte) bool {
	reached := make([]bool, len(text)+1)
	reached[0] = true
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		deep := c == '*' && i+1 < len(pattern) && pattern[i+1] == '*'
		if deep {
			i++
			if sep != 0 && i+1 < len(pattern) && pattern[i+1] == sep {
				i++
				reached = afterDirectories(reached, text, sep)
				continue
			}
		}
		reached = globStep(reached, text, c, sep, deep)
	}
	return reached[len(text)]
}

func globStep(reached []bool, text string, c, sep byte, deep bool) []bool {
	next := make([]bool, len(reached))
	if c == '*' {
		next[0] = reached[0]
		for j := 1; j < len(next); j++ {
			next[j] = reached[j] || next[j-1] && (deep || sep == 0 || text[j-1] != sep)
		}
		return next
	}
	for j := 1; j < len(next); j++ {
		same := text[j-1] == c || c == '?' && (sep == 0 || text[j-1] != sep)
		next[j] = reached[j-1] && same
	}
	return next
}

// afterDirectories returns the step of **/: nothing, or anything up to a separator.
func afterDirectories(reached []bool, text string, sep byte) []bool {
	next := make([]bool, len(reached))
	any := false
	for j := range reached {
		next[j] = reached[j] || any && text[j-1] == sep
		any = any || reached[j]
	}
	return next
}
