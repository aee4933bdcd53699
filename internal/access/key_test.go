package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
)

// encrypted gives the topic a key.
func encrypted(id string) chaintest.Edits {
	return chaintest.Edits{`name = "security"`, `name = "security"` + "\n kms_master_key_id = " + id}
}

// kmsKey returns a key with some arguments.
func kmsKey(typ, name, arguments string) string {
	return "\n" + typ + " \"" + name + "\" {\n" + arguments + "\n}\n"
}

// using lets a service use a key.
func using(service, actions, rest string) string {
	return `{"Effect": "Allow", "Principal": {"Service": "` + service + `"}, "Action": [` + actions + `], "Resource": "*"` + rest + `}`
}

const (
	cloudWatch = "cloudwatch.amazonaws.com"
	bothUses   = `"kms:Decrypt", "kms:GenerateDataKey*"`
	theKey     = "aws_kms_key.k"
)

func TestTopicKeys(t *testing.T) {
	const (
		byReference = theKey + ".arn"
		denies      = "broken topic-key-denies at " + theKey + " policy"
		undecided   = "unknown topic-key-undecided at " + theKey
		outside     = "unknown topic-key-outside at "
		managed     = "broken topic-key-aws-managed at " + chaintest.TheTopic + " kms_master_key_id"
		alias       = "aws_kms_alias \"a\" {\n name = \"alias/alarms\"\n target_key_id = aws_kms_key.k.key_id\n}"
	)
	good := "policy = " + chaintest.PolicyOf(using(cloudWatch, bothUses, ""))
	own := func(key, policy string) string {
		return "\naws_kms_key_policy \"p\" {\n key_id = " + key + "\n policy = " + policy + "\n}\n"
	}
	from := func(account string) string {
		return "policy = " + chaintest.PolicyOf(using(cloudWatch, bothUses, `, "Condition": {"StringEquals": {"aws:SourceAccount": "`+account+`"}}`))
	}
	deny := `{"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}`
	for name, c := range map[string]struct {
		id, world string
		want, why string
	}{
		"none":                     {`""`, "", "none", ""},
		"AWS's for SNS":            {`"alias/aws/sns"`, "", managed, "alias/aws/sns"},
		"AWS's for SNS by its ARN": {`"arn:aws:kms:us-east-1:111122223333:alias/aws/sns"`, "", managed, "alias/aws/sns"},
		"AWS's for SNS by an ARN of some account":           {`"arn:aws:kms:us-east-1:${var.account}:alias/aws/sns"`, "", managed, "alias/aws/sns"},
		"AWS's for queues":                                  {`"alias/aws/sqs"`, "", outside + chaintest.TheTopic + " kms_master_key_id", "alias/aws/sqs"},
		"one that lets CloudWatch":                          {byReference, kmsKey("aws_kms_key", "k", good), "ok", ""},
		"one by its key id":                                 {`"k-1"`, kmsKey("aws_kms_key", "k", "key_id = \"k-1\"\n"+good), "ok", ""},
		"one by its alias":                                  {`"alias/alarms"`, kmsKey("aws_kms_key", "k", good) + alias, "ok", ""},
		"one by an alias that is not there":                 {`"alias/other"`, kmsKey("aws_kms_key", "k", good) + alias, outside + chaintest.TheTopic + " kms_master_key_id", ""},
		"one by an alias of elsewhere":                      {"data.aws_kms_alias.a.arn", "data \"aws_kms_alias\" \"a\" {\n name = \"alias/alarms\"\n}", outside + chaintest.TheTopic + " kms_master_key_id", ""},
		"with the default policy":                           {byReference, kmsKey("aws_kms_key", "k", ""), denies, "the default key policy allows only identities of the account"},
		"for another service":                               {byReference, kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using("events.amazonaws.com", bothUses, ""))), denies, "not for cloudwatch.amazonaws.com"},
		"that lets decrypt alone":                           {byReference, kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using(cloudWatch, `"kms:Decrypt"`, ""))), denies, "kms:GenerateDataKey"},
		"that lets encrypt alone":                           {byReference, kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using(cloudWatch, `"kms:GenerateDataKey"`, ""))), denies, "kms:Decrypt"},
		"that denies":                                       {byReference, kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using(cloudWatch, bothUses, ""), deny)), "broken! topic-key-denies at " + theKey + " policy", "denies kms:Decrypt"},
		"from the account":                                  {byReference, kmsKey("aws_kms_key", "k", from("111122223333")), "ok", ""},
		"from another account":                              {byReference, kmsKey("aws_kms_key", "k", from("444455556666")), denies, "aws:SourceAccount"},
		"for another key":                                   {byReference, kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(`{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "arn:aws:kms:eu-west-1:*"}`)), denies, "is for the resource"},
		"for a key of some id":                              {byReference, kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(`{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*:key/k-1"}`)), undecided + " policy", ""},
		"for the key by its ARN":                            {byReference, kmsKey("aws_kms_key", "k", "arn = \"arn:aws:kms:us-east-1:111122223333:key/k-1\"\n policy = "+chaintest.PolicyOf(`{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*:key/k-1"}`)), "ok", ""},
		"that is disabled":                                  {byReference, kmsKey("aws_kms_key", "k", "is_enabled = false\n"+good), "broken topic-key-disabled at " + theKey + " is_enabled", ""},
		"that is disabled and denies":                       {byReference, kmsKey("aws_kms_key", "k", "is_enabled = false"), "broken topic-key-disabled at " + theKey + " is_enabled", ""},
		"that a variable enables":                           {byReference, kmsKey("aws_kms_key", "k", "is_enabled = var.on\n"+good), undecided + " is_enabled", "var.on has no value"},
		"with a policy of its own":                          {byReference, kmsKey("aws_kms_key", "k", "") + own(theKey+".id", chaintest.PolicyOf(using(cloudWatch, bothUses, ""))), "ok", ""},
		"whose own policy does not":                         {byReference, kmsKey("aws_kms_key", "k", good) + own(theKey+".id", chaintest.PolicyOf(using(cloudWatch, `"kms:Decrypt"`, ""))), "broken topic-key-denies at aws_kms_key_policy.p policy", ""},
		"whose own policy is a variable":                    {byReference, kmsKey("aws_kms_key", "k", "") + own(theKey+".id", "var.policy"), "unknown topic-key-undecided at aws_kms_key_policy.p policy", "what var.policy decides"},
		"a policy of some key":                              {byReference, kmsKey("aws_kms_key", "k", "") + own("var.key", chaintest.PolicyOf(using(cloudWatch, bothUses, ""))), undecided + " policy", "whether a key policy in the input belongs to this key is not known"},
		"a policy of some key elsewhere":                    {byReference, kmsKey("aws_kms_key", "k", "") + own("var.key\n at = \"eu-west-1 111122223333\"", chaintest.PolicyOf(using(cloudWatch, bothUses, ""))), denies, "the default key policy"},
		"one that is a variable":                            {"var.key", "", outside + chaintest.TheTopic + " kms_master_key_id", "what var.key decides"},
		"one by an ARN":                                     {`"arn:aws:kms:us-east-1:111122223333:key/other"`, "", outside + chaintest.TheTopic + " kms_master_key_id", ":key/other"},
		"one that is only read":                             {"data.aws_kms_key.k.arn", "data \"aws_kms_key\" \"k\" {\n key_id = \"k-1\"\n}", outside + "data.aws_kms_key.k", ""},
		"one that is only read, with a policy of the input": {"data.aws_kms_key.k.arn", "data \"aws_kms_key\" \"k\" {\n key_id = \"k-1\"\n}" + own("data.aws_kms_key.k.id", chaintest.PolicyOf(using(cloudWatch, bothUses, ""))), "ok", ""},
		"one of two":                                        {"one(aws_kms_key.k.arn, aws_kms_key.l.arn)", kmsKey("aws_kms_key", "k", good) + kmsKey("aws_kms_key", "l", good), outside + chaintest.TheTopic + " kms_master_key_id", ""},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, KeyOf(chaintest.Build(t, encrypted(c.id).Of(t, chaintest.Complete)+c.world)), c.want, c.why)
		})
	}
}

// TestKeyThatIsDeleted: what the plan deletes decrypts nothing, by whatever name the
// topic calls it.
func TestKeyThatIsDeleted(t *testing.T) {
	const gone = `aws_kms_key "old" {
  key_id = "k-1"
  arn    = "arn:aws:kms:us-east-1:111122223333:key/k-1"
}`
	const broken = "broken topic-key-disabled at aws_kms_key.old"
	for id, want := range map[string]string{
		`"k-1"`: broken, `"arn:aws:kms:us-east-1:111122223333:key/k-1"`: broken, `"k-2"`: "unknown topic-key-outside at " + chaintest.TheTopic + " kms_master_key_id",
		"var.key": "unknown topic-key-outside at " + chaintest.TheTopic + " kms_master_key_id",
	} {
		chaintest.Compare(t, KeyOf(chaintest.Build(t, encrypted(id).Of(t, chaintest.Complete), chaintest.Deletes(gone), chaintest.Deletes(`aws_kms_key "nameless" {}`))), want, "")
	}
}

// TestKeyThatCodeSettles: the code of the link keeps its name.
func TestKeyThatCodeSettles(t *testing.T) {
	world := encrypted(theKey+".arn").Of(t, chaintest.Complete) + kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using(cloudWatch, bothUses, "")))
	chaintest.Compare(t, KeyOf(chaintest.Build(t, world, chaintest.WithSettled(theKey, "policy"))), "inferred link-inferred at "+theKey+" policy", "main.tf:7")
}

// TestLogGroupKeys: the log service of the group's region has to be let in.
func TestLogGroupKeys(t *testing.T) {
	const (
		logs      = "logs.us-east-1.amazonaws.com"
		denies    = "broken log-group-key at " + theKey
		notSeen   = "unknown log-group-key-not-visible at "
		outside   = notSeen + chaintest.TheGroup + " kms_key_id"
		reference = theKey + ".arn"
		alias     = "aws_kms_alias \"a\" {\n name = \"alias/logs\"\n target_key_id = aws_kms_key.k.key_id\n}"
	)
	key := func(arguments string) string { return kmsKey("aws_kms_key", "k", arguments) }
	lets := func(service, rest string) string {
		return key("policy = " + chaintest.PolicyOf(using(service, `"kms:*"`, rest)))
	}
	own := func() string {
		return "\naws_kms_key_policy \"p\" {\n key_id = " + theKey + ".id\n policy = " + chaintest.PolicyOf(using(logs, `"kms:*"`, "")) + "\n}\n"
	}
	under := func(pattern string) string {
		return `, "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111122223333:` + pattern + `"}}`
	}
	for name, c := range map[string]struct {
		id, world string
		want, why string
	}{
		"none":                           {"", "", "none", ""},
		"none, in as many words":         {`""`, "", "none", ""},
		"one that lets it":               {reference, lets(logs, ""), "ok", ""},
		"one of another region":          {reference, lets("logs.eu-west-1.amazonaws.com", ""), denies + " policy", logs},
		"one for the group":              {reference, lets(logs, under("log-group:trail")), "ok", ""},
		"one for all groups":             {reference, lets(logs, under("*")), "ok", ""},
		"one for another group":          {reference, lets(logs, under("log-group:other")), denies + " policy", "kms:EncryptionContext"},
		"one under an unusual condition": {reference, lets(logs, `, "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}`), notSeen + theKey + " policy", "aws:SourceAccount"},
		"one with the default policy":    {reference, key(""), denies + " policy", "the default key policy allows only identities of the account"},
		"one with a policy of its own":   {reference, key("") + own(), "ok", ""},
		"one that is disabled":           {reference, key("is_enabled = false"), denies + " is_enabled", ""},
		"one that signs":                 {reference, key(`key_usage = "SIGN_VERIFY"`), denies + " key_usage", "SIGN_VERIFY"},
		"one elsewhere":                  {`"arn:aws:kms:us-east-1:111122223333:key/other"`, "", outside, ":key/other"},
		"one that a variable names":      {"var.key", "", outside, "var.key"},
		"one by an alias of elsewhere":   {"data.aws_kms_alias.a.arn", "data \"aws_kms_alias\" \"a\" {\n name = \"alias/logs\"\n}", outside, ""},
		"one of two":                     {"one(" + reference + ", aws_kms_key.l.arn)", lets("events.amazonaws.com", "") + kmsKey("aws_kms_key", "l", ""), outside, ""},
		"one by its alias":               {`"alias/logs"`, lets("events.amazonaws.com", "") + alias, denies + " policy", ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{`name = "trail"` + "\n}", `name = "trail"` + "\n kms_key_id = " + c.id + "\n}"}
			if c.id == "" {
				world = nil
			}
			chaintest.Compare(t, chaintest.Build(t, world.Of(t, chaintest.Complete)+c.world).LogGroups[chaintest.TheGroup].Key, c.want, c.why)
		})
	}
}

// TestLogGroupKeyOfAnUnknownRegion: which log service it is depends on the region. No
// region makes it another service.
func TestLogGroupKeyOfAnUnknownRegion(t *testing.T) {
	world := chaintest.Edits{`name = "trail"` + "\n}", `name = "trail"` + "\n kms_key_id = " + theKey + ".arn\n}"}.Of(t, chaintest.Complete) +
		kmsKey("aws_kms_key", "k", "policy = "+chaintest.PolicyOf(using("%", `"kms:*"`, "")))
	for service, want := range map[string]document.CheckState{"logs.eu-west-1.amazonaws.com": document.Undecided, "events.amazonaws.com": document.Broken} {
		d := chaintest.Build(t, strings.Replace(world, "%", service, 1), chaintest.WithoutPlace(chaintest.TheGroup))
		if got := d.LogGroups[chaintest.TheGroup].Key; got.State != want {
			t.Errorf("%s: %s", service, chaintest.Line(got))
		}
	}
}
