package analysis

import (
	"cmp"
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

var keyCodes = map[CheckState]string{Broken: "key-denies", Undecided: "key-undecided", Guessed: inferred}

// mayUse says whether the key of something lets a service encrypt and decrypt.
func (b *builder) mayUse(u keyUse) Check {
	text, _ := u.id.Text()
	switch {
	case u.id.IsNull() || !u.id.IsUnknown() && text == "":
		return Check{State: Unasked}
	case isManagedKey(text, u.managed) || b.readsManagedKey(u):
		return Check{State: Broken, Code: "key-aws-managed", Resource: u.of.ID, Attribute: "kms_master_key_id", Reason: cmp.Or(text, u.managed)}
	}
	for _, attribute := range []string{"key_id", "arn"} {
		if gone := b.gone("aws_kms_key", attribute, text); gone != nil {
			return Check{State: Broken, Code: "key-disabled", Resource: gone.Address, Reason: "this plan deletes it"}
		}
	}
	target := b.graph.KeyOf(u.key)
	if len(target.To) != 1 || b.graph.Key(target.To[0]) == nil {
		return Check{State: Undecided, Code: "key-outside", Resource: u.of.ID, Attribute: "kms_master_key_id", Reason: u.id.Display()}
	}
	return b.keyAllows(b.graph.Key(target.To[0]), u.ask)
}

// readsManagedKey says whether a data source behind the argument reads the key that
// AWS manages.
func (b *builder) readsManagedKey(u keyUse) bool {
	return slices.ContainsFunc(u.key.To, func(id string) bool {
		r := b.graph.Resource(id)
		if r == nil || r.Mode != resource.Data {
			return false
		}
		asked := map[string]string{"aws_kms_alias": "name", "aws_kms_key": "key_id"}[r.Type]
		text, _ := r.Attr(asked).Text()
		return asked != "" && isManagedKey(text, u.managed)
	})
}

func isManagedKey(id, alias string) bool {
	arn, ok := graph.ParseARN(id)
	return id == alias || ok && arn.Service == "kms" && arn.Resource == alias
}

func (b *builder) keyAllows(k *graph.Key, ask func(action string, key []iampolicy.Text) iampolicy.Request) Check {
	attribute := "enabled"
	if k.Resource.Type == "aws_kms_key" {
		attribute = "is_enabled"
	}
	if enabled, ok := k.Enabled.Truth(); ok && !enabled {
		return Check{State: Broken, Code: "key-disabled", Resource: k.ID, Attribute: attribute}
	}
	if k.Enabled.IsUnknown() {
		return Check{State: Undecided, Code: "key-undecided", Resource: k.ID, Attribute: attribute, Reason: why(k.Enabled)}
	}
	if unfit := unfitKey(k); unfit != "" {
		return Check{State: Broken, Code: "key-unfit", Resource: k.ID, Attribute: "key_usage", Reason: unfit}
	}
	if k.External && k.Policy.IsNull() && len(k.Policies) == 0 {
		return Check{State: Undecided, Code: "key-outside", Resource: k.ID}
	}
	policies := policiesOn(k.ID, k.Policy, k.Policies)
	switch {
	case len(policies) > 0:
	case len(perhapsOn(k.Scope(), b.graph.KeyPolicies)) > 0:
		return Check{State: Undecided, Code: "key-undecided", Resource: k.ID, Attribute: "policy", Reason: "whether a key policy of the input is for this key is not known"}
	default:
		return Check{State: Broken, Code: "key-denies", Resource: k.ID, Attribute: "policy", Reason: "the default key policy admits the account's own identities, not a service"}
	}
	check := Check{State: OK}
	for _, action := range []string{"kms:Decrypt", "kms:GenerateDataKey"} {
		check = check.and(b.allAllow(policies, k.ID, keyCodes, ask(action, []iampolicy.Text{keyARN(k)})))
	}
	return check
}

// unfitKey says why a key cannot encrypt: services take symmetric keys for encryption
// alone.
// https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
func unfitKey(k *graph.Key) string {
	spec, _ := k.Spec.Text()
	usage, _ := k.Usage.Text()
	switch {
	case usage != "" && usage != "ENCRYPT_DECRYPT":
		return "key_usage is " + usage
	case spec != "" && spec != "SYMMETRIC_DEFAULT":
		return "it is not symmetric: " + spec
	}
	return ""
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
		return Check{State: Unasked}
	}
	k := b.graph.Key(b.first(b.graph.KeyOf(l.Key)))
	if k == nil {
		return Check{State: Unasked}
	}
	policies := policiesOn(k.ID, k.Policy, k.Policies)
	if len(policies) == 0 {
		return Check{State: Unasked}
	}
	check := b.allAllow(policies, k.ID, nil, iampolicy.Request{
		Principal: iampolicy.Caller{Service: "logs." + region(l.Place) + ".amazonaws.com"}, Action: "kms:GenerateDataKey",
		Resources:   []iampolicy.Text{keyARN(k)},
		UnknownKeys: []string{"aws:SourceArn", "aws:SourceAccount", "kms:EncryptionContext:aws:logs:arn", "kms:ViaService", "kms:CallerAccount"},
	})
	if check.State == Broken && l.Place.Region == "" {
		check.State = Undecided
	}
	return check
}
