package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// originals are the inputs that variants are made of, below testdata.
var originals = []string{"plans/*/plan.json", "templates/*.json", "templates/*.yaml"}

// An edit replaces one group of what it finds, everywhere in an input by the same text, so
// that a plan and its configuration stay one.
type edit struct {
	what  string
	find  *regexp.Regexp // the group is what is replaced
	texts []string
}

var edits = []edit{
	{"threshold", regexp.MustCompile(`[tT]hreshold"?\s*:\s*(\d+)`), []string{"1", "2", "5", "6", "10", "25", "26", "1000"}},
	{"period", regexp.MustCompile(`\b[pP]eriod"?\s*:\s*(\d+)`), []string{"10", "60", "300", "900", "3600"}},
	{"periods", regexp.MustCompile(`(?:evaluation_periods|EvaluationPeriods)"?\s*:\s*(\d+)`), []string{"1", "2", "5"}},
	{"pattern", regexp.MustCompile(`(AccessDenied\*)`), []string{"AccessDenied", "AccessDeniedException", "*AccessDenied*", "Accessdenied*"}},
	{"pattern", regexp.MustCompile(`(\*UnauthorizedOperation)`), []string{"UnauthorizedOperation", "*Unauthorized*", "Client.UnauthorizedOperation"}},
	{"statistic", regexp.MustCompile(`\b(Sum)\b`), []string{"Average", "Maximum", "SampleCount"}},
	{"operator", regexp.MustCompile(`\b(GreaterThan(?:OrEqualTo)?Threshold)\b`), []string{"GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold"}},
	{"missing data", regexp.MustCompile(`\b(notBreaching)\b`), []string{"missing", "ignore", "breaching"}},
	{"metric", regexp.MustCompile(`metric_name"\s*:\s*"([\w-]+)"`), []string{"Other", "deniedAPICalls"}},
	{"actions", regexp.MustCompile(`(?:actions_enabled|ActionsEnabled)"?\s*:\s*(true)`), []string{"false"}},
	{"logging", regexp.MustCompile(`(?:enable_logging|IsLogging)"?\s*:\s*(true)`), []string{"false"}},
	{"regions", regexp.MustCompile(`(?:is_multi_region_trail|IsMultiRegionTrail)"?\s*:\s*(true)`), []string{"false"}},
	{"protocol", regexp.MustCompile(`[pP]rotocol"?\s*:\s*"?(email|https|sqs|lambda)\b`), []string{"email-json", "https", "sms", "sqs"}},
	{"region", regexp.MustCompile(`\b(us-east-1|eu-west-1)\b`), []string{"us-east-1", "eu-west-1", "eu-central-1"}},
	{"missing topic", regexp.MustCompile(`(?:alarm_actions|AlarmActions)"?\s*:\s*(\[[^\]{]*\])`), []string{"[]"}},
	{"type", regexp.MustCompile(`"type"\s*:\s*"(aws_sns_topic_subscription|aws_cloudwatch_metric_alarm|aws_cloudwatch_log_metric_filter)"`), []string{"aws_ssm_parameter"}},
}

// named finds what may be called otherwise.
var named = regexp.MustCompile(`(?:alarm_name|AlarmName|namespace|[mM]etricNamespace|log_group_name|LogGroupName)"?\s*:\s*"?([\w/-]{4,})`)

// vary returns an input with a name and up to three other things changed.
func vary(text string, number int, draw *rand.Rand) string {
	if m := named.FindAllStringSubmatch(text, -1); len(m) > 0 {
		name := m[draw.IntN(len(m))][1]
		text = regexp.MustCompile(`\b`+regexp.QuoteMeta(strings.TrimLeft(name, "/-"))+`\b`).ReplaceAllString(text, strings.TrimLeft(name, "/-")+fmt.Sprintf("-%04d", number))
	}
	for range draw.IntN(4) {
		e := edits[draw.IntN(len(edits))]
		text = e.apply(text, e.texts[draw.IntN(len(e.texts))])
	}
	return text
}

func (e edit) apply(text, by string) string {
	var b strings.Builder
	last := 0
	for _, at := range e.find.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[last:at[2]])
		b.WriteString(by)
		last = at[3]
	}
	return b.String() + text[last:]
}

// variants writes the inputs: the originals in turn, each time changed otherwise, by a seed.
func (w workshop) variants() ([]string, error) {
	var from []string
	for _, glob := range originals {
		found, err := filepath.Glob(filepath.Join(w.Root, "testdata", glob))
		if err != nil {
			return nil, err
		}
		from = append(from, found...)
	}
	draw := rand.New(rand.NewPCG(w.seed, 0))
	var made []string
	// Not every text is an input after it is changed: judge leaves those out, and
	// 29 of the 374 originals, which are made to be refused.
	for i := range w.inputs * 5 / 4 {
		original := from[i%len(from)]
		text, err := os.ReadFile(original)
		if err != nil {
			return nil, err
		}
		file := w.Path(fmt.Sprintf("input%05d%s", i, filepath.Ext(original)))
		if err := os.WriteFile(file, []byte(vary(string(text), i, draw)), 0o644); err != nil {
			return nil, err
		}
		made = append(made, file)
	}
	if len(made) == 0 {
		return nil, errors.New("there is nothing to make inputs of")
	}
	return made, nil
}
