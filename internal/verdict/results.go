package verdict

import "slices"

// Require turns skip into fail, or into the verdict that levels say: the caller knows
// that the controls apply to the inputs.
func Require(results []Result, levels map[string]Level) []Result {
	out := make([]Result, len(results))
	for i, r := range results {
		if r.Verdict == Skip {
			level := levelOf(levels, "nothing-to-judge", Error)
			r.Verdict = lowered(r.Verdict, level)
			r.Findings = append(slices.Clone(r.Findings), Finding{
				Code: "nothing-to-judge", Level: level,
				Message: "this control does not apply to the input, and --require makes that a failure",
				Fix:     "Judge the input that contains the trail and the alarm, or do not set --require.",
			})
		}
		out[i] = r
	}
	return out
}

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

const unusedEntry = "external-unused"

// WithoutUsed takes out of the results of a run what is said of entries of the
// configuration that settle nothing, where an entry settles something in another input:
// one configuration is for all of them. What the configuration makes a fault of stays.
func WithoutUsed(results []Result) []Result {
	said, asked := map[[2]string]int{}, map[string]int{}
	for _, r := range results {
		asked[r.Control]++
		for _, f := range r.Findings {
			if f.Code == unusedEntry {
				said[[2]string{r.Control, f.Message}]++
			}
		}
	}
	if len(said) == 0 {
		return results
	}
	used := map[string]bool{}
	for entry, n := range said {
		used[entry[1]] = used[entry[1]] || n < asked[entry[0]]
	}
	out := slices.Clone(results)
	for i := range out {
		out[i].Findings = slices.DeleteFunc(slices.Clone(out[i].Findings), func(f Finding) bool {
			return f.Code == unusedEntry && used[f.Message] && (f.Level == Note || f.Level == Warning)
		})
	}
	return out
}
