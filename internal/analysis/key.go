package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// A keyUse is what a service wants of the key that something is encrypted with.
type keyUse struct {
	of      graph.Node     // what is encrypted
	id      resource.Value // its kms_master_key_id
	key     graph.Target
	managed string // the alias of the key that AWS manages for it
	ask     func(action string, key []iampolicy.Text) iampolicy.Request
}

var keyCodes = map[CheckState]string{"broken": "key-denies", "unknown": "key-undecided", "inferred": inferred}

// mayUse says whether the key of something lets a service encrypt and decrypt.
func (b *builder) mayUse(u keyUse) Check {
	text, _ := u.id.Text()
	switch {
	case u.id.IsNull() || !u.id.IsUnknown() && text == "":
		return Check{State: "none"}
	case isManagedKey(text, u.managed):
		return Check{State: "broken", Code: "key-aws-managed", Resource: u.of.ID, Attribute: "kms_master_key_id", Reason: text}
	}
	for _, attribute := range []string{"key_id", "arn"} {
		if gone := b.gone("aws_kms_key", attribute, text); gone != nil {
			return Check{State: "broken", Code: "key-disabled", Resource: gone.Address, Reason: "this plan deletes it"}
		}
	}
	target := b.graph.KeyOf(u.key)
	if len(target.To) != 1 || b.graph.Key(target.To[0]) == nil {
		return Check{State: "unknown", Code: "key-outside", Resource: u.of.ID, Attribute: "kms_master_key_id", Reason: u.id.Display()}
	}
	return b.keyAllows(b.graph.Key(target.To[0]), u.ask)
}

func isManagedKey(id, alias string) bool {
	arn, ok := graph.ParseARN(id)
	return id == alias || ok && arn.Service == "kms" && arn.Resource == alias
}

func (b *builder) keyAllows(k *graph.Key, ask func(action string, key []iampolicy.Text) iampolicy.Request) Check {
	if enabled, ok := k.Enabled.Truth(); ok && !enabled {
		return Check{State: "broken", Code: "key-disabled", Resource: k.ID, Attribute: "is_enabled"}
	}
	if k.Enabled.IsUnknown() {
		return Check{State: "unknown", Code: "key-undecided", Resource: k.ID, Attribute: "is_enabled", Reason: why(k.Enabled)}
	}
	if k.External && k.Policy.IsNull() && len(k.Policies) == 0 {
		return Check{State: "unknown", Code: "key-outside", Resource: k.ID}
	}
	at := keyPolicy(k)
	if at.value.IsNull() && b.mayHavePolicy(k) {
		return Check{State: "unknown", Code: "key-undecided", Resource: k.ID, Attribute: "policy", Reason: "whether a key policy of the input is for this key is not known"}
	}
	if at.value.IsNull() {
		return Check{State: "broken", Code: "key-denies", Resource: k.ID, Attribute: "policy", Reason: "the default key policy admits the account's own identities, not a service"}
	}
	check := Check{State: "ok"}
	for _, action := range []string{"kms:Decrypt", "kms:GenerateDataKey"} {
		one := b.allows(at, k.ID, ask(action, []iampolicy.Text{keyARN(k)}))
		one.Code, one.Resource, one.Attribute = keyCodes[one.State], at.resource, "policy"
		check = check.and(one)
	}
	return check
}

// mayHavePolicy says whether a key policy may be the key's or another's.
func (b *builder) mayHavePolicy(k *graph.Key) bool {
	return slices.ContainsFunc(b.graph.KeyPolicies, func(p *graph.KeyPolicy) bool {
		return isOpen(p.Key) && p.Scope().Same(k.Scope()) != resource.No
	})
}

// keyPolicy is what sets a key's policy. A policy resource replaces the key's own
// argument.
func keyPolicy(k *graph.Key) written {
	if len(k.Policies) > 0 {
		return written{resource: k.Policies[0].ID, value: k.Policies[0].Policy}
	}
	return written{resource: k.ID, value: k.Policy}
}

func keyARN(k *graph.Key) iampolicy.Text {
	symbol := k.ID + ".arn"
	if text, ok := k.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(k.Scope()) + ":kms:" + region(k.Scope()) + ":" + account(k.Scope()) + ":key/" + iampolicy.Hole,
		Symbol: symbol,
	}
}

// logGroupKey says whether the log service may use the group's key; CloudWatch
// Logs asks for it when the key is associated.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
func (b *builder) logGroupKey(l *graph.LogGroup) Check {
	if len(l.Key.To) != 1 || l.KMS.IsNull() {
		return Check{State: "none"}
	}
	k := b.graph.Key(b.first(b.graph.KeyOf(l.Key)))
	if k == nil {
		return Check{State: "none"}
	}
	at := keyPolicy(k)
	if at.value.IsNull() {
		return Check{State: "none"}
	}
	check := b.allows(at, k.ID, iampolicy.Request{
		Principal: iampolicy.Caller{Service: "logs." + region(l.Place) + ".amazonaws.com"}, Action: "kms:GenerateDataKey",
		Resources:   []iampolicy.Text{keyARN(k)},
		UnknownKeys: []string{"aws:SourceArn", "aws:SourceAccount", "kms:EncryptionContext:aws:logs:arn", "kms:ViaService", "kms:CallerAccount"},
	})
	if check.State == "broken" && l.Place.Region == "" {
		check.State = "unknown"
	}
	check.Resource, check.Attribute = at.resource, "policy"
	return check
}
