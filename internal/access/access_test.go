package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
)

const (
	open  = "\n uncertain = \"var.on decides the count\""
	count = "var.on decides the count"
)

// TestUndecidedCounts: a check holds, or fails, if it does so whether or not what
// it rests on exists.
func TestUndecidedCounts(t *testing.T) {
	role := func(d *document.Document) document.Check { return d.Trails[chaintest.TheTrail].Role }
	inline := `role   = aws_iam_role.trail.name`
	bad, good := chaintest.TopicPolicy(chaintest.Publishing(chaintest.Refuses)), chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets))
	undecidedAt := func(address string) string { return "unknown count-undecided at " + address }
	uncertain := func(world string) string { return strings.Replace(world, "{\n", "{"+open+"\n", 1) }
	theQueuePolicy := queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", "")))
	byQueue := func(policy string) string {
		return chaintest.Delivered("sqs", chaintest.TheQueue+".arn", chaintest.QueueOf("")+policy)
	}
	keyed := encrypted(theKey+".arn").Of(t, chaintest.Complete)
	goodKey := kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using(cloudWatch, bothUses, "")))
	ownKey := "\naws_kms_key_policy \"p\" {\n key_id = aws_kms_key.k.id\n policy = " + chaintest.PolicyOf(using(cloudWatch, bothUses, "")) + "\n}\n"
	for name, c := range map[string]struct {
		world string
		of    func(*document.Document) document.Check
		want  string
		why   string
	}{
		"the role's only policy":                   {chaintest.Edits{inline, inline + open}.Of(t, chaintest.Complete), role, undecidedAt(chaintest.TheRolePolicy), count},
		"a second policy of the role":              {chaintest.Complete + uncertain(granting("more", chaintest.PolicyOf(writing("*")))), role, "ok", ""},
		"a second policy that denies":              {chaintest.Complete + uncertain(granting("less", chaintest.PolicyOf(`{"Effect": "Deny", "Action": "*", "Resource": "*"}`))), role, undecidedAt("aws_iam_role_policy.less"), count},
		"a second policy where the first is wrong": {chaintest.Edits{`"logs:PutLogEvents"`, `"logs:GetLogEvents"`}.Of(t, chaintest.Complete) + uncertain(granting("more", chaintest.PolicyOf(writing("*")))), role, undecidedAt("aws_iam_role_policy.more"), count},
		"two wrong policies":                       {chaintest.Edits{`"logs:PutLogEvents"`, `"logs:GetLogEvents"`}.Of(t, chaintest.Complete) + uncertain(granting("more", chaintest.PolicyOf(writing("x")))), role, cannot, ""},
		"the trail itself":                         {chaintest.Edits{inline, inline + open, `name                       = "main"`, `name = "main"` + open}.Of(t, chaintest.Complete), role, "ok", ""},
		"another kind of thing":                    {chaintest.Complete + uncertain("aws_sns_topic \"x\" {\n}\n"), role, "ok", ""},

		"a topic policy that lets":                                    {chaintest.Complete + uncertain(good), chaintest.PublishOf, "ok", ""},
		"a topic policy that does not":                                {chaintest.Complete + uncertain(bad), chaintest.PublishOf, undecidedAt(chaintest.ThePolicy), count},
		"a topic policy that does not, of a topic in another account": {chaintest.Edits{`name = "security"`, `name = "security"` + "\n at = \"us-east-1 444455556666\""}.Of(t, chaintest.Complete) + uncertain(bad), chaintest.PublishOf, "broken topic-policy-denies at " + chaintest.ThePolicy + " policy", ""},
		"the topic itself":                                            {chaintest.Edits{`name = "security"`, `name = "security"` + open}.Of(t, chaintest.Complete) + uncertain(bad), chaintest.PublishOf, "broken topic-policy-denies at " + chaintest.ThePolicy + " policy", ""},
		"a role's policy says nothing of topics":                      {chaintest.Edits{inline, inline + open}.Of(t, chaintest.Complete) + good, chaintest.PublishOf, "ok", ""},

		"the key":              {keyed + uncertain(goodKey), KeyOf, undecidedAt(theKey), count},
		"the key's own policy": {keyed + kmsKey("aws_kms_key", "k", "") + uncertain(ownKey), KeyOf, undecidedAt("aws_kms_key_policy.p"), count},
		"the key's alias":      {encrypted(`"alias/k"`).Of(t, chaintest.Complete) + goodKey + uncertain("aws_kms_alias \"a\" {\n name = \"alias/k\"\n target_key_id = aws_kms_key.k.id\n}\n"), KeyOf, undecidedAt("aws_kms_alias.a"), count},
		"another key":          {keyed + goodKey + uncertain(kmsKey("aws_kms_key", "l", "")), KeyOf, "ok", ""},

		"the queue's policy":                 {byQueue(uncertain(theQueuePolicy)), chaintest.DeliveryOf, undecidedAt("aws_sqs_queue_policy.p"), count},
		"the queue's policy, which does not": {byQueue(uncertain(queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending("events.amazonaws.com", "*", ""))))), chaintest.DeliveryOf, "broken receiver-denies at aws_sqs_queue_policy.p policy", ""},
		"the subscription":                   {strings.Replace(byQueue(uncertain(queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending("events.amazonaws.com", "*", ""))))), `protocol  =`, open+"\n protocol =", 1), chaintest.DeliveryOf, "broken receiver-denies at aws_sqs_queue_policy.p policy", ""},
		"the topic of the queue":             {strings.Replace(byQueue(uncertain(theQueuePolicy)), `name = "security"`, `name = "security"`+open, 1), chaintest.DeliveryOf, undecidedAt("aws_sqs_queue_policy.p"), count},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, c.of(chaintest.Build(t, c.world)), c.want, c.why)
		})
	}
	t.Run("what code settles is likely and no more", func(t *testing.T) {
		chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, chaintest.Complete+uncertain(good), chaintest.WithSettled(chaintest.ThePolicy, "policy"))), "inferred link-inferred at "+chaintest.ThePolicy+" policy", "main.tf:7")
	})
}
