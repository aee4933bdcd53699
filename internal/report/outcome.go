package report

import (
	"slices"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An outcome is the state of a result in formats that only have passed, failed and
// skipped.
type outcome struct {
	failed  bool
	skipped bool
	kind    string // why it failed or was skipped: fail, unknown, warning, waived, skip
}

// outcomeOf agrees with the exit status.
func outcomeOf(r verdict.Result, g verdict.Gate) outcome {
	unclear := r.Verdict == verdict.Unknown
	switch {
	case r.Verdict == verdict.Fail, unclear && !g.AllowUnknown:
		return outcome{failed: true, kind: string(r.Verdict)}
	case g.FailOnWarn && slices.ContainsFunc(r.Findings, isOpenWarning):
		return outcome{failed: true, kind: string(verdict.Warning)}
	case unclear, r.Verdict == verdict.Waived, r.Verdict == verdict.Skip:
		return outcome{skipped: true, kind: string(r.Verdict)}
	}
	return outcome{}
}

// reason says in one line why a result failed or was skipped.
func (o outcome) reason(r verdict.Result) string {
	switch {
	case o.kind == string(verdict.Waived) && r.Waiver != nil:
		return terminal.Clean(waiverText(*r.Waiver))
	case o.kind == string(verdict.Skip):
		return "this control does not apply to the input"
	}
	first, more := "", 0
	for _, f := range findingsOrPlaceholder(r) {
		if !o.isCausedBy(f) {
			continue
		}
		if first == "" {
			first = withResource(f)
		} else {
			more++
		}
	}
	if more > 0 {
		first += ", and " + verdict.Plural(more, "more finding")
	}
	return terminal.Clean(first)
}

// isCausedBy reports whether a finding is a cause of the outcome.
func (o outcome) isCausedBy(f verdict.Finding) bool {
	if o.kind == string(verdict.Warning) {
		return isOpenWarning(f)
	}
	return isFault(f)
}

// isOpenWarning reports whether --fail-on-warn makes a finding a failure.
func isOpenWarning(f verdict.Finding) bool { return f.Level == verdict.Warning && f.Waiver == nil }
