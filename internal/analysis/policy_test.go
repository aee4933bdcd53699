package analysis

import (
	"strings"
	"testing"
)

// publishing is the statement that lets CloudWatch publish, but for its end.
func publishing(rest string) string {
	return `{"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish", ` + rest + `}`
}

const (
	lets    = `"Resource": "*"`
	refuses = `"Resource": "arn:aws:sns:us-east-1:111122223333:other"`
)

// policyOf is the value of a policy argument.
func policyOf(statements ...string) string {
	return "<<JSON\n{\"Version\": \"2012-10-17\", \"Statement\": [" + strings.Join(statements, ", ") + "]}\nJSON\n"
}

// topicPolicy is the topic's policy in a resource of its own.
func topicPolicy(statements ...string) string {
	return policyResource("p", theTopic+".arn", policyOf(statements...))
}

func policyResource(name, topic, policy string) string {
	return "\naws_sns_topic_policy \"" + name + "\" {\n arn = " + topic + "\n policy = " + policy + "\n}\n"
}

// publish says whether the alarm may publish to the topic, key whether it may use
// the topic's key.
func publish(d *Document) Check {
	return d.Alarms[theAlarm].Actors[theAlarm].Actions["0 "+theTopic].Publish
}

func key(d *Document) Check {
	return d.Alarms[theAlarm].Actors[theAlarm].Actions["0 "+theTopic].Key
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
		notFor = "whether it is for " + theTopic + " is not known"
	)
	from := func(key, value string) string {
		return publishing(lets + `, "Condition": {"StringLike": {"` + key + `": "` + value + `"}}`)
	}
	for name, c := range map[string]struct {
		edits
		want, why string
	}{
		"the default policy": {nil, "ok", ""},
		"the default policy, and an alarm of another account": {edits{name, name + "\n at = \"us-east-1 444455556666\""},
			"broken topic-policy-denies at " + theTopic + " policy", "the default policy admits the account of the topic alone"},
		"a policy that lets an alarm of another account": {edits{name, name + "\n at = \"us-east-1 444455556666\"", "", topicPolicy(publishing(lets))}, "ok", ""},
		"a policy that lets CloudWatch":                  {edits{"", topicPolicy(publishing(lets))}, "ok", ""},
		"a policy for another topic's ARN":               {edits{"", topicPolicy(publishing(refuses))}, deniedByP, "is for the resource"},
		"a policy that denies besides":                   {edits{"", topicPolicy(publishing(lets), deny)}, "broken! topic-policy-denies at aws_sns_topic_policy.p policy", "denies sns:Publish"},
		"a policy inside":                                {edits{name, name + "\n policy = " + policyOf(publishing(lets))}, "ok", ""},
		"a policy inside that does not":                  {edits{name, name + "\n policy = " + policyOf(publishing(refuses))}, "broken topic-policy-denies at " + theTopic + " policy", ""},
		"a resource replaces the policy inside":          {edits{name, name + "\n policy = " + policyOf(publishing(refuses)), "", topicPolicy(publishing(lets))}, "ok", ""},
		"two resources, of which one does not":           {edits{"", topicPolicy(publishing(refuses)), "", policyResource("q", theTopic+".arn", policyOf(publishing(lets)))}, deniedByP, ""},
		"two resources, of which one denies": {edits{"", policyResource("q", theTopic+".arn", policyOf(deny)), "", topicPolicy(publishing(refuses))},
			"broken! topic-policy-denies at aws_sns_topic_policy.p policy", "is for the resource"},
		"two resources, of which one cannot be seen": {edits{"", topicPolicy(publishing(lets)), "", policyResource("q", theTopic+".arn", "hidden()")},
			"unknown topic-policy-undecided at aws_sns_topic_policy.q policy", ""},

		"from the alarm":               {edits{"", topicPolicy(from("aws:SourceArn", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied-calls"))}, "ok", ""},
		"from another alarm":           {edits{"", topicPolicy(from("aws:SourceArn", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:other"))}, deniedByP, "aws:SourceArn"},
		"from an alarm without a name": {edits{`"denied-calls"`, "unset()", "", topicPolicy(from("aws:SourceArn", "*:alarm:denied-calls"))}, undecidedByP, "aws:SourceArn"},
		"from an alarm by its own ARN": {edits{`"denied-calls"`, `"x"` + "\n arn = \"arn:aws:cloudwatch:us-east-1:111122223333:alarm:y\"", "", topicPolicy(from("aws:SourceArn", "*:alarm:y"))}, "ok", ""},
		"from the account":             {edits{"", topicPolicy(from("aws:SourceAccount", "111122223333"))}, "ok", ""},
		"from another account":         {edits{"", topicPolicy(from("aws:SourceAccount", "444455556666"))}, deniedByP, "aws:SourceAccount"},
		"from an organization":         {edits{"", topicPolicy(from("aws:PrincipalOrgID", "o-1"))}, undecidedByP, "aws:PrincipalOrgID"},

		"to a topic by its own ARN":     {edits{name, `name = "x"` + "\n arn = \"arn:aws:sns:us-east-1:111122223333:security\"", "", topicPolicy(publishing(`"Resource": "*:security"`))}, "ok", ""},
		"to a topic without a name":     {edits{name, "name = unset()", "", topicPolicy(publishing(`"Resource": "*:security"`))}, undecidedByP, ""},
		"to the topic in its partition": {edits{"", topicPolicy(publishing(`"Resource": "arn:aws:sns:us-east-1:111122223333:security"`))}, "ok", ""},

		"a policy that is a variable":                        {edits{"", policyResource("p", theTopic+".arn", "var.policy")}, undecidedByP, "the policy is what var.policy decides"},
		"a policy that is no JSON":                           {edits{"", policyResource("p", theTopic+".arn", `"allow all"`)}, undecidedByP, "it is no policy that can be read"},
		"a policy of one of two topics":                      {edits{"", second, "", policyResource("p", "one("+theTopic+".arn, aws_sns_topic.second.arn)", policyOf(publishing(refuses)))}, undecidedByP, notFor},
		"a denial of one of two topics":                      {edits{"", second, "", policyResource("p", "one("+theTopic+".arn, aws_sns_topic.second.arn)", policyOf(deny))}, undecidedByP, notFor},
		"a good policy of one of two topics":                 {edits{"", second, "", policyResource("p", "one("+theTopic+".arn, aws_sns_topic.second.arn)", policyOf(publishing(lets)))}, "ok", ""},
		"a policy of a topic that is inferred":               {edits{"", policyResource("p", "one("+theTopic+".arn)", policyOf(publishing(refuses)))}, undecidedByP, notFor},
		"a policy of what a variable says":                   {edits{"", policyResource("p", "var.topic", policyOf(publishing(refuses)))}, undecidedByP, notFor},
		"a policy of what a variable says in another region": {edits{"", policyResource("p", "var.topic\n at = \"eu-west-1 111122223333\"", policyOf(publishing(refuses)))}, "ok", ""},
		"a policy of another topic":                          {edits{"", second, "", policyResource("p", "aws_sns_topic.second.arn", policyOf(publishing(refuses)))}, "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			compare(t, publish(facts(t, c.of(t, complete))), c.want, c.why)
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
		edits
		want string
	}{
		"no policy of the input": {nil, "unknown topic-outside at " + elsewhere},
		"a policy of the input":  {edits{"", policyResource("p", `"`+elsewhere+`"`, policyOf(publishing(lets)))}, "ok"},
		"a policy that does not": {edits{"", policyResource("p", `"`+elsewhere+`"`, policyOf(publishing(refuses)))}, deniedByP},
	} {
		t.Run(name, func(t *testing.T) {
			world := append(edits{link, `["` + elsewhere + `"]`}, c.edits...).of(t, complete)
			compare(t, facts(t, world).Alarms[theAlarm].Actors[theAlarm].Actions["0 "+elsewhere].Publish, c.want, "")
		})
	}
	unnamed := edits{link, "[var.topic]"}.of(t, complete)
	compare(t, facts(t, unnamed).Alarms[theAlarm].Actors[theAlarm].Actions["0"].Publish, "unknown topic-outside at what var.topic decides", "")
}

// TestPolicyThatCodeSettles: the plan does not have it, so it is likely and no more.
func TestPolicyThatCodeSettles(t *testing.T) {
	good, bad := complete+topicPolicy(publishing(lets)), complete+topicPolicy(publishing(refuses))
	const p = "aws_sns_topic_policy.p"
	compare(t, publish(facts(t, good, settles(p, "policy"))), "inferred link-inferred at "+p+" policy", "main.tf:7 says it")
	compare(t, publish(facts(t, good, settles(p, "arn"))), "ok", "")
	compare(t, publish(facts(t, bad, settles(p, "policy"))), deniedByP, "is for the resource")
}

func TestWorseCheck(t *testing.T) {
	check := func(state CheckState) Check { return Check{State: state, Resource: string(state)} }
	for _, c := range []struct{ a, b, want CheckState }{
		{OK, OK, OK}, {OK, Guessed, Guessed}, {OK, Undecided, Undecided}, {OK, Broken, Broken},
		{Guessed, Undecided, Undecided}, {Guessed, Broken, Broken}, {Undecided, Broken, Broken}, {Unasked, OK, Unasked},
	} {
		if got := check(c.a).and(check(c.b)); got.State != c.want || got.Resource != string(c.want) {
			t.Errorf("%s and %s: %s", c.a, c.b, found(got))
		}
		if got := check(c.b).and(check(c.a)); c.a != Unasked && got.State != c.want {
			t.Errorf("%s and %s: %s", c.b, c.a, found(got))
		}
	}
	denies := Check{State: Broken, Resource: "first", Denies: true}
	for _, got := range []Check{denies.and(check(Broken)), check(Broken).and(denies), check(OK).and(denies)} {
		if !got.Denies {
			t.Errorf("%s: nothing undoes a denial", found(got))
		}
	}
}
