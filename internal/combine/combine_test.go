package combine

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
)

func document(t *testing.T, format resource.Format, world string) *resource.Document {
	t.Helper()
	return &resource.Document{Format: format, Resources: resourcetest.World(t, world), Total: 1}
}

func addresses(world []*resource.Resource) string {
	var all []string
	for _, r := range world {
		all = append(all, r.Address)
	}
	return strings.Join(all, " ")
}

// What two inputs have is there once, as the plan has it; what has no name that is
// known for certain is there as often as it is written.
func TestInputs(t *testing.T) {
	const arn = `arn = "arn:aws:sns:us-east-1:111122223333:t"`
	state := document(t, resource.State, `aws_sns_topic "state" { `+arn+` }
aws_cloudwatch_log_group "g" { name = "g" }`)
	plan := document(t, resource.Plan, `aws_sns_topic "plan" { `+arn+` }
data "aws_sns_topic" "d" { `+arn+` }`)
	plan.Before = resourcetest.World(t, `aws_sns_topic "old" {}`)
	state.Notes, state.Incomplete, state.Secrets = []string{"note"}, []string{"why"}, []string{"secret"}
	plan.Gaps = []resource.Gap{{Text: "gap"}}
	plan.Locate = func(address string) *resource.Resource { return &resource.Resource{Address: address} }
	plan.InlineWaivers = func() []*resource.InlineWaiver { return []*resource.InlineWaiver{{Control: "vpc-changes"}} }

	doc := Inputs([]*resource.Document{state, plan}, []string{"a", "b"})
	if got := addresses(doc.Resources); got != "aws_cloudwatch_log_group.g aws_sns_topic.plan data.aws_sns_topic.d" {
		t.Errorf("after: %s", got)
	}
	if got := addresses(doc.Before); got != "aws_cloudwatch_log_group.g aws_sns_topic.old aws_sns_topic.state" {
		t.Errorf("before: %s", got)
	}
	if doc.Path != Path || doc.Format != resource.Mixed || doc.Total != 2 {
		t.Errorf("%s, %s, %d resources", doc.Path, doc.Format, doc.Total)
	}
	if want := []string{"as one account: a, b", "note"}; !slices.Equal(doc.Notes, want) {
		t.Errorf("notes %q, want %q", doc.Notes, want)
	}
	if len(doc.Incomplete) != 1 || len(doc.Gaps) != 1 || len(doc.Secrets) != 1 || len(doc.InlineWaivers()) != 1 || doc.Locate("x") == nil {
		t.Errorf("%+v", doc)
	}
	for _, r := range doc.Resources {
		if r.Scope.Provider != sharedProvider {
			t.Errorf("%s is of %s", r.Address, r.Scope.Provider)
		}
	}
}

// A region that one input does not know is that of the others.
func TestInputsShareTheirProvider(t *testing.T) {
	symbol := func(provider string) resource.Value {
		return resource.UnknownValue(resource.Origin{Symbolic: resource.Symbol(resource.OfProvider("region", provider)) + ":t"})
	}
	a, b := document(t, resource.HCL, `aws_sns_topic "a" {}`), document(t, resource.HCL, `aws_sns_topic "b" {}`)
	for _, r := range []*resource.Resource{a.Resources[0], b.Resources[0]} {
		r.Scope = resource.Scope{Provider: r.Name, RegionOf: resource.OfProvider("region", r.Name)}
		r.Attributes = resource.MapValue(map[string]resource.Value{"arn": symbol(r.Name)})
	}
	doc := Inputs([]*resource.Document{a, b}, []string{"a", "b"})
	one, two := doc.Resources[0], doc.Resources[1]
	first, _ := one.Attr("arn").Origin()
	second, _ := two.Attr("arn").Origin()
	if one.Scope.RegionName() != two.Scope.RegionName() || first.Symbolic != second.Symbolic || first.Symbolic == "" {
		t.Errorf("%q and %q, %q and %q", one.Scope.RegionName(), two.Scope.RegionName(), first.Symbolic, second.Symbolic)
	}
	if note := doc.Notes[len(doc.Notes)-1]; !strings.HasPrefix(note, "a region or account that an input does not tell") {
		t.Errorf("note %q", note)
	}
}

// Each case of the one document that has some has what the other inputs have.
func TestInputsWithCases(t *testing.T) {
	template := document(t, resource.CloudFormation, `aws_sns_topic "t" {}`)
	template.Cases = []resource.Case{
		{When: []string{"Email is set"}, Resources: resourcetest.World(t, `aws_sns_topic "t" {}`), Gaps: []resource.Gap{{Text: "g"}}},
		{When: []string{"Email is empty"}},
	}
	other := document(t, resource.HCL, `aws_cloudtrail "main" {}`)
	other.Incomplete = []string{"why"}
	doc := Inputs([]*resource.Document{other, template}, []string{"a", "b"})
	if len(doc.Cases) != 2 {
		t.Fatalf("%d cases", len(doc.Cases))
	}
	for i, want := range []string{"aws_cloudtrail.main aws_sns_topic.t", "aws_cloudtrail.main"} {
		if c := doc.Cases[i]; addresses(c.Resources) != want || len(c.Incomplete) != 1 || c.When[0] != template.Cases[i].When[0] {
			t.Errorf("case %d: %s, %v", i, addresses(c.Resources), c.Incomplete)
		}
	}
}

// References of one input never reach into another, nor do its names of regions.
func TestTag(t *testing.T) {
	doc := document(t, resource.HCL, `aws_cloudwatch_metric_alarm "a" { alarm_actions = [aws_sns_topic.t.arn] }
aws_sns_topic "t" {}`)
	doc.Resources[0].Scope.RegionOf, doc.Resources[0].Scope.AccountOf = resource.NamedFor("region", "var.region"), resource.OfProvider("account", "aws")
	doc.Notes, doc.Incomplete, doc.Gaps = []string{"note"}, []string{"why"}, []resource.Gap{{Text: "gap"}}
	doc.Locate = func(address string) *resource.Resource {
		return &resource.Resource{Address: address}
	}
	Tag(doc, "live")
	alarm := doc.Resources[0]
	o, _ := alarm.Attr("alarm_actions", 0).Origin()
	if alarm.Address != "live:aws_cloudwatch_metric_alarm.a" || len(o.Refs) != 1 || o.Refs[0].Address != "live:aws_sns_topic.t" {
		t.Errorf("%s refers to %v", alarm.Address, o.Refs)
	}
	if alarm.Scope.RegionOf != "live:"+resource.NamedFor("region", "var.region") || alarm.Scope.AccountOf != resource.OfProvider("account", "aws") {
		t.Errorf("%+v", alarm.Scope)
	}
	if doc.Notes[0] != "live: note" || doc.Incomplete[0] != "live: why" || doc.Gaps[0].Text != "live: gap" {
		t.Errorf("%q %q %q", doc.Notes, doc.Incomplete, doc.Gaps)
	}
	if r := doc.Locate("live:aws_sns_topic.t"); r == nil || r.Address != "aws_sns_topic.t" || doc.Locate("other:aws_sns_topic.t") != nil {
		t.Errorf("located %v", r)
	}
}

func TestAlternatives(t *testing.T) {
	tofu := &resource.Document{Path: "live", When: []string{"OpenTofu"}, Notes: []string{"b"}, Secrets: []string{"s"}, Resources: resourcetest.World(t, `aws_sns_topic "t" {}`)}
	terraform := &resource.Document{Path: "live", When: []string{"Terraform"}, Notes: []string{"a", "b"}, Secrets: []string{"s"}, Cases: []resource.Case{{When: []string{"Email is set"}}, {When: []string{"Email is empty"}}}}
	if got := Alternatives([]*resource.Document{tofu}, false); got != tofu {
		t.Errorf("one alternative became %+v", got)
	}
	doc := Alternatives([]*resource.Document{tofu, terraform}, false)
	var when []string
	for _, c := range doc.Cases {
		when = append(when, strings.Join(c.When, "+"))
	}
	if want := []string{"OpenTofu", "Terraform+Email is set", "Terraform+Email is empty"}; !slices.Equal(when, want) {
		t.Errorf("cases %q, want %q", when, want)
	}
	if !slices.Equal(doc.Notes, []string{"a", "b"}) || !slices.Equal(doc.Secrets, []string{"s"}) || addresses(doc.Resources) != "aws_sns_topic.t" || doc.When != nil {
		t.Errorf("%+v", doc)
	}
	doc = Alternatives([]*resource.Document{tofu, terraform}, true)
	if len(doc.Cases) > 0 || len(doc.Incomplete) != 1 || !strings.Contains(doc.Incomplete[0], "live is not known") {
		t.Errorf("combined with others: %+v", doc)
	}
}
