package verdict

import "strconv"

// Plural is a number with its noun: 1 warning, 2 warnings.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
