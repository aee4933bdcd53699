package verdict

import "slices"

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
