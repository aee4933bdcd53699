package graph

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

const uncertainWorld = `
aws_sns_topic "b" { uncertain = "count is not known" }
aws_sns_topic "a" {
  uncertain = "for_each is not known"
  name      = "alerts"
}
aws_sns_topic "c" { name = "alerts" }
aws_cloudwatch_metric_alarm "z" { alarm_actions = ["` + topicARN + `"] }
`

func addresses(all []*resource.Resource) string {
	var names []string
	for _, r := range all {
		names = append(names, r.Address)
	}
	return strings.Join(names, " ")
}

func TestUncertain(t *testing.T) {
	g := built(t, uncertainWorld)
	for _, again := range []string{"once", "and once more"} {
		if got := addresses(g.Uncertain()); got != "aws_sns_topic.a aws_sns_topic.b" {
			t.Errorf("%s: %q", again, got)
		}
	}
	if got := built(t, `aws_sns_topic "c" {}`).Uncertain(); len(got) != 0 {
		t.Errorf("all is certain, and yet %q", addresses(got))
	}
}

// many are ten trails that are called a to j.
func many(argument string) string {
	var world strings.Builder
	for name := range strings.SplitSeq("jihgfedcba", "") {
		world.WriteString("aws_cloudtrail \"" + name + "\" { " + argument + " }\n")
	}
	return world.String()
}

func inOrder(t *testing.T, got string) {
	t.Helper()
	if got = strings.ReplaceAll(got, "aws_cloudtrail.", ""); got != "a b c d e f g h i j" {
		t.Errorf("%q", got)
	}
}

func TestUncertainInOrder(t *testing.T) {
	inOrder(t, addresses(built(t, many(`uncertain = "count is not known"`)).Uncertain()))
}

// A world without some of its resources is joined anew.
func TestWithout(t *testing.T) {
	g := built(t, uncertainWorld)
	rest := g.Without(func(r *resource.Resource) bool { return r.Uncertain != "" })
	if got := ids(g.Topics); got != "aws_sns_topic.a aws_sns_topic.b aws_sns_topic.c" {
		t.Errorf("the world itself has %q", got)
	}
	if got := ids(rest.Topics); got != "aws_sns_topic.c" {
		t.Errorf("without what is uncertain it has %q", got)
	}
	if got := g.Alarms[0].Actions[0].Only(); got != "aws_sns_topic.a" {
		t.Errorf("the alarm tells %q", got)
	}
	if got := rest.Alarms[0].Actions[0].Only(); got != "aws_sns_topic.c" {
		t.Errorf("without what is uncertain it tells %q", got)
	}
	if g.Without(func(*resource.Resource) bool { return false }) != nil {
		t.Error("a world without nothing is the world itself")
	}
}

func TestWithoutInOrder(t *testing.T) {
	g := built(t, many("")+`aws_sns_topic "gone" {}`).Without(func(r *resource.Resource) bool { return r.Name == "gone" })
	inOrder(t, ids(g.Trails))
}
