package main

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
)

// A usageError is a mistake in the arguments or the environment.
type usageError struct{ what string }

func (u usageError) Error() string { return "iacgate: " + u.what }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

func didYouMean(word string, known []string) string {
	if near, ok := nearest.To(word, known); ok {
		return "; did you mean " + near + "?"
	}
	return ""
}

// orList joins words for a sentence: a, b or c.
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// A hinter is an error with hints.
type hinter interface{ Hints() []string }

// flatten splits joined errors.
func flatten(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, flatten(e)...)
	}
	return out
}
