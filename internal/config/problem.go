package config

import (
	"fmt"
	"strings"
)

// A Problem is one thing that is wrong with a configuration file.
type Problem struct {
	File string
	Line int // from 1; 0 is the whole file
	What string
	Hint string // how to mend it; may be empty
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.What)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What)
}

// Problems are all that is wrong with one file, in file order.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single problems.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// Hints returns how to mend the problem.
func (p Problem) Hints() []string {
	if p.Hint == "" {
		return nil
	}
	return []string{p.Hint}
}
