// Package nearest suggests the word that a user probably meant. Commands, flags,
// controls, finding codes and configuration keys all use the same rule.
//
// It does not match: a suggestion is shown to a person and never replaces what was
// written. A caller may use the distance of two words to decide which fault there is,
// never that there is none.
package nearest

import (
	"slices"
	"strings"
)

// To returns the known word that is nearest to word by edit distance. It is
// not ok if none is near: more than a third of the letters would change.
// Among equally near words the first in alphabetical order wins.
func To(word string, known []string) (near string, ok bool) {
	best := max(1, len(word)/3) + 1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < best {
			best, near = d, k
		}
	}
	return near, near != ""
}

// List joins words for a sentence: a, b and c.
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that lead from a to b (optimal string alignment). Words longer
// than any of ours are cut.
func distance(a, b string) int {
	const longest = 64
	a, b = a[:min(len(a), longest)], b[:min(len(b), longest)]
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// Within reports whether at most so many insertions, deletions, replacements and
// swaps of neighbours lead from a to b.
func Within(a, b string, slips int) bool {
	return max(len(a), len(b))-min(len(a), len(b)) <= slips && distance(a, b) <= slips
}
