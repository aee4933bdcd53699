package facts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// A nameForm is the syntax that AWS requires of a name.
type nameForm struct {
	attribute  []any // the path
	characters func() *regexp.Regexp
	max        int // characters
	says       string
}

// nameForms has the syntax of names, by resource type.
//
//   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
//   - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
//   - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
//   - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
//   - https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
//
// A namespace that begins with AWS/ has the syntax. For PutMetricData, AWS advises against it
// ("you should not"), and nothing is known of an answer of PutMetricFilter that refuses it.
var nameForms = map[string][]nameForm{
	"aws_cloudtrail": {{[]any{"name"}, charactersOf(`^[A-Za-z0-9][A-Za-z0-9._-]*$`), 128, "letters, digits, periods, underscores and hyphens, at most 128"}},
	"aws_cloudwatch_log_group": {{
		[]any{"name"}, charactersOf(`^[.\-_/#A-Za-z0-9]+$`), 512, "letters, digits, and . - _ / #",
	}},
	"aws_cloudwatch_log_metric_filter": {
		{[]any{"name"}, charactersOf(`^[^:*]+$`), 512, "1 to 512 characters without : and *"},
		{[]any{"metric_transformation", 0, "name"}, metricCharacters, 255, "1 to 255 characters without : * $"},
		{[]any{"metric_transformation", 0, "namespace"}, metricCharacters, 255, "1 to 255 characters without : * $"},
	},
	"aws_cloudwatch_metric_alarm":    {{[]any{"alarm_name"}, alarmCharacters, 255, "1 to 255 characters"}},
	"aws_cloudwatch_composite_alarm": {{[]any{"alarm_name"}, alarmCharacters, 255, "1 to 255 characters"}},
	"aws_sns_topic":                  {{[]any{"name"}, charactersOf(`^[A-Za-z0-9_-]+(\.fifo)?$`), 256, "1 to 256 letters, digits, underscores and hyphens"}},
}

var (
	metricCharacters = charactersOf(`^[^:*$]+$`)
	alarmCharacters  = charactersOf(`^[^\x00-\x1f\x7f]+$`)
)

// charactersOf compiles an expression when it is first asked for. The lengths of names are
// no part of it: a program for {1,512} takes milliseconds to compile.
func charactersOf(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

func (f nameForm) matches(name string) bool {
	return utf8.RuneCountInString(name) <= f.max && f.characters().MatchString(name)
}

// refusals returns the known reasons why AWS refuses a resource of the input.
func refusals(r *resource.Resource) []document.Refusal {
	out := []document.Refusal{}
	if r.Mode == resource.Data {
		return out
	}
	for _, f := range nameForms[r.Type] {
		v := r.Attr(f.attribute...)
		text, known := v.Text()
		if known && !v.IsNull() && len(resource.Symbols(text)) == 0 && !f.matches(text) {
			out = append(out, document.Refusal{Attribute: dotted(f.attribute), Reason: v.Display() + " is not a valid name: " + f.says})
		}
	}
	if t := catalog.ByName(r.Type); t != nil {
		out = append(out, missingArguments(t.Members, r.Attributes, "")...)
	}
	switch r.Type {
	case "aws_cloudtrail":
		out = append(out, exclusiveArguments(r, "event_selector", "advanced_event_selector")...)
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

// missingArguments returns the required arguments that are not set, also in blocks.
func missingArguments(members catalog.Members, of resource.Value, path string) (out []document.Refusal) {
	for _, m := range members {
		v := of.Get(m.Name)
		switch {
		case m.IsBlock():
			for _, block := range v.List() {
				out = append(out, missingArguments(m.Members, block, path+m.Name+".")...)
			}
		case m.Required && v.IsNull():
			out = append(out, document.Refusal{Attribute: path + m.Name, Reason: "it is missing"})
		}
	}
	return out
}

// exclusiveArguments returns the fault of two arguments that exclude each other.
func exclusiveArguments(r *resource.Resource, a, b string) []document.Refusal {
	if !isGiven(r.Attr(a)) || !isGiven(r.Attr(b)) {
		return nil
	}
	return []document.Refusal{{Attribute: b, Reason: "it cannot be combined with " + a}}
}

func isGiven(v resource.Value) bool {
	if v.IsNull() || v.IsUnknown() {
		return false
	}
	if text, ok := v.Text(); ok {
		return text != ""
	}
	return v.Kind() != resource.List || len(v.List()) > 0
}

// units are those of CloudWatch.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
var units = sync.OnceValue(func() []string {
	out := []string{"Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"}
	for _, scale := range []string{"", "Kilo", "Mega", "Giga", "Tera"} {
		for _, of := range []string{"Bytes", "Bits"} {
			name := scale + strings.ToLower(of)
			if scale == "" {
				name = of
			}
			out = append(out, name, name+"/Second")
		}
	}
	return out
})

// filterRefusals: a filter has one transformation, and a pattern of at most 1,024
// characters.
func filterRefusals(r *resource.Resource) (out []document.Refusal) {
	if blocks := r.Attr("metric_transformation"); blocks.Kind() == resource.List && len(blocks.List()) != 1 {
		out = append(out, document.Refusal{Attribute: "metric_transformation", Reason: "a filter has exactly one transformation, and this one has " + strconv.Itoa(len(blocks.List()))})
	}
	if text, known := r.Attr("metric_transformation", 0, "unit").Text(); known && text != "" && !slices.Contains(units(), text) {
		out = append(out, document.Refusal{Attribute: "metric_transformation.unit", Reason: "CloudWatch does not have this unit"})
	}
	if text, known := r.Attr("metric_transformation", 0, "default_value").Text(); known && text != "" {
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			out = append(out, document.Refusal{Attribute: "metric_transformation.default_value", Reason: "it is not a number"})
		}
	}
	if text, known := r.Attr("pattern").Text(); known && utf8.RuneCountInString(text) > 1024 {
		out = append(out, document.Refusal{Attribute: "pattern", Reason: "it is longer than 1,024 characters"})
	}
	return out
}

// alarmRefusals: an alarm has a threshold or a band to compare with, and looks at one
// query if it has several.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
func alarmRefusals(r *resource.Resource) (out []document.Refusal) {
	if r.Attr("threshold").IsNull() && r.Attr("threshold_metric_id").IsNull() && len(r.Attr("evaluation_criteria").List()) == 0 {
		out = append(out, document.Refusal{Attribute: "threshold", Reason: "it is missing"})
	}
	out = append(out, exclusiveArguments(r, "metric_name", "metric_query")...)
	returning, silent := 0, 0
	queries := r.Attr("metric_query").List()
	for _, q := range queries {
		switch yes, known := q.Get("return_data").Truth(); {
		case known && yes:
			returning++
		case known && !q.Get("return_data").IsNull():
			silent++
		}
	}
	if len(queries) > 0 && silent == len(queries) {
		out = append(out, document.Refusal{Attribute: "metric_query", Reason: "exactly one query must return data, and none does"})
	}
	if returning > 1 && r.Attr("threshold_metric_id").IsNull() {
		out = append(out, document.Refusal{Attribute: "metric_query", Reason: "exactly one query must return data, and " + strconv.Itoa(returning) + " do"})
	}
	return out
}

// maxActions is how many actions an alarm may have for a state.
const maxActions = 5

func tooManyActions(r *resource.Resource) (out []document.Refusal) {
	for _, attribute := range []string{"alarm_actions", "ok_actions", "insufficient_data_actions"} {
		if n := len(r.Attr(attribute).List()); n > maxActions {
			out = append(out, document.Refusal{Attribute: attribute, Reason: "it has " + strconv.Itoa(n) + " actions; an alarm may have 5 per state"})
		}
	}
	return out
}

// isForeignPartition reports whether an ARN is known to be of another partition than a
// node.
func isForeignPartition(text string, n graph.Node) bool {
	arn, ok := graph.ParseARN(text)
	own := n.Scope().InPartition()
	return ok && own != "" && arn.Partition != "" && len(resource.Symbols(arn.Partition)) == 0 && arn.Partition != own
}
