package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
)

// TestPoliciesOfOtherRegions: a policy or permission that is made in another region than
// what it is for is never there; where the regions may differ, nobody knows.
func TestPoliciesOfOtherRegions(t *testing.T) {
	const (
		west      = "\n at = \"eu-west-1 111122223333\""
		topicP    = "aws_sns_topic_policy.p"
		elsewhere = "p is made in another region"
		mayBe     = "p applies to it is not known"
	)
	topic := func(policy string) string { return chaintest.Complete + chaintest.TopicPolicy(policy) }
	lets, refuses := topic(chaintest.Publishing(chaintest.Lets)), topic(chaintest.Publishing(chaintest.Refuses))
	foreign := chaintest.Edits{`name = "security"`, `name = "security"` + "\n at = \"us-east-1 444455556666\""}
	key := encrypted(theKey+".arn").Of(t, chaintest.Complete) + kmsKey("aws_kms_key", "k", "") +
		"aws_kms_key_policy \"p\" {\n key_id = " + theKey + ".id\n policy = " + chaintest.PolicyOf(using(cloudWatch, bothUses, "")) + "\n}\n"
	queue := chaintest.Delivered("sqs", chaintest.TheQueue+".arn", chaintest.QueueOf("")+queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", ""))))
	function := chaintest.Delivered("lambda", "aws_lambda_function.f.arn", "aws_lambda_function \"f\" {\n function_name = \"f\"\n}\n"+
		"aws_lambda_permission \"p\" {\n action = \"lambda:InvokeFunction\"\n function_name = aws_lambda_function.f.arn\n principal = \"sns.amazonaws.com\"\n}\n")
	for name, c := range map[string]struct {
		world, policy     string // its address
		check             func(*document.Document) document.Check
		here              string
		there, why        string
		unplaced, perhaps string
	}{
		"of a topic, admitting CloudWatch": {lets, topicP, chaintest.PublishOf, "ok", "ok", "", "ok", ""},
		"of a topic, shutting it out":      {refuses, topicP, chaintest.PublishOf, deniedByP, "ok", "", undecidedByP, "whether it applies to " + chaintest.TheTopic},
		"of a topic of another account": {foreign.Of(t, lets), topicP, chaintest.PublishOf, "ok",
			"broken topic-policy-denies at " + chaintest.TheTopic + " policy", "the default policy", undecidedByP, "whether it applies to " + chaintest.TheTopic},
		"of a key": {key, "aws_kms_key_policy.p", KeyOf, "ok",
			"broken topic-key-denies at " + theKey + " policy", elsewhere + ", and the default key policy", "unknown topic-key-undecided at " + theKey + " policy", "belongs to this key is not known"},
		"of a queue": {queue, "aws_sqs_queue_policy.p", chaintest.DeliveryOf, "ok",
			"broken receiver-denies at " + chaintest.TheQueue + " policy", elsewhere + ", and nothing else gives it a policy", "unknown receiver-undecided at " + chaintest.TheQueue + " policy", mayBe},
		"of a function": {function, "aws_lambda_permission.p", chaintest.DeliveryOf, "ok",
			"broken receiver-denies at aws_lambda_function.f", elsewhere + ", and nothing else gives it a permission", "unknown receiver-undecided at aws_lambda_function.f", mayBe},
	} {
		t.Run(name, func(t *testing.T) {
			typ, _, _ := strings.Cut(c.policy, ".")
			opening := typ + ` "p" {`
			chaintest.Compare(t, c.check(chaintest.Build(t, c.world)), c.here, "")
			chaintest.Compare(t, c.check(chaintest.Build(t, strings.Replace(c.world, opening, opening+west, 1))), c.there, c.why)
			chaintest.Compare(t, c.check(chaintest.Build(t, c.world, chaintest.WithoutPlace(c.policy))), c.unplaced, c.perhaps)
		})
	}
}
