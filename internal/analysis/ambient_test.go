package analysis

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// fromEnvironment leaves the region of everything to whoever plans.
func fromEnvironment(_ *testing.T, a *asked) {
	for _, r := range a.doc.Resources {
		r.Scope.RegionFromEnv = true
	}
}

// TestRegionOfTheEnvironment: what a policy states is not refuted by the region of
// whoever plans, and what is wrong in every region is wrong.
func TestRegionOfTheEnvironment(t *testing.T) {
	const (
		stated    = "the code states no region, and in that of the plan's environment"
		refused   = "broken topic-policy-denies at aws_sns_topic_policy.p policy"
		denied    = "broken! topic-policy-denies at aws_sns_topic_policy.p policy"
		undecided = "unknown topic-policy-undecided at aws_sns_topic_policy.p policy"
	)
	for name, c := range map[string]struct {
		statement        string
		ambient, settled string
		why              string
	}{
		"a topic of another region":  {publishing(`"Resource": "arn:aws:sns:eu-west-1:111122223333:security"`), undecided, refused, stated},
		"an alarm of another region": {publishing(`"Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:*"}}`), undecided, refused, stated},
		"denied in this region":      {publishing(`"Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "arn:aws:sns:us-east-1:*"`), undecided, denied, stated},
		"another topic":              {publishing(`"Resource": "arn:aws:sns:eu-west-1:111122223333:other"`), refused, refused, "is for the resource"},
		"another account":            {publishing(`"Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "444455556666"}}`), refused, refused, "aws:SourceAccount"},
		"this region":                {publishing(`"Resource": "arn:aws:sns:us-east-1:111122223333:security"`), "ok", "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := complete + topicPolicy(c.statement)
			got := publish(facts(t, world, fromEnvironment))
			compare(t, got, c.ambient, c.why)
			compare(t, publish(facts(t, world)), c.settled, "")
		})
	}
}

// TestRegionOfTheGroup: a log group's region counts where no alarm has one.
func TestRegionOfTheGroup(t *testing.T) {
	const grant = `"Resource": "arn:aws:logs:us-east-1:111122223333:log-group:trail:*"`
	world := edits{grant, strings.Replace(grant, "us-east-1", "eu-west-1", 1)}.of(t, complete)
	if got := found(facts(t, world).Trails[theTrail].Role); got != "broken trail-role-cannot-write at "+theRole {
		t.Errorf("in a stated region: %s", got)
	}
	ambient := at(theGroup, func(r *resource.Resource) { r.Scope.RegionFromEnv = true })
	compare(t, facts(t, world, ambient).Trails[theTrail].Role, "hidden value-unknown at "+theRole, "the code states no region")
}

// TestRegionOfTheAlarm: an alarm's region counts where no log group has one.
func TestRegionOfTheAlarm(t *testing.T) {
	world := complete + topicPolicy(publishing(`"Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:*"}}`))
	ambient := at(theAlarm, func(r *resource.Resource) { r.Scope.RegionFromEnv = true })
	compare(t, publish(facts(t, world, ambient)), undecidedByP, "the code states no region")
}
