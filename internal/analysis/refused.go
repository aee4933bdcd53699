package analysis

import (
	"regexp"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// A Refusal is why AWS, or the provider, refuses a resource: apply fails, and there
// is none.
type Refusal struct {
	Attribute string `json:"attribute"`
	Reason    string `json:"reason"`
}

// A form is what a name has to look like.
type form struct {
	attribute []any // the path
	matches   func() *regexp.Regexp
	says      string
}

// forms are those of the names in a chain, by resource type.
//
//   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
//   - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
//   - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
//   - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
//   - https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
var forms = map[string][]form{
	"aws_cloudtrail": {{[]any{"name"}, formOf(`^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$`), "letters, digits, periods, underscores and hyphens, at most 128"}},
	"aws_cloudwatch_log_group": {{
		[]any{"name"}, formOf(`^[.\-_/#A-Za-z0-9]{1,512}$`), "letters, digits, and . - _ / #",
	}},
	"aws_cloudwatch_log_metric_filter": {
		{[]any{"name"}, formOf(`^[^:*]{1,512}$`), "1 to 512 characters without : and *"},
		{[]any{"metric_transformation", 0, "name"}, formOf(`^[^:*$]{1,255}$`), "1 to 255 characters without : * $"},
		{[]any{"metric_transformation", 0, "namespace"}, formOf(`^[^:*$]{1,255}$`), "1 to 255 characters without : * $"},
	},
	"aws_cloudwatch_metric_alarm":    {{[]any{"alarm_name"}, formOf(`^[^\x00-\x1f\x7f]{1,255}$`), "1 to 255 characters"}},
	"aws_cloudwatch_composite_alarm": {{[]any{"alarm_name"}, formOf(`^[^\x00-\x1f\x7f]{1,255}$`), "1 to 255 characters"}},
	"aws_sns_topic":                  {{[]any{"name"}, formOf(`^[A-Za-z0-9_-]{1,256}(\.fifo)?$`), "1 to 256 letters, digits, underscores and hyphens"}},
}

func formOf(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// refusals are why AWS refuses a resource of the input, as far as that is known.
func refusals(r *resource.Resource) []Refusal {
	out := []Refusal{}
	if r.Mode == resource.Data {
		return out
	}
	for _, f := range forms[r.Type] {
		v := r.Attr(f.attribute...)
		text, known := v.Text()
		if known && !v.IsNull() && len(resource.Symbols(text)) == 0 && !f.matches().MatchString(text) {
			out = append(out, Refusal{dotted(f.attribute), v.Display() + " is no name for it: " + f.says})
		}
	}
	switch r.Type {
	case "aws_cloudwatch_log_metric_filter":
		out = append(out, filterRefusals(r)...)
	case "aws_cloudwatch_metric_alarm":
		out = append(append(out, alarmRefusals(r)...), tooManyActions(r)...)
	case "aws_cloudwatch_composite_alarm":
		out = append(out, tooManyActions(r)...)
	}
	return out
}

func dotted(path []any) (text string) {
	for _, step := range path {
		if name, ok := step.(string); ok {
			if text != "" {
				text += "."
			}
			text += name
		}
	}
	return text
}

// filterRefusals: a filter has one transformation, and a pattern of at most 1,024
// characters.
func filterRefusals(r *resource.Resource) (out []Refusal) {
	if blocks := r.Attr("metric_transformation"); blocks.Kind() == resource.List && len(blocks.List()) != 1 {
		out = append(out, Refusal{"metric_transformation", "a filter has one transformation, and this has " + strconv.Itoa(len(blocks.List()))})
	}
	if text, known := r.Attr("pattern").Text(); known && utf8.RuneCountInString(text) > 1024 {
		out = append(out, Refusal{"pattern", "it is longer than 1,024 characters"})
	}
	return out
}

// alarmRefusals: an alarm has a threshold or a band to compare with, and looks at one
// query where it has several.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
func alarmRefusals(r *resource.Resource) (out []Refusal) {
	if r.Attr("threshold").IsNull() && r.Attr("threshold_metric_id").IsNull() && len(r.Attr("evaluation_criteria").List()) == 0 {
		out = append(out, Refusal{"threshold", "there is none"})
	}
	returning := 0
	for _, q := range r.Attr("metric_query").List() {
		if yes, known := q.Get("return_data").Truth(); known && yes {
			returning++
		}
	}
	if returning > 1 && r.Attr("threshold_metric_id").IsNull() {
		out = append(out, Refusal{"metric_query", "one query has to return data, and " + strconv.Itoa(returning) + " do"})
	}
	return out
}

// maxActions are those that an alarm may have for a state.
const maxActions = 5

func tooManyActions(r *resource.Resource) (out []Refusal) {
	for _, attribute := range []string{"alarm_actions", "ok_actions", "insufficient_data_actions"} {
		if n := len(r.Attr(attribute).List()); n > maxActions {
			out = append(out, Refusal{attribute, "it has " + strconv.Itoa(n) + " actions; an alarm may have 5 for a state"})
		}
	}
	return out
}

// isForeignPartition says whether an ARN is known to be of another partition than a
// node.
func isForeignPartition(text string, n graph.Node) bool {
	arn, ok := graph.ParseARN(text)
	own := n.Scope().InPartition()
	return ok && own != "" && arn.Partition != "" && len(resource.Symbols(arn.Partition)) == 0 && arn.Partition != own
}
