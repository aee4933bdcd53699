package verdict

import "slices"

// Answered turns results of inputs of which a part was not read into skips where
// another input of the run is judged on the control: the chain that a hidden part
// may hold is there. They still name what was not read.
func Answered(results []Result) []Result {
	judged := map[string]bool{}
	for _, r := range results {
		judged[r.Control] = judged[r.Control] || r.Verdict != Skip && !r.Unread
	}
	out := make([]Result, len(results))
	for i, r := range results {
		if r.Unread && r.Verdict == Unknown && judged[r.Control] {
			r.Verdict = Skip
			r.Findings = slices.Clone(r.Findings)
			for n, f := range r.Findings {
				if f.Level == Unclear {
					r.Findings[n].Level = Note
				}
			}
		}
		out[i] = r
	}
	return out
}
