package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// references writes the newest n benchmark numbers of each publisher, Security
// Hub last: CIS 7.0.0 5.1, CIS 6.0.0 5.1, Security Hub CloudWatch.2.
func references(refs map[string]string, n int) string {
	var out []string
	for _, key := range benchmarks(refs) {
		if len(out) == n {
			break
		}
		out = append(out, benchmarkName(key)+" "+refs[key])
	}
	for _, key := range slices.Sorted(maps.Keys(refs)) {
		if !strings.HasPrefix(key, cisPrefix) {
			out = append(out, benchmarkName(key)+" "+refs[key])
		}
	}
	return strings.Join(out, ", ")
}

const cisPrefix = "cis-aws-"

// benchmarks returns the CIS versions, the newest first.
func benchmarks(refs map[string]string) []string {
	var keys []string
	for key := range refs {
		if strings.HasPrefix(key, cisPrefix) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(-slices.Compare(numbers(a), numbers(b)), cmp.Compare(a, b))
	})
	return keys
}

func numbers(key string) []int {
	var out []int
	for part := range strings.SplitSeq(strings.TrimPrefix(key, cisPrefix), ".") {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}

func benchmarkName(key string) string {
	if version, ok := strings.CutPrefix(key, cisPrefix); ok {
		return "CIS " + version
	}
	if key == "security-hub" {
		return "Security Hub"
	}
	return key
}
