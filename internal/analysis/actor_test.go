package analysis

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// over is a composite alarm that tells the topic.
func over(name, rule string) string {
	return `
aws_cloudwatch_composite_alarm "` + name + `" {
  alarm_name    = "` + name + `"
  alarm_rule    = ` + rule + `
  alarm_actions = [aws_sns_topic.security.arn]
}`
}

const throughAny = theAlarm + " > aws_cloudwatch_composite_alarm.any"

// firesThrough is whether those who act through a path do, "" where they do not.
func firesThrough(d *Document, path string) string {
	a, acts := d.Alarms[theAlarm].Actors[path]
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
		want string // "" where the composite alarm is none of the actors
		why  string
	}{
		"the alarm by name":                     {`"ALARM(denied-calls)"`, "yes", ""},
		"the alarm by ARN":                      {`"ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied-calls)"`, "yes", ""},
		"an alarm of that name elsewhere":       {`"ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:denied-calls)"`, "", ""},
		"another alarm":                         {`"ALARM(other)"`, "", ""},
		"the alarm or another":                  {`"ALARM(denied-calls) OR ALARM(other)"`, "yes", ""},
		"the alarm and another":                 {`"ALARM(denied-calls) AND ALARM(other)"`, "no", "the rule stays false when this alarm alone goes off"},
		"while the alarm is quiet":              {`"NOT ALARM(denied-calls)"`, "no", "the rule stays false"},
		"the alarm while another one is OK":     {`"ALARM(denied-calls) AND OK(other)"`, "unknown", "depends on other alarms"},
		"a name that a variable ends":           {`"ALARM(denied-${var.what})"`, "unknown", unnamed},
		"a name that a variable ends otherwise": {`"ALARM(other-${var.what})"`, "", ""},
		"a term that is a variable":             {`"ALARM(other) OR ${var.term}"`, "unknown", unnamed},
		"once by name and once perhaps":         {`"ALARM(denied-calls) AND NOT ALARM(${var.other})"`, "unknown", "once more is not known"},
		"a rule that cannot be seen":            {`hidden()`, "unknown", unknown},
		"a rule made from the alarm":            {"made(" + theAlarm + ".alarm_name)", "unknown", unknown},
		"a rule made from another alarm":        {"made(" + other + ".alarm_name)", "", ""},
		"no rule, about the alarm":              {`"ALARM(denied-calls"`, "no", "alarm_rule does not parse"},
		"no rule, about another alarm":          {`"ALARM(other"`, "", ""},
		"no rule, with a variable in it":        {`"ALARM(other ${var.what}"`, "unknown", unknown},
	} {
		t.Run(name, func(t *testing.T) {
			d := facts(t, complete+over("any", c.rule))
			got := d.Alarms[theAlarm].Actors[throughAny]
			if fires := firesThrough(d, throughAny); fires != c.want || !strings.Contains(got.Reason, c.why) {
				t.Errorf("it fires: %q (%s), want %q (%s)", fires, got.Reason, c.want, c.why)
			}
		})
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
	} {
		d := facts(t, edits{`"denied-calls"`, c.name}.of(t, complete)+over("any", c.rule))
		if got := firesThrough(d, throughAny); got != c.want {
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
		through = throughAny + " > aws_cloudwatch_composite_alarm.outer"
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
			d := facts(t, complete+over("any", rule(c.inner, "denied-calls"))+over("outer", rule(c.outer, "any")))
			got := d.Alarms[theAlarm].Actors[through]
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
	d := facts(t, complete+over("any", `"ALARM(denied-calls) AND ALARM(inner)"`)+over("outer", `"ALARM(any) AND OK(outer-other)"`))
	reason := d.Alarms[theAlarm].Actors[throughAny+" > aws_cloudwatch_composite_alarm.outer"].Reason
	if !strings.Contains(reason, "ALARM(inner)") {
		t.Errorf("%q", reason)
	}
}

// TestPathsOfComposites: every path is told once, a circle ends, and depth is bounded.
func TestPathsOfComposites(t *testing.T) {
	t.Run("a circle", func(t *testing.T) {
		d := facts(t, complete+over("any", `"ALARM(denied-calls) OR ALARM(outer)"`)+over("outer", `"ALARM(any)"`))
		want := []string{theAlarm, throughAny, throughAny + " > aws_cloudwatch_composite_alarm.outer"}
		if got := slices.Sorted(maps.Keys(d.Alarms[theAlarm].Actors)); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
	t.Run("a tower", func(t *testing.T) {
		world, below := complete, "denied-calls"
		for i := range maxNesting + 2 {
			name := "c" + strconv.Itoa(i)
			world += over(name, `"ALARM(`+below+`)"`)
			below = name
		}
		if got := len(facts(t, world).Alarms[theAlarm].Actors); got != 1+maxNesting {
			t.Errorf("%d actors", got)
		}
	})
	t.Run("two alarms, each with its own", func(t *testing.T) {
		second := "aws_cloudwatch_metric_alarm \"second\" {\n alarm_name = \"second\"\n}"
		d := facts(t, complete+second+over("any", `"ALARM(denied-calls)"`)+over("both", `"ALARM(denied-calls) OR ALARM(second)"`))
		const other = "aws_cloudwatch_metric_alarm.second"
		want := map[string][]string{
			theAlarm: {theAlarm, throughAny, theAlarm + " > aws_cloudwatch_composite_alarm.both"},
			other:    {other, other + " > aws_cloudwatch_composite_alarm.both"},
		}
		for alarm, paths := range want {
			if got := slices.Sorted(maps.Keys(d.Alarms[alarm].Actors)); !slices.Equal(got, paths) {
				t.Errorf("%s: %q", alarm, got)
			}
		}
	})
}

func TestActorsSettings(t *testing.T) {
	enabled := func(v bool) *bool { return &v }
	for name, c := range map[string]struct {
		edits
		enabled *bool
		text    string
	}{
		"by default":    {nil, enabled(true), "true"},
		"switched off":  {edits{"alarm_actions ", "actions_enabled = false\n alarm_actions "}, enabled(false), "false"},
		"by a variable": {edits{"alarm_actions ", "actions_enabled = var.tell\n alarm_actions "}, nil, "what var.tell decides"},
	} {
		t.Run(name, func(t *testing.T) {
			got := facts(t, c.of(t, complete)).Alarms[theAlarm].Actors[theAlarm]
			if diff := cmp.Diff(c.enabled, got.Enabled); diff != "" || got.Text != c.text {
				t.Errorf("%q %s", got.Text, diff)
			}
		})
	}
	suppressed := strings.Replace(over("any", `"ALARM(denied-calls)"`), "alarm_actions", "actions_suppressor { alarm = \"maintenance\" }\n alarm_actions", 1)
	if got := facts(t, complete+suppressed).Alarms[theAlarm].Actors[throughAny].Suppressor; got != "maintenance" {
		t.Errorf("suppressed by %q", got)
	}
}

// lineOf is an action in one line.
func lineOf(id string, a Action) string {
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
		good      = "0 " + theTopic + ": known, topic " + theTopic + ", region yes"
	)
	for name, c := range map[string]struct {
		edits
		want []string
	}{
		"a topic of the input": {nil, []string{good}},
		"none":                 {edits{list, "[]"}, nil},
		"two topics": {edits{list, "[aws_sns_topic.second.arn, aws_sns_topic.security.arn]", "", second}, []string{
			"0 aws_sns_topic.second: known, topic aws_sns_topic.second, region yes", "1 " + theTopic + ": known, topic " + theTopic + ", region yes"}},
		"one of two topics": {edits{list, "[one(aws_sns_topic.second.arn, aws_sns_topic.security.arn)]", "", second}, []string{
			"0 aws_sns_topic.second: inferred, topic aws_sns_topic.second, group 0, region yes", "0 " + theTopic + ": inferred, topic " + theTopic + ", group 0, region yes"}},
		"a topic by its ARN":        {edits{list, `["arn:aws:sns:us-east-1:111122223333:security"]`}, []string{good}},
		"a topic outside":           {edits{list, `["` + elsewhere + `"]`}, []string{"0 " + elsewhere + ": external, topic " + elsewhere + ", region yes"}},
		"a topic of another region": {edits{list, `["` + far + `"]`}, []string{"0 " + far + ": external, topic " + far + ", region no"}},
		"a variable":                {edits{list, "[var.topic]"}, []string{"0: external, region unknown"}},
		"what cannot be seen":       {edits{list, "[hidden()]"}, []string{"0: unknown, region unknown"}},
		"a function":                {edits{list, "[aws_lambda_function.f.arn]", "", "aws_lambda_function \"f\" {\n function_name = \"f\"\n}"}, []string{"0: unknown, foreign aws_lambda_function, region unknown"}},
		"an ARN of another service": {edits{list, `["arn:aws:ssm:us-east-1:111122223333:opsitem:1"]`}, []string{"0: external, foreign ssm, region unknown"}},
		"a text that is no ARN":     {edits{list, `["oncall@example.org"]`}, []string{"0: external, foreign a text that is no ARN, region unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			actions := facts(t, c.of(t, complete)).Alarms[theAlarm].Actors[theAlarm].Actions
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
	world := complete + "aws_lambda_function \"f\" {\n function_name = \"f\"\n}\n"
	for name, c := range map[string]struct {
		refs []string
		want []string
	}{
		"a topic":               {[]string{theTopic + " arn"}, []string{"0 " + theTopic + ": inferred, topic " + theTopic + ", group 0, region yes"}},
		"a function":            {[]string{function + " arn"}, []string{"0 " + function + ": inferred, foreign aws_lambda_function, group 0, region unknown"}},
		"what no alarm acts on": {[]string{theGroup + " arn", function + " function_name"}, []string{"0: unknown, region unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			d := facts(t, world, setting(theAlarm, "alarm_actions", resource.ListValue(local("on_alarm", c.refs...))))
			actions := d.Alarms[theAlarm].Actors[theAlarm].Actions
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
	settled := at(theAlarm, func(r *resource.Resource) {
		r.Settled = map[string]resource.Position{"alarm_actions": {File: "main.tf", Line: 7}, "threshold": {}}
	})
	d := facts(t, complete, settled)
	a := d.Alarms[theAlarm].Actors[theAlarm].Actions["0 "+theTopic]
	if a.State != LinkInferred || a.Reason != "the plan leaves it open, main.tf:7 says it" {
		t.Errorf("%s: %s", a.State, a.Reason)
	}
	// The action says it, so the alarm need not.
	want := map[string]string{"threshold": "the plan leaves it open, the code says it"}
	if diff := cmp.Diff(want, d.Alarms[theAlarm].Settled); diff != "" {
		t.Error(diff)
	}
	outside := edits{"[aws_sns_topic.security.arn]", "[var.topic]"}.of(t, complete)
	if a := facts(t, outside, settled).Alarms[theAlarm].Actors[theAlarm].Actions["0"]; a.State != LinkExternal {
		t.Errorf("a variable is %s", a.State)
	}
}
