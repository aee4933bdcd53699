package verdict

// Gate says what the verdicts mean for the exit status.
type Gate struct {
	AllowUnknown bool
	FailOnWarn   bool
	FailOnWaived bool
}

// Exit statuses of iacgate. 2 means that nothing was judged.
const (
	ExitOK      = 0
	ExitFail    = 1
	ExitError   = 2
	ExitUnknown = 3
)

// Exit returns the exit status of a run that judged its inputs.
func (g Gate) Exit(s Summary) int {
	switch {
	case s.Fail > 0, g.FailOnWarn && s.Warnings > 0, g.FailOnWaived && s.Waived > 0:
		return ExitFail
	case s.Unknown > 0 && !g.AllowUnknown:
		return ExitUnknown
	}
	return ExitOK
}
