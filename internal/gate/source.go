package gate

import (
	"github.com/iacgate/iacgate/internal/verdict"
)

// source is the code that a finding is about, for those who have to mend it.
// It is made here because what is secret in it is known here.
func (r reporter) source(f verdict.Finding) *verdict.Excerpt {
	if r.excerpt == nil || f.Location == nil || f.Level == verdict.Note {
		return nil
	}
	first, lines := r.excerpt(f.Location.File, f.Location.Line)
	if len(lines) == 0 {
		return nil
	}
	out := &verdict.Excerpt{First: first}
	shown := false
	for _, l := range lines {
		line := r.redactor.Line(l)
		shown = shown || line == l
		out.Lines = append(out.Lines, line)
	}
	if !shown {
		return nil
	}
	return out
}
