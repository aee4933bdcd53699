package verdict

// Require turns skip into fail: the caller knows that the inputs have to do
// with the controls.
func Require(results []Result) []Result {
	out := make([]Result, len(results))
	for i, r := range results {
		if r.Verdict == Skip {
			r.Verdict = Fail
			r.Findings = append(r.Findings[:len(r.Findings):len(r.Findings)], Finding{
				Code: "nothing-to-judge", Level: Error,
				Message: "nothing in the input has to do with this control, and --require asks for it",
				Fix:     "Judge the input that holds the trail and the alarm, or leave out --require.",
			})
		}
		out[i] = r
	}
	return out
}
