package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
)

// A Key is a KMS key.
type Key struct {
	Node
	Policy  resource.Value // null for the default key policy
	Enabled resource.Value
	Spec    resource.Value // SYMMETRIC_DEFAULT, RSA_2048, ...
	Usage   resource.Value // ENCRYPT_DECRYPT, SIGN_VERIFY, ...
	Attached
}

func newKey(n Node) *Key {
	args := argumentsOf(n.Resource)
	enabled := "enabled"
	if n.Resource.Type == "aws_kms_key" && !n.External {
		enabled = "is_enabled"
	}
	return &Key{
		Spec: args.get("customer_master_key_spec"), Usage: args.get("key_usage"),
		Node: n, Policy: args.get("policy"),
		Enabled: args.get(enabled),
	}
}

type alias struct {
	Node
	name resource.Value
	key  Target
}

func newAlias(n Node) *alias { return &alias{Node: n, name: argumentsOf(n.Resource).get("name")} }
