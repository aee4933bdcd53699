package present

import (
	"encoding/json"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
)

func quote(s string) string {
	b := &strings.Builder{}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return s
	}
	return strings.TrimSpace(b.String())
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func inTemplateWords(text string) string {
	return catalog.InCloudFormation(inTemplates.Replace(text))
}

var inTemplates = strings.NewReplacer(templateWords...)

// templateWords are words of advice that only fit Terraform, and those that fit a
// template in its place. What names are translated one by one is not here.
var templateWords = []string{
	`In Terraform write cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.NAME.arn}:*"; in CloudFormation use`, "Use",
	`"${aws_cloudwatch_log_group.NAME.arn}:*"`, "!GetAtt NAME.Arn",
	" = [aws_sns_topic.NAME.arn]", ": [!Ref NAME]",
	"metric_transformation[0].namespace", "MetricTransformations[0].MetricNamespace",
	"metric_transformation[0].name", "MetricTransformations[0].MetricName",
	"Set namespace to", "Set Namespace to",
	"Remove actions_suppressor from", "Remove ActionsSuppressor from",
	" (provider alias or region argument)", "",
	"Create the alarm through the filter's provider.", "Create the alarm in the filter's region.",
	"To have the role and its policies judged too, manage them in the same configuration as the trail, or judge the state after the first apply.", "To have the role and its policies judged too, add them to the template.",
	"Set endpoint_auto_confirms = true if the endpoint confirms by itself.", "Confirm the subscription from the endpoint.",
	"After apply, confirm", "After the deployment, confirm",
	"Give the variable a value", "Give the parameter a value",
	"Pass the plan's code with --source, or refer", "Refer",
	"For a local, pass the plan's code with --source.", "To see what another template exports, judge both with --combine.",
}
