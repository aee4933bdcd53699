package access_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/access"
	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
)

func KeyOf(d *document.Document) document.Check {
	return d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions["0 "+chaintest.TheTopic].Key
}

const (
	deniedByP    = "broken topic-policy-denies at aws_sns_topic_policy.p policy"
	undecidedByP = "unknown topic-policy-undecided at aws_sns_topic_policy.p policy"
)

func TestTopicPolicies(t *testing.T) {
	const (
		name   = `name = "security"`
		deny   = `{"Effect": "Deny", "Principal": "*", "Action": "sns:*", "Resource": "*"}`
		second = "aws_sns_topic \"second\" {\n name = \"second\"\n}"
		notFor = "whether it applies to " + chaintest.TheTopic + " is not known"
	)
	from := func(key, value string) string {
		return chaintest.Publishing(chaintest.Lets + `, "Condition": {"StringLike": {"` + key + `": "` + value + `"}}`)
	}
	for name, c := range map[string]struct {
		chaintest.Edits
		want, why string
	}{
		"the default policy": {nil, "ok", ""},
		"the default policy, and an alarm of another account": {chaintest.Edits{name, name + "\n at = \"us-east-1 444455556666\""},
			"broken topic-policy-denies at " + chaintest.TheTopic + " policy", "the default policy allows only the topic's account"},
		"a policy that lets an alarm of another account": {chaintest.Edits{name, name + "\n at = \"us-east-1 444455556666\"", "", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets))}, "ok", ""},
		"a policy that lets CloudWatch":                  {chaintest.Edits{"", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets))}, "ok", ""},
		"a policy for another topic's ARN":               {chaintest.Edits{"", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Refuses))}, deniedByP, "is for the resource"},
		"a policy that denies besides":                   {chaintest.Edits{"", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets), deny)}, "broken! topic-policy-denies at aws_sns_topic_policy.p policy", "denies sns:Publish"},
		"a policy inside":                                {chaintest.Edits{name, name + "\n policy = " + chaintest.PolicyOf(chaintest.Publishing(chaintest.Lets))}, "ok", ""},
		"a policy inside that does not":                  {chaintest.Edits{name, name + "\n policy = " + chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses))}, "broken topic-policy-denies at " + chaintest.TheTopic + " policy", ""},
		"a resource replaces the policy inside":          {chaintest.Edits{name, name + "\n policy = " + chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)), "", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets))}, "ok", ""},
		"two resources, of which one does not":           {chaintest.Edits{"", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Refuses)), "", chaintest.PolicyResource("q", chaintest.TheTopic+".arn", chaintest.PolicyOf(chaintest.Publishing(chaintest.Lets)))}, deniedByP, ""},
		"two resources, of which one denies": {chaintest.Edits{"", chaintest.PolicyResource("q", chaintest.TheTopic+".arn", chaintest.PolicyOf(deny)), "", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Refuses))},
			"broken! topic-policy-denies at aws_sns_topic_policy.p policy", "is for the resource"},
		"two resources, of which one cannot be seen": {chaintest.Edits{"", chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets)), "", chaintest.PolicyResource("q", chaintest.TheTopic+".arn", "hidden()")},
			"unknown topic-policy-undecided at aws_sns_topic_policy.q policy", ""},

		"from the alarm":               {chaintest.Edits{"", chaintest.TopicPolicy(from("aws:SourceArn", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied-calls"))}, "ok", ""},
		"from another alarm":           {chaintest.Edits{"", chaintest.TopicPolicy(from("aws:SourceArn", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:other"))}, deniedByP, "aws:SourceArn"},
		"from an alarm without a name": {chaintest.Edits{`"denied-calls"`, "unset()", "", chaintest.TopicPolicy(from("aws:SourceArn", "*:alarm:denied-calls"))}, undecidedByP, "aws:SourceArn"},
		"from an alarm by its own ARN": {chaintest.Edits{`"denied-calls"`, `"x"` + "\n arn = \"arn:aws:cloudwatch:us-east-1:111122223333:alarm:y\"", "", chaintest.TopicPolicy(from("aws:SourceArn", "*:alarm:y"))}, "ok", ""},
		"from the account":             {chaintest.Edits{"", chaintest.TopicPolicy(from("aws:SourceAccount", "111122223333"))}, "ok", ""},
		"from another account":         {chaintest.Edits{"", chaintest.TopicPolicy(from("aws:SourceAccount", "444455556666"))}, deniedByP, "aws:SourceAccount"},
		"from an organization":         {chaintest.Edits{"", chaintest.TopicPolicy(from("aws:PrincipalOrgID", "o-1"))}, undecidedByP, "aws:PrincipalOrgID"},

		"to a topic by its own ARN":     {chaintest.Edits{name, `name = "x"` + "\n arn = \"arn:aws:sns:us-east-1:111122223333:security\"", "", chaintest.TopicPolicy(chaintest.Publishing(`"Resource": "*:security"`))}, "ok", ""},
		"to a topic without a name":     {chaintest.Edits{name, "name = unset()", "", chaintest.TopicPolicy(chaintest.Publishing(`"Resource": "*:security"`))}, undecidedByP, ""},
		"to the topic in its partition": {chaintest.Edits{"", chaintest.TopicPolicy(chaintest.Publishing(`"Resource": "arn:aws:sns:us-east-1:111122223333:security"`))}, "ok", ""},

		"a policy that is a variable":                        {chaintest.Edits{"", chaintest.PolicyResource("p", chaintest.TheTopic+".arn", "var.policy")}, undecidedByP, "the policy is what var.policy decides"},
		"a policy that is no JSON":                           {chaintest.Edits{"", chaintest.PolicyResource("p", chaintest.TheTopic+".arn", `"allow all"`)}, undecidedByP, "it is not a readable policy"},
		"a policy of one of two topics":                      {chaintest.Edits{"", second, "", chaintest.PolicyResource("p", "one("+chaintest.TheTopic+".arn, aws_sns_topic.second.arn)", chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)))}, undecidedByP, notFor},
		"a denial of one of two topics":                      {chaintest.Edits{"", second, "", chaintest.PolicyResource("p", "one("+chaintest.TheTopic+".arn, aws_sns_topic.second.arn)", chaintest.PolicyOf(deny))}, undecidedByP, notFor},
		"a good policy of one of two topics":                 {chaintest.Edits{"", second, "", chaintest.PolicyResource("p", "one("+chaintest.TheTopic+".arn, aws_sns_topic.second.arn)", chaintest.PolicyOf(chaintest.Publishing(chaintest.Lets)))}, "ok", ""},
		"a policy of a topic that is inferred":               {chaintest.Edits{"", chaintest.PolicyResource("p", "one("+chaintest.TheTopic+".arn)", chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)))}, undecidedByP, notFor},
		"a policy of what a variable says":                   {chaintest.Edits{"", chaintest.PolicyResource("p", "var.topic", chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)))}, undecidedByP, notFor},
		"a policy of what a variable says in another region": {chaintest.Edits{"", chaintest.PolicyResource("p", "var.topic\n at = \"eu-west-1 111122223333\"", chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)))}, "ok", ""},
		"a policy of another topic":                          {chaintest.Edits{"", second, "", chaintest.PolicyResource("p", "aws_sns_topic.second.arn", chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)))}, "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, c.Of(t, chaintest.Complete))), c.want, c.why)
		})
	}
}

// TestPolicyOutside: of a topic that the input does not make nobody knows the
// policy, unless the input sets it.
func TestPolicyOutside(t *testing.T) {
	const (
		elsewhere = "arn:aws:sns:us-east-1:111122223333:elsewhere"
		link      = "[aws_sns_topic.security.arn]"
	)
	for name, c := range map[string]struct {
		chaintest.Edits
		want string
	}{
		"no policy of the input": {nil, "unknown topic-outside at " + elsewhere},
		"a policy of the input":  {chaintest.Edits{"", chaintest.PolicyResource("p", `"`+elsewhere+`"`, chaintest.PolicyOf(chaintest.Publishing(chaintest.Lets)))}, "ok"},
		"a policy that does not": {chaintest.Edits{"", chaintest.PolicyResource("p", `"`+elsewhere+`"`, chaintest.PolicyOf(chaintest.Publishing(chaintest.Refuses)))}, deniedByP},
	} {
		t.Run(name, func(t *testing.T) {
			world := append(chaintest.Edits{link, `["` + elsewhere + `"]`}, c.Edits...).Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.Build(t, world).Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions["0 "+elsewhere].Publish, c.want, "")
		})
	}
	unnamed := chaintest.Edits{link, "[var.topic]"}.Of(t, chaintest.Complete)
	chaintest.Compare(t, chaintest.Build(t, unnamed).Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions["0"].Publish, "unknown topic-outside at what var.topic decides", "")
}

// TestPolicyThatCodeSettles: the plan does not have it, so it is likely and no more.
func TestPolicyThatCodeSettles(t *testing.T) {
	good, bad := chaintest.Complete+chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets)), chaintest.Complete+chaintest.TopicPolicy(chaintest.Publishing(chaintest.Refuses))
	const p = "aws_sns_topic_policy.p"
	chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, good, chaintest.WithSettled(p, "policy"))), "inferred link-inferred at "+p+" policy", "main.tf:7 says it")
	chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, good, chaintest.WithSettled(p, "arn"))), "ok", "")
	chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, bad, chaintest.WithSettled(p, "policy"))), deniedByP, "is for the resource")
}

func TestWorseCheck(t *testing.T) {
	check := func(state document.CheckState) document.Check {
		return document.Check{State: state, Resource: string(state)}
	}
	for _, c := range []struct{ a, b, want document.CheckState }{
		{document.OK, document.OK, document.OK}, {document.OK, document.Guessed, document.Guessed}, {document.OK, document.Undecided, document.Undecided}, {document.OK, document.Broken, document.Broken},
		{document.Guessed, document.Undecided, document.Undecided}, {document.Guessed, document.Broken, document.Broken}, {document.Undecided, document.Broken, document.Broken}, {document.Unasked, document.OK, document.Unasked},
	} {
		if got := access.Weakest(check(c.a), check(c.b)); got.State != c.want || got.Resource != string(c.want) {
			t.Errorf("%s and %s: %s", c.a, c.b, chaintest.Line(got))
		}
		if got := access.Weakest(check(c.b), check(c.a)); c.a != document.Unasked && got.State != c.want {
			t.Errorf("%s and %s: %s", c.b, c.a, chaintest.Line(got))
		}
	}
	denies := document.Check{State: document.Broken, Resource: "first", Denies: true}
	for _, got := range []document.Check{access.Weakest(denies, check(document.Broken)), access.Weakest(check(document.Broken), denies), access.Weakest(check(document.OK), denies)} {
		if !got.Denies {
			t.Errorf("%s: nothing undoes a denial", chaintest.Line(got))
		}
	}
}
