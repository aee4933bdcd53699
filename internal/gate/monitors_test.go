package gate_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

func watching(t *testing.T, g *gate.Gate, doc *resource.Document) ([]gate.Watch, *gate.Watch) {
	t.Helper()
	after, before, err := g.Watching(doc)
	if err != nil {
		t.Fatal(err)
	}
	return after, before
}

func planAt(name string) string { return filepath.Join("../../testdata/plans", name, "plan.json") }

// watches tells what a watch is made of: the filters' patterns by alarms.
func watches(w *gate.Watch) map[string][]string {
	if w == nil {
		return nil
	}
	out := map[string][]string{}
	for _, m := range w.Monitors {
		out[m.Alarm] = []string{}
		for _, f := range m.Filters {
			out[m.Alarm] = append(out[m.Alarm], f.Pattern.String())
		}
	}
	return out
}

// TestWatching: the alarms after a plan is applied, and before.
func TestWatching(t *testing.T) {
	const (
		alarm = "aws_cloudwatch_metric_alarm.denied"
		whole = `{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }`
	)
	as := func(pattern string) map[string][]string { return map[string][]string{alarm: {pattern}} }
	for name, c := range map[string]struct{ after, before map[string][]string }{
		"complete":            {as(whole), map[string][]string{}},
		"existing-unchanged":  {as(whole), map[string][]string{}}, // before is as after
		"deletes-the-alarm":   {map[string][]string{}, as(whole)},
		"loosens-the-pattern": {as(`{ $.errorCode = "*UnauthorizedOperation" }`), as(whole)},
		"composite-alarm":     {as(whole), map[string][]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			after, before := watching(t, newGate(t), readPlan(t, planAt(name)))
			if len(after) != 1 || after[0].When != nil {
				t.Fatalf("%+v", after)
			}
			if diff := cmp.Diff(c.after, watches(&after[0])); diff != "" {
				t.Errorf("after: %s", diff)
			}
			if before == nil {
				before = &gate.Watch{}
			}
			if diff := cmp.Diff(c.before, watches(before)); diff != "" {
				t.Errorf("before: %s", diff)
			}
			if of := after[0].Of["unauthorized-api-calls"]; len(of) != len(c.after) || len(of) == 1 && of[0] != alarm {
				t.Errorf("of the control: %q", of)
			}
		})
	}
}

// TestWatchingComposite: a composite alarm over the alarm, and one that it names besides.
func TestWatchingComposite(t *testing.T) {
	after, _ := watching(t, newGate(t), readPlan(t, planAt("composite-alarm")))
	if len(after[0].Composites) != 1 {
		t.Fatalf("%+v", after[0])
	}
	c := after[0].Composites[0]
	if c.Name != "security" || !strings.Contains(c.Unknown, "an alarm that the input does not have") || !cmp.Equal(c.Children, map[string]string{"denied-api-calls": "aws_cloudwatch_metric_alarm.denied"}) {
		t.Errorf("%+v", c)
	}
}

// TestWatchingControls: an alarm of many controls is told once, and of each control.
func TestWatchingControls(t *testing.T) {
	g := gateFor(t, "", "unauthorized-api-calls", "root-account-usage")
	after, _ := watching(t, g, readPlan(t, planAt("all-controls")))
	addresses := []string{}
	for _, m := range after[0].Monitors {
		addresses = append(addresses, m.Alarm)
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(addresses))); len(unique) != len(addresses) || len(unique) < 2 {
		t.Errorf("%q", addresses)
	}
	for _, id := range []string{"unauthorized-api-calls", "root-account-usage"} {
		for _, alarm := range after[0].Of[id] {
			if !slices.Contains(addresses, alarm) {
				t.Errorf("%s of %s is none of %q", alarm, id, addresses)
			}
		}
		if len(after[0].Of[id]) == 0 {
			t.Errorf("no alarm of %s", id)
		}
	}
}

// TestWatchingPlans: of every real plan there is an answer, and a monitor either has
// filters or says why its states are not known.
func TestWatchingPlans(t *testing.T) {
	files, err := filepath.Glob(planAt("*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	g := newGate(t)
	for _, file := range files {
		after, before := watching(t, g, readPlan(t, file))
		if before != nil {
			after = append(after, *before)
		}
		for _, w := range after {
			for _, m := range w.Monitors {
				if (m.Unknown == "") != (len(m.Filters) > 0) || m.Alarm == "" {
					t.Errorf("%s: %+v", file, m)
				}
			}
		}
	}
}

// TestWatchingCases: a template with a parameter is one of several worlds.
func TestWatchingCases(t *testing.T) {
	const template = `{"Parameters":{"On":{"Type":"String","AllowedValues":["yes","no"]}},"Conditions":{"IsOn":{"Fn::Equals":[{"Ref":"On"},"yes"]}},
"Resources":{
"Group":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"trail"}},
"Filter":{"Type":"AWS::Logs::MetricFilter","Properties":{"LogGroupName":{"Ref":"Group"},"FilterPattern":"{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }",
 "MetricTransformations":[{"MetricName":"Denied","MetricNamespace":"S","MetricValue":"1"}]}},
"Alarm":{"Type":"AWS::CloudWatch::Alarm","Condition":"IsOn","Properties":{"MetricName":"Denied","Namespace":"S","Statistic":"Sum","Period":300,"EvaluationPeriods":1,"Threshold":1,
 "ComparisonOperator":"GreaterThanOrEqualToThreshold"}}}}`
	doc, err := cfn.Read(context.Background(), []cfn.Input{{Path: "t.json", Reader: strings.NewReader(template)}}, cfn.Options{})
	if err != nil {
		t.Fatal(err)
	}
	after, before := watching(t, newGate(t), doc)
	if before != nil || len(after) != 2 {
		t.Fatalf("%+v, %+v", after, before)
	}
	alarms := []int{}
	for _, w := range after {
		alarms = append(alarms, len(w.Monitors))
		if len(w.When) != 1 {
			t.Errorf("%q", w.When)
		}
	}
	if slices.Sort(alarms); !slices.Equal(alarms, []int{0, 1}) {
		t.Errorf("%d alarms", alarms)
	}
}

// TestDeclared: what the configuration says is no reason for an alarm.
func TestDeclared(t *testing.T) {
	controls, err := control.Select([]string{"unauthorized-api-calls"})
	if err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	own := config.Exclusion{Pattern: `{ $.eventName = "DescribeScheduledEvents" }`, Reason: "a known scanner"}
	usual, err := gate.New(policy.Load(verdict.IDs(controls)), controls, c).Declared(controls[0])
	if err != nil {
		t.Fatal(err)
	}
	c.Exclusions = append(c.Exclusions, own)
	all, err := gate.New(policy.Load(verdict.IDs(controls)), controls, c).Declared(controls[0])
	if err != nil || len(all) != len(usual)+1 || !all[len(all)-1].Match([]byte(`{"eventName":"DescribeScheduledEvents"}`)) {
		t.Errorf("%d and %d, %v", len(usual), len(all), err)
	}
}
