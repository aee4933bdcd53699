package plan

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/diag"
)

// topLevel are the members that identify a plan or state, or a file that is mistaken for
// one and that Read refuses with a hint.
var topLevel = map[string]bool{
	"format_version": true, "terraform_version": true, "planned_values": true, "prior_state": true,
	"resource_changes": true, "resource_drift": true, "output_changes": true, "relevant_attributes": true,
	"configuration": true, "deferred_changes": true, "applyable": true, "errored": true,
	"plan_format_version": true, "lineage": true, "@level": true, "@message": true,
}

// Claims reports whether a file that starts with head is for Read: a plan, a
// state, or something that Read refuses with a hint (a binary plan, a log).
func Claims(head []byte) bool {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return true
	}
	s := jsonstream.NewScanner(jsonstream.UTF8Reader(bytes.NewReader(head)))
	claimed := errors.New("claimed")
	err := s.Members(func(key []byte) error {
		if topLevel[string(key)] {
			return claimed
		}
		return s.Skip()
	})
	return errors.Is(err, claimed)
}

// recognize refuses JSON that is neither a plan nor a state.
func (c *contents) recognize() error {
	if c.seen["plan_format_version"] {
		return refuse("redacted plan: its values are removed", "download the unredacted JSON output of the run, or "+hintShow)
	}
	if c.formatVersion == "" {
		return refuse("format_version is missing: not a plan", c.looksLike())
	}
	// Plans and states have the same rule, which terraform-json implements.
	if (&tfjson.Plan{FormatVersion: c.formatVersion}).Validate() != nil {
		return refuse(fmt.Sprintf("format_version %s: iacgate reads 1.x", c.formatVersion), "write the plan with a Terraform or OpenTofu 1.x")
	}
	if c.isState() && !c.seen["values"] {
		for _, name := range slices.Sorted(maps.Keys(c.seen)) {
			if name != "format_version" && name != "terraform_version" && name != "checks" {
				return refuse("neither a plan nor a state", c.looksLike())
			}
		}
	}
	return nil
}

// looksLike returns a hint that names another well-known JSON format.
func (c *contents) looksLike() string {
	switch {
	case c.seen["Resources"] || c.seen["AWSTemplateFormatVersion"]:
		return "it looks like a CloudFormation template: use --from cfn"
	case c.seen["serial"] || c.seen["lineage"]:
		return "it looks like a raw state file; " + hintState
	case c.seen["provider_schemas"]:
		return "it looks like terraform providers schema -json; " + hintShow
	case c.seen["resource"] || c.seen["module"] || c.seen["terraform"]:
		return "it looks like Terraform configuration in JSON: give its directory"
	case c.seen["valid"] && c.seen["diagnostics"]:
		return "it looks like terraform validate -json; " + hintShow
	}
	return hintShow
}

func refuse(message, hint string) error { return &diag.Diagnostic{Message: message, Hint: hint} }

const (
	hintShow  = "write it with: terraform show -json tfplan > plan.json"
	hintState = "write it with: terraform show -json > state.json"
)
