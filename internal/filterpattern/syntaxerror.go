package filterpattern

import "fmt"

// A SyntaxError says where and why AWS would reject a pattern.
type SyntaxError struct {
	Pos int    // byte offset in the source
	Msg string // the problem in plain words
	AWS string // AWS's own wording, where it is known
}

// Error names the position and the problem.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("filter pattern, at byte %d: %s", e.Pos, e.Msg)
}

// awsInvalid is what AWS answers to tokens in an order it does not know
// (recorded).
const awsInvalid = "Invalid metric filter pattern"

// awsCharacters is what AWS answers where its lexer stops: text runs from the
// start of the token to the character that does not belong (recorded).
func awsCharacters(text string) string {
	return fmt.Sprintf("Invalid character(s) in term '%s'", text)
}

// awsUnclosed is what AWS answers to a pattern that starts with a bracket and
// does not end with its partner (recorded for braces and percent signs).
func awsUnclosed(start, end byte) string {
	return fmt.Sprintf("If a filter pattern starts with '%c' it must end with '%c'", start, end)
}
