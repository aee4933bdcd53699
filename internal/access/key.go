package access

import (
	"cmp"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// A keyUse is the use that a service makes of a key.
type keyUse struct {
	of       graph.Node     // what is encrypted
	argument string         // its argument that names the key
	id       resource.Value // the value of that
	key      graph.Target
	managed  string // the alias of the key that AWS manages for it, "" if there is none
	actions  []string
	ask      func(action string, key []iampolicy.Text) iampolicy.Request
}

// masterKey is the argument of a topic or queue that names its key.
const masterKey = "kms_master_key_id"

// bothWays are what a service does with the key of a topic or queue.
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
var bothWays = []string{"kms:Decrypt", "kms:GenerateDataKey"}

var keyCodes = map[document.CheckState]string{document.Broken: "key-denies", document.Undecided: "key-undecided", document.Guessed: codeInferred}

// checkKey reports whether the key of something lets a service encrypt and decrypt.
func (w *World) checkKey(u keyUse) document.Check {
	text, _ := u.id.Text()
	symbolic, _ := u.id.Symbolic()
	switch {
	case u.id.IsNull() || !u.id.IsUnknown() && text == "":
		return document.Check{State: document.Unasked}
	case isManagedKey(symbolic, u.managed) || w.readsManagedKey(u):
		return document.Check{State: document.Broken, Code: "key-aws-managed", Resource: u.of.ID, Attribute: u.argument, Reason: cmp.Or(text, u.managed)}
	}
	for _, attribute := range []string{"key_id", "arn"} {
		if gone := w.findDeleted("aws_kms_key", attribute, text); gone != nil {
			return document.Check{State: document.Broken, Code: "key-disabled", Resource: gone.Address, Reason: "this plan deletes it"}
		}
	}
	target := w.graph.KeyOf(u.key)
	if len(target.To) != 1 || w.graph.Key(target.To[0]) == nil {
		return document.Check{State: document.Undecided, Code: "key-outside", Resource: u.of.ID, Attribute: u.argument, Reason: u.id.Display()}
	}
	return w.checkKeyPolicy(w.graph.Key(target.To[0]), u)
}

// readsManagedKey reports whether a data source that the argument refers to reads the key that
// AWS manages.
func (w *World) readsManagedKey(u keyUse) bool {
	return slices.ContainsFunc(u.key.To, func(id string) bool {
		r := w.graph.Resource(id)
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
	return alias != "" && (id == alias || ok && arn.Service == "kms" && arn.Resource == alias)
}

func (w *World) checkKeyPolicy(k *graph.Key, u keyUse) document.Check {
	attribute := "enabled"
	if k.Resource.Type == "aws_kms_key" {
		attribute = "is_enabled"
	}
	if enabled, ok := k.Enabled.Truth(); ok && !enabled {
		return document.Check{State: document.Broken, Code: "key-disabled", Resource: k.ID, Attribute: attribute}
	}
	if k.Enabled.IsUnknown() {
		return document.Check{State: document.Undecided, Code: "key-undecided", Resource: k.ID, Attribute: attribute, Reason: document.Why(k.Enabled)}
	}
	if unfit := unfitKey(k); unfit != "" {
		return document.Check{State: document.Broken, Code: "key-unfit", Resource: k.ID, Attribute: "key_usage", Reason: unfit}
	}
	if k.External && k.Policy.IsNull() && len(k.Policies) == 0 {
		return document.Check{State: document.Undecided, Code: "key-outside", Resource: k.ID}
	}
	policies := policiesOn(k.ID, k.Policy, k.Policies)
	switch {
	case len(policies) > 0:
	case len(policiesPerhapsOn(k.ID, k.Scope(), w.graph.KeyPolicies)) > 0:
		return document.Check{State: document.Undecided, Code: "key-undecided", Resource: k.ID, Attribute: "policy", Reason: "whether a key policy in the input belongs to this key is not known"}
	default:
		reason := "the default key policy allows only identities of the account, not a service"
		if other := misplaced(k.Attached); other != "" {
			reason = other + ", and " + reason
		}
		return document.Check{State: document.Broken, Code: "key-denies", Resource: k.ID, Attribute: "policy", Reason: reason}
	}
	check := document.Check{State: document.OK}
	for _, action := range u.actions {
		check = weakest(check, w.checkPolicies(policies, k.ID, keyCodes, u.ask(action, []iampolicy.Text{keyARN(k)})))
	}
	return check
}

// unfitKey says why services cannot encrypt with a key: they only take symmetric
// encryption keys.
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

// logGroupCodes are the finding codes for the states of a log group's key.
var logGroupCodes = map[document.CheckState]string{document.Broken: "log-group-key", document.Undecided: "log-group-key-not-visible", document.Guessed: codeInferred}

// LogGroupKey reports whether CloudWatch Logs may use the key of a log group. It asks for
// that when the key is associated, and refuses the key otherwise.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
func (w *World) LogGroupKey(l *graph.LogGroup) document.Check {
	check := w.checkTwice(w.checkLogGroupKey(l), keyTypes, func(sure *World) (document.Check, bool) {
		same := sure.graph.LogGroup(l.ID)
		if same == nil {
			return document.Check{}, false
		}
		return sure.checkLogGroupKey(same), true
	})
	if l.External && check.State == document.Undecided {
		return document.Check{State: document.Unasked} // it exists, so its key was accepted
	}
	check.Code = logGroupCodes[check.State]
	return check
}

func (w *World) checkLogGroupKey(l *graph.LogGroup) document.Check {
	service := "logs." + region(l.Place) + ".amazonaws.com"
	return w.checkKey(keyUse{
		of: l.Node, argument: "kms_key_id", id: l.KMS, key: l.Key, actions: []string{"kms:GenerateDataKey"},
		ask: func(action string, key []iampolicy.Text) iampolicy.Request {
			request := iampolicy.UseKeyForLogs(service, action, key, iampolicy.Known(groupARN(l)))
			name, _ := l.Name.Symbolic()
			request.Plain = resource.Symbols(name)
			return request
		},
	})
}
