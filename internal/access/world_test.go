package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/resource"
)

// fromEnvironment leaves the region of everything to whoever plans.
func fromEnvironment(_ *testing.T, a *chaintest.Input) {
	for _, r := range a.Doc.Resources {
		r.Scope.RegionFromEnv = true
	}
}

// TestRegionOfTheEnvironment: what a policy states is not refuted by the region of
// whoever plans, and what is wrong in every region is wrong.
func TestRegionOfTheEnvironment(t *testing.T) {
	const (
		stated    = "the code sets no region, and in the region of the plan's environment"
		refused   = "broken topic-policy-denies at aws_sns_topic_policy.p policy"
		denied    = "broken! topic-policy-denies at aws_sns_topic_policy.p policy"
		undecided = "unknown topic-policy-undecided at aws_sns_topic_policy.p policy"
	)
	for name, c := range map[string]struct {
		statement        string
		ambient, settled string
		why              string
	}{
		"a topic of another region":  {chaintest.Publishing(`"Resource": "arn:aws:sns:eu-west-1:111122223333:security"`), undecided, refused, stated},
		"an alarm of another region": {chaintest.Publishing(`"Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:*"}}`), undecided, refused, stated},
		"denied in this region":      {chaintest.Publishing(`"Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "arn:aws:sns:us-east-1:*"`), undecided, denied, stated},
		"another topic":              {chaintest.Publishing(`"Resource": "arn:aws:sns:eu-west-1:111122223333:other"`), refused, refused, "is for the resource"},
		"another account":            {chaintest.Publishing(`"Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "444455556666"}}`), refused, refused, "aws:SourceAccount"},
		"this region":                {chaintest.Publishing(`"Resource": "arn:aws:sns:us-east-1:111122223333:security"`), "ok", "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Complete + chaintest.TopicPolicy(c.statement)
			got := chaintest.PublishOf(chaintest.Build(t, world, fromEnvironment))
			chaintest.Compare(t, got, c.ambient, c.why)
			chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, world)), c.settled, "")
		})
	}
}

// TestRegionOfTheGroup: a log group's region counts where no alarm has one.
func TestRegionOfTheGroup(t *testing.T) {
	const grant = `"Resource": "arn:aws:logs:us-east-1:111122223333:log-group:trail:*"`
	world := chaintest.Edits{grant, strings.Replace(grant, "us-east-1", "eu-west-1", 1)}.Of(t, chaintest.Complete)
	if got := chaintest.Line(chaintest.Build(t, world).Trails[chaintest.TheTrail].Role); got != "broken trail-role-cannot-write at "+chaintest.TheRole {
		t.Errorf("in a stated region: %s", got)
	}
	ambient := chaintest.At(chaintest.TheGroup, func(r *resource.Resource) { r.Scope.RegionFromEnv = true })
	chaintest.Compare(t, chaintest.Build(t, world, ambient).Trails[chaintest.TheTrail].Role, "hidden value-unknown at "+chaintest.TheRole, "the code sets no region")
}

// TestRegionOfTheAlarm: an alarm's region counts where no log group has one.
func TestRegionOfTheAlarm(t *testing.T) {
	world := chaintest.Complete + chaintest.TopicPolicy(chaintest.Publishing(`"Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:*"}}`))
	ambient := chaintest.At(chaintest.TheAlarm, func(r *resource.Resource) { r.Scope.RegionFromEnv = true })
	chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, world, ambient)), undecidedByP, "the code sets no region")
}
