package analysis

import (
	"strings"
	"testing"
)

const (
	open  = "\n uncertain = \"var.on decides the count\""
	count = "var.on decides the count"
)

// TestUndecidedCounts: a check holds, or fails, where it does so whether or not what
// it rests on exists.
func TestUndecidedCounts(t *testing.T) {
	role := func(d *Document) Check { return d.Trails[theTrail].Role }
	inline := `role   = aws_iam_role.trail.name`
	bad, good := topicPolicy(publishing(refuses)), topicPolicy(publishing(lets))
	undecidedAt := func(address string) string { return "unknown count-undecided at " + address }
	uncertain := func(world string) string { return strings.Replace(world, "{\n", "{"+open+"\n", 1) }
	theQueuePolicy := queuePolicy(theQueue+".url", policyOf(sending(sns, "*", "")))
	byQueue := func(policy string) string { return delivered("sqs", theQueue+".arn", queueOf("")+policy) }
	keyed := encrypted(theKey+".arn").of(t, complete)
	goodKey := kmsKey("aws_kms_key", "k", "policy = "+policyOf(using(cloudWatch, bothUses, "")))
	ownKey := "\naws_kms_key_policy \"p\" {\n key_id = aws_kms_key.k.id\n policy = " + policyOf(using(cloudWatch, bothUses, "")) + "\n}\n"
	for name, c := range map[string]struct {
		world string
		of    func(*Document) Check
		want  string
		why   string
	}{
		"the role's only policy":                   {edits{inline, inline + open}.of(t, complete), role, undecidedAt(theRolePolicy), count},
		"a second policy of the role":              {complete + uncertain(granting("more", policyOf(writing("*")))), role, "ok", ""},
		"a second policy that denies":              {complete + uncertain(granting("less", policyOf(`{"Effect": "Deny", "Action": "*", "Resource": "*"}`))), role, undecidedAt("aws_iam_role_policy.less"), count},
		"a second policy where the first is wrong": {edits{`"logs:PutLogEvents"`, `"logs:GetLogEvents"`}.of(t, complete) + uncertain(granting("more", policyOf(writing("*")))), role, undecidedAt("aws_iam_role_policy.more"), count},
		"two wrong policies":                       {edits{`"logs:PutLogEvents"`, `"logs:GetLogEvents"`}.of(t, complete) + uncertain(granting("more", policyOf(writing("x")))), role, cannot, ""},
		"the trail itself":                         {edits{inline, inline + open, `name                       = "main"`, `name = "main"` + open}.of(t, complete), role, "ok", ""},
		"another kind of thing":                    {complete + uncertain("aws_sns_topic \"x\" {\n}\n"), role, "ok", ""},

		"a topic policy that lets":                                    {complete + uncertain(good), publish, "ok", ""},
		"a topic policy that does not":                                {complete + uncertain(bad), publish, undecidedAt(thePolicy), count},
		"a topic policy that does not, of a topic in another account": {edits{`name = "security"`, `name = "security"` + "\n at = \"us-east-1 444455556666\""}.of(t, complete) + uncertain(bad), publish, "broken topic-policy-denies at " + thePolicy + " policy", ""},
		"the topic itself":                                            {edits{`name = "security"`, `name = "security"` + open}.of(t, complete) + uncertain(bad), publish, "broken topic-policy-denies at " + thePolicy + " policy", ""},
		"a role's policy says nothing of topics":                      {edits{inline, inline + open}.of(t, complete) + good, publish, "ok", ""},

		"the key":              {keyed + uncertain(goodKey), key, undecidedAt(theKey), count},
		"the key's own policy": {keyed + kmsKey("aws_kms_key", "k", "") + uncertain(ownKey), key, undecidedAt("aws_kms_key_policy.p"), count},
		"the key's alias":      {encrypted(`"alias/k"`).of(t, complete) + goodKey + uncertain("aws_kms_alias \"a\" {\n name = \"alias/k\"\n target_key_id = aws_kms_key.k.id\n}\n"), key, undecidedAt("aws_kms_alias.a"), count},
		"another key":          {keyed + goodKey + uncertain(kmsKey("aws_kms_key", "l", "")), key, "ok", ""},

		"the queue's policy":                 {byQueue(uncertain(theQueuePolicy)), delivers, undecidedAt("aws_sqs_queue_policy.p"), count},
		"the queue's policy, which does not": {byQueue(uncertain(queuePolicy(theQueue+".url", policyOf(sending("events.amazonaws.com", "*", ""))))), delivers, "broken receiver-denies at aws_sqs_queue_policy.p policy", ""},
		"the subscription":                   {strings.Replace(byQueue(uncertain(queuePolicy(theQueue+".url", policyOf(sending("events.amazonaws.com", "*", ""))))), `protocol  =`, open+"\n protocol =", 1), delivers, "broken receiver-denies at aws_sqs_queue_policy.p policy", ""},
		"the topic of the queue":             {strings.Replace(byQueue(uncertain(theQueuePolicy)), `name = "security"`, `name = "security"`+open, 1), delivers, undecidedAt("aws_sqs_queue_policy.p"), count},
	} {
		t.Run(name, func(t *testing.T) {
			compare(t, c.of(facts(t, c.world)), c.want, c.why)
		})
	}
	t.Run("what code settles is likely and no more", func(t *testing.T) {
		compare(t, publish(facts(t, complete+uncertain(good), settles(thePolicy, "policy"))), "inferred link-inferred at "+thePolicy+" policy", "main.tf:7")
	})
}
