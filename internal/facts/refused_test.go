package facts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
)

// refusedOf lists what AWS refuses of a resource: "attribute: why".
func refusedOf(d *document.Document, address string) (lines []string) {
	nodes := map[string]document.Node{}
	for id, n := range d.Trails {
		nodes[id] = n.Node
	}
	for id, n := range d.LogGroups {
		nodes[id] = n.Node
	}
	for id, n := range d.MetricFilters {
		nodes[id] = n.Node
	}
	for id, n := range d.Alarms {
		nodes[id] = n.Node
	}
	for id, n := range d.Composites {
		nodes[id] = n
	}
	for id, n := range d.Topics {
		nodes[id] = n.Node
	}
	for _, r := range nodes[address].Refused {
		lines = append(lines, r.Attribute+": "+r.Reason)
	}
	return lines
}

// TestRefusals: what is known to be refused, and what is not known to be.
func TestRefusals(t *testing.T) {
	const (
		value     = `value     = "1"`
		metric    = `metric_name         = "Denied"`
		actions   = "alarm_actions       = [aws_sns_topic.security.arn]"
		trailName = `name                       = "main"`
		named     = `name           = "denied"`
		operator  = `comparison_operator = "GreaterThanOrEqualToThreshold"`
		missing   = "s3_bucket_name: it is missing" // the complete world does without
		topicName = "name = \"security\""
		exclusive = "advanced_event_selector: it cannot be combined with event_selector"
		composite = "aws_cloudwatch_composite_alarm.any"
		silent    = "metric_query: exactly one query must return data, and none does"
		returns   = "return_data = true"
		quiet     = "return_data = false"
	)
	instead := func(old, new string) chaintest.Edits { return chaintest.Edits{old, new} }
	with := func(old, more string) chaintest.Edits { return chaintest.Edits{old, old + "\n " + more} }
	unit := func(of string) chaintest.Edits { return with(value, "unit = "+of) }
	usual := func(of string) chaintest.Edits { return with(value, "default_value = "+of) }
	badUnit := []string{"metric_transformation.unit: CloudWatch does not have this unit"}
	times := func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`"arn:aws:sns:us-east-1:111122223333:t", `, n), ", ") + "]"
	}
	many := func(attribute, n string) string {
		return attribute + ": it has " + n + " actions; an alarm may have 5 per state"
	}
	long := func(n int) chaintest.Edits { return chaintest.PatternValue(`"` + strings.Repeat("é", n) + `"`) }
	queries := func(bodies ...string) chaintest.Edits {
		var blocks strings.Builder
		for i, body := range bodies {
			blocks.WriteString("\n metric_query {\n id = \"m" + string(rune('a'+i)) + "\"\n " + body + "\n }")
		}
		return instead(metric, blocks.String())
	}
	over := func(rule, more string) chaintest.Edits {
		return chaintest.Edits{"", strings.Replace(chaintest.Over("any", rule), "alarm_actions = [aws_sns_topic.security.arn]", more, 1)}
	}
	alarmNamed := func(n int) chaintest.Edits { return instead(`"denied-calls"`, `"`+strings.Repeat("é", n)+`"`) }
	topicNamed := func(n int, end string) chaintest.Edits {
		return instead(topicName, `name = "`+strings.Repeat("a", n)+end+`"`)
	}
	for name, c := range map[string]struct {
		chaintest.Edits
		address string
		want    []string
	}{
		"a trail":                        {nil, chaintest.TheTrail, []string{missing}},
		"a trail with a bucket":          {with(trailName, `s3_bucket_name = "b"`), chaintest.TheTrail, nil},
		"a trail with some bucket":       {with(trailName, `s3_bucket_name = var.bucket`), chaintest.TheTrail, nil},
		"a trail of a wrong name":        {instead(trailName, "name = \"my trail\"\n s3_bucket_name = \"b\""), chaintest.TheTrail, []string{"name: my trail is not a valid name: letters, digits, periods, underscores and hyphens, at most 128"}},
		"a trail of some name":           {instead(trailName, "name = \"${var.x} y\"\n s3_bucket_name = \"b\""), chaintest.TheTrail, nil},
		"a trail of a secret wrong name": {instead(trailName, "name = secret(\"my trail\")\n s3_bucket_name = \"b\""), chaintest.TheTrail, []string{"name: (sensitive) is not a valid name: letters, digits, periods, underscores and hyphens, at most 128"}},
		"a trail without a name":         {instead(trailName, `s3_bucket_name = "b"`), chaintest.TheTrail, []string{"name: it is missing"}},
		"both kinds of selectors":        {with(trailName, "event_selector {}\n advanced_event_selector {\n field_selector {\n field = \"eventCategory\"\n }\n }"), chaintest.TheTrail, []string{missing, exclusive}},
		"a selector without a field":     {with(trailName, "advanced_event_selector {\n field_selector {}\n }"), chaintest.TheTrail, []string{missing, "advanced_event_selector.field_selector.field: it is missing"}},
		"one kind, and some":             {with(trailName, "event_selector {}\n advanced_event_selector = hidden()"), chaintest.TheTrail, []string{missing}},
		"one kind, and none":             {with(trailName, "event_selector {}\n advanced_event_selector = []"), chaintest.TheTrail, []string{missing}},
		"none, and one kind":             {with(trailName, "event_selector = []\n advanced_event_selector {\n field_selector {\n field = \"eventCategory\"\n }\n }"), chaintest.TheTrail, []string{missing}},

		"a group":                      {nil, chaintest.TheGroup, nil},
		"a group of a wrong name":      {instead(chaintest.GroupNamed, chaintest.GroupStart+`"a b"`), chaintest.TheGroup, []string{"name: a b is not a valid name: letters, digits, and . - _ / #"}},
		"a topic":                      {nil, chaintest.TheTopic, nil},
		"a topic of a wrong name":      {instead(topicName, `name = "a.b"`), chaintest.TheTopic, []string{"name: a.b is not a valid name: 1 to 256 letters, digits, underscores and hyphens"}},
		"a topic of first in, out":     {instead(topicName, `name = "a.fifo"`), chaintest.TheTopic, nil},
		"a topic that is read":         {chaintest.Edits{"", "data \"aws_sns_topic\" \"read\" {\n name = \"a b\"\n}"}, "data.aws_sns_topic.read", nil},
		"a topic of a long name":       {topicNamed(251, ".fifo"), chaintest.TheTopic, nil},
		"a topic of too long a name":   {topicNamed(252, ".fifo"), chaintest.TheTopic, []string{"name: " + strings.Repeat("a", 252) + ".fifo is not a valid name: 1 to 256 letters, digits, underscores and hyphens"}},
		"an alarm of a long name":      {alarmNamed(255), chaintest.TheAlarm, nil},
		"an alarm of too long a name":  {alarmNamed(256), chaintest.TheAlarm, []string{"alarm_name: " + strings.Repeat("é", 256) + " is not a valid name: 1 to 255 characters"}},
		"an alarm of an empty name":    {instead(`"denied-calls"`, `""`), chaintest.TheAlarm, []string{"alarm_name:  is not a valid name: 1 to 255 characters"}},
		"a filter":                     {nil, chaintest.TheFilter, nil},
		"a filter of a wrong name":     {instead(named, `name = "a:b"`), chaintest.TheFilter, []string{"name: a:b is not a valid name: 1 to 512 characters without : and *"}},
		"a metric of a wrong name":     {instead(`name      = "Denied"`, `name = "a$b"`), chaintest.TheFilter, []string{"metric_transformation.name: a$b is not a valid name: 1 to 255 characters without : * $"}},
		"a namespace of AWS":           {instead(`namespace = "Security"`, `namespace = "AWS/Security"`), chaintest.TheFilter, nil},
		"a metric without a namespace": {instead(`namespace = "Security"`+"\n    value", "value"), chaintest.TheFilter, []string{"metric_transformation.namespace: it is missing"}},

		"two transformations":      {instead("    value     = \"1\"\n  }", "    value     = \"1\"\n  }\n  metric_transformation {\n name = \"b\"\n namespace = \"b\"\n value = \"1\"\n }"), chaintest.TheFilter, []string{"metric_transformation: a filter has exactly one transformation, and this one has 2"}},
		"some transformations":     {instead("  metric_transformation {\n    name      = \"Denied\"\n    namespace = \"Security\"\n    value     = \"1\"\n  }", "metric_transformation = hidden()"), chaintest.TheFilter, nil},
		"no transformation":        {instead("  metric_transformation {\n    name      = \"Denied\"\n    namespace = \"Security\"\n    value     = \"1\"\n  }", "metric_transformation = []"), chaintest.TheFilter, []string{"metric_transformation: a filter has exactly one transformation, and this one has 0"}},
		"a unit":                   {unit(`"Count"`), chaintest.TheFilter, nil},
		"a unit of bytes":          {unit(`"Bytes"`), chaintest.TheFilter, nil},
		"a unit of bits":           {unit(`"Bits/Second"`), chaintest.TheFilter, nil},
		"a unit of many bytes":     {unit(`"Kilobytes"`), chaintest.TheFilter, nil},
		"a unit of very many bits": {unit(`"Terabits/Second"`), chaintest.TheFilter, nil},
		"a unit of small bytes":    {unit(`"bytes"`), chaintest.TheFilter, badUnit},
		"a unit of large bytes":    {unit(`"KiloBytes"`), chaintest.TheFilter, badUnit},
		"a unit that is new":       {unit(`"Events"`), chaintest.TheFilter, badUnit},
		"an empty unit":            {unit(`""`), chaintest.TheFilter, nil},
		"some unit":                {unit(`var.unit`), chaintest.TheFilter, nil},
		"a usual value":            {usual(`"0.5"`), chaintest.TheFilter, nil},
		"a usual word":             {usual(`"none"`), chaintest.TheFilter, []string{"metric_transformation.default_value: it is not a number"}},
		"an empty usual value":     {usual(`""`), chaintest.TheFilter, nil},
		"some usual value":         {usual(`var.usual`), chaintest.TheFilter, nil},
		"a long pattern":           {long(1024), chaintest.TheFilter, nil},
		"a pattern too long":       {long(1025), chaintest.TheFilter, []string{"pattern: it is longer than 1,024 characters"}},

		"an alarm":                          {nil, chaintest.TheAlarm, nil},
		"an alarm without a comparison":     {instead(operator, ""), chaintest.TheAlarm, []string{"comparison_operator: it is missing"}},
		"an alarm without a threshold":      {instead(threshold, ""), chaintest.TheAlarm, []string{"threshold: it is missing"}},
		"an alarm over a band":              {instead(threshold, `threshold_metric_id = "e1"`), chaintest.TheAlarm, nil},
		"an alarm by criteria":              {instead(threshold, "evaluation_criteria {\n promql_criteria {\n query = \"up\"\n }\n }"), chaintest.TheAlarm, nil},
		"an alarm by no criteria":           {instead(threshold, "evaluation_criteria = []"), chaintest.TheAlarm, []string{"threshold: it is missing"}},
		"a metric and a query":              {with(metric, "metric_query {\n id = \"m\"\n}"), chaintest.TheAlarm, []string{"metric_query: it cannot be combined with metric_name"}},
		"no metric and a query":             {instead(metric, "metric_name = \"\"\n metric_query {\n id = \"m\"\n}"), chaintest.TheAlarm, nil},
		"a metric and no query":             {with(metric, "metric_query = []"), chaintest.TheAlarm, nil},
		"a query that returns data":         {queries(returns), chaintest.TheAlarm, nil},
		"a query that does not say":         {queries(""), chaintest.TheAlarm, nil},
		"a query that returns none":         {queries(quiet), chaintest.TheAlarm, []string{silent}},
		"queries that return none":          {queries(quiet, quiet), chaintest.TheAlarm, []string{silent}},
		"queries, one does not say":         {queries(quiet, ""), chaintest.TheAlarm, nil},
		"queries, one to be seen":           {queries(quiet, "return_data = var.x"), chaintest.TheAlarm, nil},
		"queries, one returns data":         {queries(quiet, returns), chaintest.TheAlarm, nil},
		"queries that return data":          {queries(returns, returns, quiet), chaintest.TheAlarm, []string{"metric_query: exactly one query must return data, and 2 do"}},
		"queries that return data, a band":  {append(queries(returns, returns), threshold, `threshold_metric_id = "mb"`), chaintest.TheAlarm, nil},
		"a query without an ID":             {instead(metric, "metric_query {\n return_data = true\n}"), chaintest.TheAlarm, []string{"metric_query.id: it is missing"}},
		"five actions":                      {instead(actions, "alarm_actions = "+times(5)), chaintest.TheAlarm, nil},
		"six actions":                       {instead(actions, "alarm_actions = "+times(6)), chaintest.TheAlarm, []string{many("alarm_actions", "6")}},
		"six actions, and seven":            {with(actions, "ok_actions = "+times(6)+"\n insufficient_data_actions = "+times(7)), chaintest.TheAlarm, []string{many("ok_actions", "6"), many("insufficient_data_actions", "7")}},
		"a composite alarm":                 {over(`"ALARM(denied-calls)"`, "alarm_actions = "+times(5)), composite, nil},
		"a composite alarm of many actions": {over(`"ALARM(denied-calls)"`, "alarm_actions = "+times(6)), composite, []string{many("alarm_actions", "6")}},
		"a composite alarm without a rule":  {over("null", ""), composite, []string{"alarm_rule: it is missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, refusedOf(chaintest.Build(t, c.Of(t, chaintest.Complete)), c.address)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestForeignPartitions: nothing leaves a partition, as far as it is known.
func TestForeignPartitions(t *testing.T) {
	const foreign = "broken subscription-endpoint at " + chaintest.TheSubscription + " endpoint"
	for name, c := range map[string]struct {
		endpoint string
		options  []chaintest.Option
		want     string
		why      string
	}{
		"its own":                {"arn:aws:sqs:us-east-1:111122223333:alarms", nil, "ok", ""},
		"another":                {"arn:aws-cn:sqs:us-east-1:111122223333:alarms", nil, foreign, "arn:aws-cn:sqs:us-east-1:111122223333:alarms is in another partition"},
		"another of one unknown": {"arn:aws-cn:sqs:us-east-1:111122223333:alarms", []chaintest.Option{chaintest.WithoutPlace(chaintest.TheSubscription), chaintest.WithoutPlace(chaintest.TheTopic)}, "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, chaintest.Delivered("sqs", `"`+c.endpoint+`"`, ""), c.options...)
			chaintest.Compare(t, chaintest.DeliveryOf(d), c.want, c.why)
		})
	}
}
