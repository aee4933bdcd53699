package verdict

import "slices"

// Require turns skip into fail, or what levels make of it: the caller knows that
// the inputs have to do with the controls.
func Require(results []Result, levels map[string]Level) []Result {
	out := make([]Result, len(results))
	for i, r := range results {
		if r.Verdict == Skip {
			level := levelOf(levels, "nothing-to-judge", Error)
			r.Verdict = lowered(r.Verdict, level)
			r.Findings = append(slices.Clone(r.Findings), Finding{
				Code: "nothing-to-judge", Level: level,
				Message: "nothing in the input has to do with this control, and --require asks for it",
				Fix:     "Judge the input that holds the trail and the alarm, or leave out --require.",
			})
		}
		out[i] = r
	}
	return out
}
