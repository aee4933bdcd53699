package graph

import (
	"fmt"
	"testing"
)

const keyID = "1234abcd-12ab-34cd-56ef-1234567890ab"

func TestKeyOfTopic(t *testing.T) {
	const key = `aws_kms_key "k" { key_id = "` + keyID + `" }`
	const alias = key + "\naws_kms_alias \"a\" {\nname = \"alias/alerts\"\ntarget_key_id = aws_kms_key.k.key_id\n}"
	for _, c := range []struct{ name, argument, world, want string }{
		{"a reference to the ARN", `aws_kms_key.k.arn`, `aws_kms_key "k" {}`, "known aws_kms_key.k"},
		{"a reference to the id", `aws_kms_key.k.key_id`, `aws_kms_key "k" {}`, "known aws_kms_key.k"},
		{"a reference to a replica", `aws_kms_replica_key.k.arn`, `aws_kms_replica_key "k" {}`, "known aws_kms_replica_key.k"},
		{"a reference to an external key", `aws_kms_external_key.k.id`, `aws_kms_external_key "k" {}`, "known aws_kms_external_key.k"},
		{"a reference to what names no key", `aws_kms_key.k.policy`, `aws_kms_key "k" {}`, "unknown"},
		{"a reference to an alias", `aws_kms_alias.a.name`, alias, "known aws_kms_alias.a"},
		{"a reference to the key behind an alias", `aws_kms_alias.a.target_key_arn`, alias, "known aws_kms_alias.a"},
		{"a data source", `data.aws_kms_key.k.arn`, `data "aws_kms_key" "k" {}`, "known data.aws_kms_key.k"},
		{"an id", `"` + keyID + `"`, key, "known aws_kms_key.k"},
		{"an ARN", `"arn:aws:kms:us-east-1:111122223333:key/` + keyID + `"`, key, "known aws_kms_key.k"},
		{"an ARN of another service", `"arn:aws:sns:us-east-1:111122223333:key/` + keyID + `"`, key, "external"},
		{"an id of another key", `"` + keyID + `0"`, key, "external"},
		{"the name of an alias", `"alias/alerts"`, alias, "known aws_kms_alias.a"},
		{"the ARN of an alias", `"arn:aws:kms:us-east-1:111122223333:alias/alerts"`, alias, "known aws_kms_alias.a"},
		{"the name of another alias", `"alias/alerts2"`, alias, "external"},
		{"the key of AWS", `"alias/aws/sns"`, alias, "external"},
		{"a topic", `aws_sns_topic.u.arn`, ``, "unknown foreign aws_sns_topic"},
	} {
		g := built(t, "aws_sns_topic \"t\" { kms_master_key_id = "+c.argument+" }\n"+c.world)
		if got := (join{"t", "key", g.Topic("aws_sns_topic.t").Key}).String(); got != "t key "+c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// An alias is followed to its key.
func TestKeyOf(t *testing.T) {
	const alias = "aws_kms_alias \"a\" {\nname = \"alias/alerts\"\ntarget_key_id = %s\n}\n"
	for _, c := range []struct{ name, argument, world, want string }{
		{"a key", `aws_kms_key.k.arn`, `aws_kms_key "k" {}`, "known aws_kms_key.k"},
		{"an alias", `aws_kms_alias.a.name`, fmt.Sprintf(alias, `aws_kms_key.k.key_id`) + `aws_kms_key "k" {}`, "known aws_kms_key.k"},
		{"an alias by its name", `"alias/alerts"`, fmt.Sprintf(alias, `aws_kms_key.k.arn`) + `aws_kms_key "k" {}`, "known aws_kms_key.k"},
		{"an alias of a key that is made elsewhere", `aws_kms_alias.a.name`, fmt.Sprintf(alias, `"`+keyID+`"`), "external"},
		{"an alias of one of two keys", `aws_kms_alias.a.name`, fmt.Sprintf(alias, `one(aws_kms_key.k.arn, aws_kms_key.l.arn)`), "inferred one of aws_kms_key.k aws_kms_key.l"},
		{"an alias that is read, and its key is not", `data.aws_kms_alias.a.name`, `data "aws_kms_alias" "a" { name = "alias/alerts" }`, "external"},
		{"an alias that is read, and its key is managed", `data.aws_kms_alias.a.name`,
			"data \"aws_kms_alias\" \"a\" { target_key_id = \"" + keyID + "\" }\naws_kms_key \"k\" { key_id = \"" + keyID + "\" }", "known aws_kms_key.k"},
		{"one of two keys", `one(aws_kms_key.l.arn, aws_kms_key.k.arn)`, ``, "inferred one of aws_kms_key.k aws_kms_key.l"},
	} {
		g := built(t, "aws_sns_topic \"t\" { kms_master_key_id = "+c.argument+" }\n"+c.world)
		if got := (join{"t", "key", g.KeyOf(g.Topic("aws_sns_topic.t").Key)}).String(); got != "t key "+c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What a data source does not tell is not nothing.
func TestKeyOfAliasThatIsRead(t *testing.T) {
	g := built(t, `
data "aws_kms_alias" "a" { name = "alias/alerts" }
aws_sns_topic "t" { kms_master_key_id = "alias/alerts" }`)
	if got := g.KeyOf(g.Topic("aws_sns_topic.t").Key); got.Text != "alias/alerts" || got.Reason == "" {
		t.Errorf("%+v", got)
	}
}

func TestPoliciesOfKeys(t *testing.T) {
	g := built(t, `
aws_kms_key "k" { key_id = "`+keyID+`" }
aws_kms_key "l" {}
aws_kms_alias "x" { target_key_id = aws_kms_key.k.key_id }
aws_kms_key_policy "a" { key_id = aws_kms_key.k.id }
aws_kms_key_policy "b" { key_id = aws_kms_alias.x.target_key_id }
aws_kms_key_policy "c" { key_id = "`+keyID+`" }
aws_kms_key_policy "d" { key_id = one(aws_kms_key.k.id, aws_kms_key.l.id) }
aws_kms_key_policy "e" { key_id = aws_kms_key.gone.id }
`)
	for id, want := range map[string]string{
		"aws_kms_key.k": "aws_kms_key_policy.a aws_kms_key_policy.b aws_kms_key_policy.c aws_kms_key_policy.d",
		"aws_kms_key.l": "aws_kms_key_policy.d",
	} {
		if got := ids(g.Key(id).Policies); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// The types of keys call whether they are enabled by two names.
func TestEnabledKey(t *testing.T) {
	for _, c := range []struct{ name, key, want string }{
		{"a key", `aws_kms_key "k" {}`, "true"},
		{"a key that is disabled", `aws_kms_key "k" { is_enabled = false }`, "false"},
		{"a key does not call it enabled", `aws_kms_key "k" { enabled = false }`, "true"},
		{"a replica", `aws_kms_replica_key "k" {}`, "true"},
		{"a replica that is disabled", `aws_kms_replica_key "k" { enabled = false }`, "false"},
		{"a replica does not call it is_enabled", `aws_kms_replica_key "k" { is_enabled = false }`, "true"},
		{"an external key", `aws_kms_external_key "k" { enabled = unset() }`, "true"},
		{"an external key that is disabled", `aws_kms_external_key "k" { enabled = false }`, "false"},
		{"a key that is read", `data "aws_kms_key" "k" { enabled = false }`, "false"},
		{"a key that is read does not call it is_enabled", `data "aws_kms_key" "k" { is_enabled = false }`, "true"},
	} {
		if got := shown(built(t, c.key).Keys[0].Enabled); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestPolicyOfKey(t *testing.T) {
	for argument, want := range map[string]string{`unset()`: "null", `"{}"`: "{}", `hidden()`: "unknown"} {
		if got := shown(built(t, `aws_kms_key "k" { policy = `+argument+` }`).Keys[0].Policy); got != want {
			t.Errorf("%s: %s, want %s", argument, got, want)
		}
	}
}
