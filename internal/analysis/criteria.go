package analysis

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/truth"
)

// criterion is one comparison of field_selection_criteria.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
var criterion = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*@aws\.(account|region)\s*(=|!=|NOT\s+IN|IN)\s*("[^"]*"|'[^']*'|[\[(][^\])]*[\])]|[\w-]+)\s*`)
})

var joiner = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^(AND|OR)\s+`) })

// leavesOwn says whether criteria by account and region leave out what a filter's own
// account and region write. It is Maybe where they are not understood, or the place is
// not known.
func leavesOwn(criteria string, f *graph.MetricFilter) truth.Truth {
	result, operator := truth.Unknown, ""
	for first := true; ; first = false {
		parts := criterion().FindStringSubmatch(criteria)
		if parts == nil {
			return truth.Unknown
		}
		holds := compared(strings.ToLower(parts[1]), strings.ToUpper(parts[2]), parts[3], f)
		switch {
		case first:
			result = holds
		case operator == "AND":
			result = min(result, holds)
		default:
			result = max(result, holds)
		}
		criteria = criteria[len(parts[0]):]
		if criteria == "" {
			return result.Not()
		}
		joined := joiner().FindStringSubmatch(criteria)
		if joined == nil || operator != "" && operator != strings.ToUpper(joined[1]) {
			return truth.Unknown // brackets, or AND beside OR
		}
		operator, criteria = strings.ToUpper(joined[1]), criteria[len(joined[0]):]
	}
}

// compared says whether the filter's own place meets a comparison.
func compared(field, operator, operand string, f *graph.MetricFilter) truth.Truth {
	own := f.Scope().Region
	if field == "account" {
		own = f.Scope().Account
	}
	if own == "" {
		return truth.Unknown
	}
	values := strings.FieldsFunc(operand, func(r rune) bool { return strings.ContainsRune(`"'[](), `, r) })
	return truth.Of(slices.Contains(values, own) != (operator == "!=" || strings.HasPrefix(operator, "NOT")))
}
