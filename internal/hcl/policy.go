package hcl

import (
	"encoding/json"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

// policy is the JSON of a policy document, in the order of the provider.
type policy struct {
	Version   string
	ID        string `json:"Id,omitempty"`
	Statement []policyStatement
}

type policyStatement struct {
	Sid          string `json:",omitempty"`
	Effect       string `json:",omitempty"`
	Action       any    `json:",omitempty"`
	NotAction    any    `json:",omitempty"`
	Resource     any    `json:",omitempty"`
	NotResource  any    `json:",omitempty"`
	Principal    any    `json:",omitempty"`
	NotPrincipal any    `json:",omitempty"`
	Condition    any    `json:",omitempty"`
}

// add adds a statement; one with the Sid of another replaces it.
func (p *policy) add(s policyStatement) {
	for n, old := range p.Statement {
		if s.Sid != "" && old.Sid == s.Sid {
			p.Statement[n] = s
			return
		}
	}
	p.Statement = append(p.Statement, s)
}

// statementsOf reads the statements of a policy: a list, or one alone.
func statementsOf(text string) (list []policyStatement, ok bool) {
	var doc struct{ Statement json.RawMessage }
	if json.Unmarshal([]byte(text), &doc) != nil {
		return nil, false
	}
	if json.Unmarshal(doc.Statement, &list) == nil {
		return list, true
	}
	var alone policyStatement
	return []policyStatement{alone}, json.Unmarshal(doc.Statement, &alone) == nil
}

// newStatement returns a block of the data source as JSON has it.
func newStatement(s map[string]cty.Value) policyStatement {
	out := policyStatement{Effect: "Allow"}
	out.Sid, _ = value.ScalarText(s["sid"])
	if effect, ok := value.ScalarText(s["effect"]); ok && effect != "" {
		out.Effect = effect
	}
	out.Action, out.NotAction = oneOrMany(texts(s["actions"])), oneOrMany(texts(s["not_actions"]))
	out.Resource, out.NotResource = oneOrMany(texts(s["resources"])), oneOrMany(texts(s["not_resources"]))
	out.Principal, out.NotPrincipal = principals(s["principals"]), principals(s["not_principals"])
	out.Condition = conditions(s["condition"])
	return out
}

// conditions returns the condition blocks of a statement: those with the same test
// of the same variable become one, with the values of all.
func conditions(v cty.Value) any {
	all := map[string]map[string][]string{}
	for _, c := range blocksOf(v) {
		test, _ := value.ScalarText(c["test"])
		variable, _ := value.ScalarText(c["variable"])
		if all[test] == nil {
			all[test] = map[string][]string{}
		}
		all[test][variable] = append(all[test][variable], texts(c["values"])...)
	}
	if len(all) == 0 {
		return nil
	}
	out := map[string]map[string]any{}
	for test, variables := range all {
		out[test] = map[string]any{}
		for variable, values := range variables {
			out[test][variable] = oneOrMany(values)
		}
	}
	return out
}

func principals(v cty.Value) any {
	all := map[string][]string{}
	for _, p := range blocksOf(v) {
		typ, _ := value.ScalarText(p["type"])
		ids := texts(p["identifiers"])
		if typ == "*" && len(ids) == 1 && ids[0] == "*" {
			return "*"
		}
		all[typ] = append(all[typ], ids...)
	}
	if len(all) == 0 {
		return nil
	}
	out := map[string]any{}
	for typ, ids := range all {
		out[typ] = oneOrMany(ids)
	}
	return out
}

func blocksOf(v cty.Value) []map[string]cty.Value {
	if v == cty.NilVal || v.IsNull() || !v.CanIterateElements() {
		return nil
	}
	var list []map[string]cty.Value
	for _, e := range v.AsValueSlice() {
		if e.Type().IsObjectType() {
			list = append(list, e.AsValueMap())
		}
	}
	return list
}

// texts returns the elements of a list. The data source writes ${ as &{, because
// Terraform would evaluate it.
func texts(v cty.Value) []string {
	if v == cty.NilVal || v.IsNull() || !v.CanIterateElements() {
		return nil
	}
	var list []string
	for _, e := range v.AsValueSlice() {
		if text, ok := value.ScalarText(e); ok {
			list = append(list, strings.ReplaceAll(text, "&{", "${"))
		}
	}
	return list
}

// oneOrMany writes a list as policies do: a single element without brackets.
func oneOrMany(list []string) any {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return list
}
