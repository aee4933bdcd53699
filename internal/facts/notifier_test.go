package facts_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// firesThrough is whether those who act through a path do, "" if they do not.
func firesThrough(d *document.Document, path string) string {
	a, acts := d.Alarms[chaintest.TheAlarm].Notifiers[path]
	if !acts {
		return ""
	}
	return a.Fires.String()
}

// TestCompositeRules: what a rule says of the alarm when nothing else happens.
func TestCompositeRules(t *testing.T) {
	const (
		other   = "aws_cloudwatch_metric_alarm.other"
		unknown = "alarm_rule is not known"
		unnamed = "whether it names this alarm is not known"
	)
	for name, c := range map[string]struct {
		rule string
		want string // "" if the composite alarm is none of the actors
		why  string
	}{
		"the alarm by name":                     {`"ALARM(denied-calls)"`, "yes", ""},
		"the alarm by ARN":                      {`"ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied-calls)"`, "yes", ""},
		"an alarm of that name elsewhere":       {`"ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:denied-calls)"`, "", ""},
		"another alarm":                         {`"ALARM(other)"`, "", ""},
		"the alarm or another":                  {`"ALARM(denied-calls) OR ALARM(other)"`, "yes", ""},
		"the alarm and another":                 {`"ALARM(denied-calls) AND ALARM(other)"`, "no", "the rule stays false when this alarm alone goes off"},
		"while the alarm is quiet":              {`"NOT ALARM(denied-calls)"`, "no", "the rule stays false"},
		"the alarm while another one is OK":     {`"ALARM(denied-calls) AND OK(other)"`, "unknown", "depends on the states of alarms while nothing happens"},
		"the alarm unless it is OK":             {`"NOT OK(denied-calls)"`, "yes", ""},
		"a name that a variable ends":           {`"ALARM(denied-${var.what})"`, "unknown", unnamed},
		"a name that a variable ends otherwise": {`"ALARM(other-${var.what})"`, "", ""},
		"a term that is a variable":             {`"ALARM(other) OR ${var.term}"`, "unknown", unnamed},
		"once by name and once perhaps":         {`"ALARM(denied-calls) AND NOT ALARM(${var.other})"`, "unknown", "again is not known"},
		"a rule that cannot be seen":            {`hidden()`, "unknown", unknown},
		"a rule made from the alarm":            {"made(" + chaintest.TheAlarm + ".alarm_name)", "unknown", unknown},
		"a rule made from another alarm":        {"made(" + other + ".alarm_name)", "unknown", unknown},
		"no rule, about the alarm":              {`"ALARM(denied-calls"`, "no", "alarm_rule does not parse"},
		"no rule, about another alarm":          {`"ALARM(other"`, "", ""},
		"no rule, with a variable in it":        {`"ALARM(other ${var.what}"`, "unknown", unknown},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", c.rule))
			got := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.ThroughAny]
			if fires := firesThrough(d, chaintest.ThroughAny); fires != c.want || !strings.Contains(got.Reason, c.why) {
				t.Errorf("it fires: %q (%s), want %q (%s)", fires, got.Reason, c.want, c.why)
			}
		})
	}
}

// TestCompositesAtRest: what treats missing data as not breaching rests in OK; what else
// an alarm rests in depends on the data that arrives.
func TestCompositesAtRest(t *testing.T) {
	const notOK, quiet, through = `"NOT OK(denied-calls)"`, `"ALARM(denied-calls) AND OK(other)"`, chaintest.ThroughAny + " > aws_cloudwatch_composite_alarm.outer"
	other := func(missing string) string {
		return "\n" + strings.NewReplacer(`"denied"`, `"other"`, `"denied-calls"`, `"other"`, `"notBreaching"`, missing).Replace(chaintest.TextOf(chaintest.TheAlarm))
	}
	for name, c := range map[string]struct {
		missing, rule, more, path, want string
	}{
		"not breaching":                      {`"notBreaching"`, notOK, "", chaintest.ThroughAny, "yes"},
		"missing":                            {`"missing"`, notOK, "", chaintest.ThroughAny, "unknown"},
		"ignored":                            {`"ignore"`, notOK, "", chaintest.ThroughAny, "unknown"},
		"by default":                         {"null", notOK, "", chaintest.ThroughAny, "unknown"},
		"as a variable says":                 {"var.missing", notOK, "", chaintest.ThroughAny, "unknown"},
		"another one, not breaching":         {`"missing"`, quiet, other(`"notBreaching"`), chaintest.ThroughAny, "yes"},
		"another one, missing":               {`"missing"`, quiet, other(`"missing"`), chaintest.ThroughAny, "unknown"},
		"another one, of two with one name":  {`"missing"`, quiet, other(`"notBreaching"`) + strings.Replace(other(`"missing"`), `"other"`, `"twin"`, 1), chaintest.ThroughAny, "unknown"},
		"another one, of another region":     {`"missing"`, quiet, strings.Replace(other(`"notBreaching"`), "{", "{\n at = \"eu-west-1 111122223333\"", 1), chaintest.ThroughAny, "unknown"},
		"a composite alarm":                  {`"missing"`, `"ALARM(denied-calls)"`, chaintest.Over("outer", `"NOT OK(any)"`), through, "yes"},
		"a composite alarm that nobody sees": {`"missing"`, notOK, chaintest.Over("outer", `"NOT OK(any)"`), through, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, chaintest.Edits{`"notBreaching"`, c.missing}.Of(t, chaintest.Complete)+chaintest.Over("any", c.rule)+c.more)
			if got := firesThrough(d, c.path); got != c.want {
				t.Errorf("it fires: %q, want %q", got, c.want)
			}
		})
	}
}

// TestCompositesElsewhere: a rule is about alarms of its own region and account.
func TestCompositesElsewhere(t *testing.T) {
	const at = "\n at = "
	byName, byReference := `"ALARM(denied-calls)"`, "made("+chaintest.TheAlarm+".alarm_name)"
	for _, c := range []struct {
		rule, want, why string
		options         []chaintest.Option
	}{
		{byName, "yes", "", nil},
		{byName + at + `"us-east-1 111122223333"`, "yes", "", nil},
		{byName + at + `"eu-west-1 111122223333"`, "", "", nil},
		{byName + at + `"us-east-1 444455556666"`, "", "", nil},
		{byReference + at + `"eu-west-1 111122223333"`, "", "", nil},
		{byName, "unknown", "whether it names this alarm is not known", []chaintest.Option{chaintest.WithoutPlace("aws_cloudwatch_composite_alarm.any")}},
	} {
		d := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", c.rule), c.options...)
		got := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.ThroughAny]
		if fires := firesThrough(d, chaintest.ThroughAny); fires != c.want || !strings.Contains(got.Reason, c.why) {
			t.Errorf("%s: it fires: %q (%s), want %q (%s)", c.rule, fires, got.Reason, c.want, c.why)
		}
	}
}

// TestRulesAboutNoName: an alarm whose name nobody knows may be any that a rule names;
// one without a name is none.
func TestRulesAboutNoName(t *testing.T) {
	for _, c := range []struct {
		name, rule string
		want       string
	}{
		{"hidden()", `"ALARM(denied-calls)"`, "unknown"},
		{"hidden()", `"ALARM(denied-calls"`, ""},
		{`""`, `"ALARM(denied-calls)"`, ""},
		{`""`, `"ALARM(denied-calls"`, ""},
		{"null", `"ALARM(denied-calls)"`, ""},
		{"null", "made(aws_cloudwatch_metric_alarm.other.alarm_name)", ""},
		{`""`, "made(aws_cloudwatch_metric_alarm.other.alarm_name)", ""},
		{"hidden()", "made(aws_cloudwatch_metric_alarm.other.alarm_name)", ""},
	} {
		d := chaintest.Build(t, chaintest.Edits{`"denied-calls"`, c.name}.Of(t, chaintest.Complete)+chaintest.Over("any", c.rule))
		if got := firesThrough(d, chaintest.ThroughAny); got != c.want {
			t.Errorf("%s over %s: %q, want %q", c.rule, c.name, got, c.want)
		}
	}
}

// TestNestedComposites: an alarm that is not told by the inner alarm is not told by
// the outer one either.
func TestNestedComposites(t *testing.T) {
	const (
		sure    = `ALARM(%)`
		open    = `ALARM(%) AND OK(other)`
		never   = `ALARM(%) AND ALARM(other)`
		through = chaintest.ThroughAny + " > aws_cloudwatch_composite_alarm.outer"
	)
	for name, c := range map[string]struct {
		inner, outer string
		want         truth.Truth
	}{
		"both go off":                        {sure, sure, truth.Yes},
		"the outer perhaps":                  {sure, open, truth.Unknown},
		"the inner perhaps":                  {open, sure, truth.Unknown},
		"the inner never":                    {never, sure, truth.No},
		"the inner never, the outer perhaps": {never, open, truth.No},
		"the inner perhaps, the outer never": {open, never, truth.No},
	} {
		t.Run(name, func(t *testing.T) {
			rule := func(of, child string) string { return `"` + strings.ReplaceAll(of, "%", child) + `"` }
			d := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", rule(c.inner, "denied-calls"))+chaintest.Over("outer", rule(c.outer, "any")))
			got := d.Alarms[chaintest.TheAlarm].Notifiers[through]
			if got.Fires != c.want {
				t.Errorf("the outer alarm goes off: %q, want %q", got.Fires, c.want)
			}
			if (got.Reason == "") != (c.want == truth.Yes) {
				t.Errorf("goes off: %s, because %q", got.Fires, got.Reason)
			}
			if want := []string{"aws_cloudwatch_composite_alarm.any", "aws_cloudwatch_composite_alarm.outer"}; !slices.Equal(got.Composite, want) {
				t.Errorf("by way of %v", got.Composite)
			}
		})
	}
}

// TestReasonOfTheInner: what keeps the inner alarm silent is told of the outer one.
func TestReasonOfTheInner(t *testing.T) {
	d := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", `"ALARM(denied-calls) AND ALARM(inner)"`)+chaintest.Over("outer", `"ALARM(any) AND OK(outer-other)"`))
	reason := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.ThroughAny+" > aws_cloudwatch_composite_alarm.outer"].Reason
	if !strings.Contains(reason, "ALARM(inner)") {
		t.Errorf("%q", reason)
	}
}

// TestPathsOfComposites: every path is told once, a circle ends, and depth is bounded.
func TestPathsOfComposites(t *testing.T) {
	t.Run("a circle", func(t *testing.T) {
		d := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", `"ALARM(denied-calls) OR ALARM(outer)"`)+chaintest.Over("outer", `"ALARM(any)"`))
		want := []string{chaintest.TheAlarm, chaintest.ThroughAny, chaintest.ThroughAny + " > aws_cloudwatch_composite_alarm.outer"}
		if got := slices.Sorted(maps.Keys(d.Alarms[chaintest.TheAlarm].Notifiers)); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
	t.Run("a tower", func(t *testing.T) {
		world, below := chaintest.Complete, "denied-calls"
		for i := range facts.MaxNesting + 2 {
			name := "c" + strconv.Itoa(i)
			world += chaintest.Over(name, `"ALARM(`+below+`)"`)
			below = name
		}
		if got := len(chaintest.Build(t, world).Alarms[chaintest.TheAlarm].Notifiers); got != 1+facts.MaxNesting {
			t.Errorf("%d actors", got)
		}
	})
	t.Run("two alarms, each with its own", func(t *testing.T) {
		second := "aws_cloudwatch_metric_alarm \"second\" {\n alarm_name = \"second\"\n}"
		d := chaintest.Build(t, chaintest.Complete+second+chaintest.Over("any", `"ALARM(denied-calls)"`)+chaintest.Over("both", `"ALARM(denied-calls) OR ALARM(second)"`))
		const other = "aws_cloudwatch_metric_alarm.second"
		want := map[string][]string{
			chaintest.TheAlarm: {chaintest.TheAlarm, chaintest.ThroughAny, chaintest.TheAlarm + " > aws_cloudwatch_composite_alarm.both"},
			other:              {other, other + " > aws_cloudwatch_composite_alarm.both"},
		}
		for alarm, paths := range want {
			if got := slices.Sorted(maps.Keys(d.Alarms[alarm].Notifiers)); !slices.Equal(got, paths) {
				t.Errorf("%s: %q", alarm, got)
			}
		}
	})
}

func TestActorsSettings(t *testing.T) {
	enabled := func(v bool) *bool { return &v }
	for name, c := range map[string]struct {
		chaintest.Edits
		enabled *bool
		text    string
	}{
		"by default":    {nil, enabled(true), "true"},
		"switched off":  {chaintest.Edits{"alarm_actions ", "actions_enabled = false\n alarm_actions "}, enabled(false), "false"},
		"by a variable": {chaintest.Edits{"alarm_actions ", "actions_enabled = var.tell\n alarm_actions "}, nil, "what var.tell decides"},
	} {
		t.Run(name, func(t *testing.T) {
			got := chaintest.Build(t, c.Of(t, chaintest.Complete)).Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm]
			if diff := cmp.Diff(c.enabled, got.Enabled); diff != "" || got.Text != c.text {
				t.Errorf("%q %s", got.Text, diff)
			}
		})
	}
	suppressed := strings.Replace(chaintest.Over("any", `"ALARM(denied-calls)"`), "alarm_actions", "actions_suppressor { alarm = \"maintenance\" }\n alarm_actions", 1)
	if got := chaintest.Build(t, chaintest.Complete+suppressed).Alarms[chaintest.TheAlarm].Notifiers[chaintest.ThroughAny].Suppressor; got != "maintenance" {
		t.Errorf("suppressed by %q", got)
	}
}

// lineOf returns an action in one line.
func lineOf(id string, a document.Action) string {
	line := id + ": " + string(a.State)
	for _, part := range [][2]string{{"topic", a.Topic}, {"foreign", a.Foreign}, {"group", a.Group}, {"region", a.Region.String()}} {
		if part[1] != "" {
			line += ", " + part[0] + " " + part[1]
		}
	}
	return line
}

func TestActions(t *testing.T) {
	const (
		list      = "[aws_sns_topic.security.arn]"
		second    = "aws_sns_topic \"second\" {\n name = \"second\"\n}"
		elsewhere = "arn:aws:sns:us-east-1:111122223333:elsewhere"
		far       = "arn:aws:sns:eu-west-1:111122223333:elsewhere"
		good      = "0 " + chaintest.TheTopic + ": known, topic " + chaintest.TheTopic + ", region yes"
	)
	for name, c := range map[string]struct {
		chaintest.Edits
		want []string
	}{
		"a topic of the input": {nil, []string{good}},
		"none":                 {chaintest.Edits{list, "[]"}, nil},
		"two topics": {chaintest.Edits{list, "[aws_sns_topic.second.arn, aws_sns_topic.security.arn]", "", second}, []string{
			"0 aws_sns_topic.second: known, topic aws_sns_topic.second, region yes", "1 " + chaintest.TheTopic + ": known, topic " + chaintest.TheTopic + ", region yes"}},
		"one of two topics": {chaintest.Edits{list, "[one(aws_sns_topic.second.arn, aws_sns_topic.security.arn)]", "", second}, []string{
			"0 aws_sns_topic.second: inferred, topic aws_sns_topic.second, group 0, region yes", "0 " + chaintest.TheTopic + ": inferred, topic " + chaintest.TheTopic + ", group 0, region yes"}},
		"a topic by its ARN":        {chaintest.Edits{list, `["arn:aws:sns:us-east-1:111122223333:security"]`}, []string{good}},
		"a topic outside":           {chaintest.Edits{list, `["` + elsewhere + `"]`}, []string{"0 " + elsewhere + ": external, topic " + elsewhere + ", region yes"}},
		"a topic of another region": {chaintest.Edits{list, `["` + far + `"]`}, []string{"0 " + far + ": external, topic " + far + ", region no"}},
		"a variable":                {chaintest.Edits{list, "[var.topic]"}, []string{"0: external, region unknown"}},
		"what cannot be seen":       {chaintest.Edits{list, "[hidden()]"}, []string{"0: unknown, region unknown"}},
		"a function":                {chaintest.Edits{list, "[aws_lambda_function.f.arn]", "", "aws_lambda_function \"f\" {\n function_name = \"f\"\n}"}, []string{"0: unknown, foreign aws_lambda_function, region unknown"}},
		"an ARN of another service": {chaintest.Edits{list, `["arn:aws:ssm:us-east-1:111122223333:opsitem:1"]`}, []string{"0: external, foreign ssm, region unknown"}},
		"a text that is not an ARN": {chaintest.Edits{list, `["oncall@example.org"]`}, []string{"0: external, foreign a text that is not an ARN, region unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			actions := chaintest.Build(t, c.Of(t, chaintest.Complete)).Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions
			for _, id := range slices.Sorted(maps.Keys(actions)) {
				got = append(got, lineOf(id, actions[id]))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestActionsByLocals: what a local may hold, topics and other things that an alarm
// may act on.
func TestActionsByLocals(t *testing.T) {
	const function = "aws_lambda_function.f"
	world := chaintest.Complete + "aws_lambda_function \"f\" {\n function_name = \"f\"\n}\n"
	for name, c := range map[string]struct {
		refs []string
		want []string
	}{
		"a topic":               {[]string{chaintest.TheTopic + " arn"}, []string{"0 " + chaintest.TheTopic + ": inferred, topic " + chaintest.TheTopic + ", group 0, region yes"}},
		"a function":            {[]string{function + " arn"}, []string{"0 " + function + ": inferred, foreign aws_lambda_function, group 0, region unknown"}},
		"what no alarm acts on": {[]string{chaintest.TheGroup + " arn", function + " function_name"}, []string{"0: unknown, region unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			d := chaintest.Build(t, world, chaintest.Setting(chaintest.TheAlarm, "alarm_actions", resource.ListValue(chaintest.Local("on_alarm", c.refs...))))
			actions := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions
			for _, id := range slices.Sorted(maps.Keys(actions)) {
				got = append(got, lineOf(id, actions[id]))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestActionThatCodeSettles: the plan does not have it, so it is likely and no more.
func TestActionThatCodeSettles(t *testing.T) {
	settled := chaintest.At(chaintest.TheAlarm, func(r *resource.Resource) {
		r.Settled = map[string]resource.Position{"alarm_actions": {File: "main.tf", Line: 7}, "threshold": {}}
	})
	d := chaintest.Build(t, chaintest.Complete, settled)
	a := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions["0 "+chaintest.TheTopic]
	if a.State != document.LinkInferred || a.Reason != "the plan leaves it open, main.tf:7 says it" {
		t.Errorf("%s: %s", a.State, a.Reason)
	}
	// The action says it, so the alarm need not.
	want := map[string]string{"threshold": "the plan leaves it open, the code says it"}
	if diff := cmp.Diff(want, d.Alarms[chaintest.TheAlarm].Settled); diff != "" {
		t.Error(diff)
	}
	outside := chaintest.Edits{"[aws_sns_topic.security.arn]", "[var.topic]"}.Of(t, chaintest.Complete)
	if a := chaintest.Build(t, outside, settled).Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions["0"]; a.State != document.LinkExternal {
		t.Errorf("a variable is %s", a.State)
	}
}
