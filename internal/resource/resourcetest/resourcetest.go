// Package resourcetest builds resources from a short text, for table tests of code that
// joins and judges them:
//
//	aws_cloudtrail "main" {
//	  name                       = "main"
//	  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
//	}
//	data "aws_sns_topic" "oncall" { name = "oncall" }
//
// Attributes and blocks have Terraform's syntax, and only what is written is there:
// nobody adds defaults, names or ARNs. A reference is a value that is known only
// after apply and equals that attribute; inside a text it is a part of it. var.x
// has no value, local.x hides one. Functions make the rest:
//
//	unset()      what the provider or AWS chooses
//	hidden()     an expression that cannot be seen
//	outside("x") what comes from elsewhere
//	one(a, b)    one of several references, and nobody knows which
//	made(a)      made from a reference in a way that is not followed
//	secret(v)    sensitive
//
// at = "REGION ACCOUNT" says where a resource lives (us-east-1 111122223333
// unless it does), uncertain = "why" that it is not known whether it exists.
//
// Only tests import it.
package resourcetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// Region and Account are where resources live that say nothing else.
const (
	Region  = "us-east-1"
	Account = "111122223333"
)

// World returns the resources of a text, in address order.
func World(t testing.TB, text string) []*resource.Resource {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), "world", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var world []*resource.Resource
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		r, err := read(b)
		if err != nil {
			t.Fatalf("%s: %v", b.DefRange(), err)
		}
		world = append(world, r)
	}
	slices.SortFunc(world, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	return world
}

func read(b *hclsyntax.Block) (*resource.Resource, error) {
	r := &resource.Resource{Type: b.Type, Scope: resource.Scope{Provider: "aws", Region: Region, Account: Account}}
	labels := b.Labels
	if b.Type == "data" && len(labels) == 2 {
		r.Mode, r.Type, labels = resource.Data, labels[0], labels[1:]
	}
	if len(labels) != 1 || r.Type == "data" {
		return nil, fmt.Errorf("want TYPE \"NAME\" { ... } or data \"TYPE\" \"NAME\" { ... }")
	}
	r.Name = labels[0]
	r.Address = r.Type + "." + r.Name
	if r.Mode == resource.Data {
		r.Address = "data." + r.Address
	}
	at := b.DefRange()
	r.Position = &resource.Position{File: at.Filename, Line: at.Start.Line, Column: at.Start.Column}
	fields, err := body(b.Body)
	if err != nil {
		return nil, err
	}
	if err := place(r, fields); err != nil {
		return nil, err
	}
	r.Attributes = resource.MapValue(fields)
	return r, nil
}

// place takes what is not an attribute out of the fields.
func place(r *resource.Resource, fields map[string]resource.Value) error {
	if at, ok := fields["at"]; ok {
		text, _ := at.Text()
		region, account, ok := strings.Cut(text, " ")
		if !ok {
			return fmt.Errorf("at: want \"REGION ACCOUNT\"")
		}
		r.Scope.Provider = "aws." + region + account
		r.Scope.Region, r.Scope.Account = region, account
	}
	if why, ok := fields["uncertain"]; ok {
		r.Uncertain, _ = why.Text()
	}
	delete(fields, "at")
	delete(fields, "uncertain")
	return nil
}

func body(b *hclsyntax.Body) (map[string]resource.Value, error) {
	fields := map[string]resource.Value{}
	for name, a := range b.Attributes {
		v, err := value(a.Expr)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		fields[name] = v
	}
	blocks := map[string][]resource.Value{}
	for _, inner := range b.Blocks {
		one, err := body(inner.Body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", inner.Type, err)
		}
		blocks[inner.Type] = append(blocks[inner.Type], resource.MapValue(one))
	}
	for name, list := range blocks {
		fields[name] = resource.ListValue(list...)
	}
	return fields, nil
}

func value(e hclsyntax.Expression) (resource.Value, error) {
	switch e := e.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return reference(e.Traversal)
	case *hclsyntax.TemplateWrapExpr:
		return value(e.Wrapped)
	case *hclsyntax.TemplateExpr:
		return template(e)
	case *hclsyntax.FunctionCallExpr:
		return call(e)
	case *hclsyntax.TupleConsExpr:
		return tuple(e)
	case *hclsyntax.ObjectConsExpr:
		return object(e)
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return resource.Value{}, diags
	}
	return literal(v), nil
}

func literal(v cty.Value) resource.Value {
	switch {
	case v.IsNull():
		return resource.NullValue()
	case v.Type() == cty.Bool:
		return resource.BoolValue(v.True())
	case v.Type() == cty.Number:
		return resource.NumberValue(v.AsBigFloat().Text('f', -1))
	}
	return resource.StringValue(v.AsString())
}

func tuple(e *hclsyntax.TupleConsExpr) (resource.Value, error) {
	var list []resource.Value
	for _, item := range e.Exprs {
		v, err := value(item)
		if err != nil {
			return v, err
		}
		list = append(list, v)
	}
	return resource.ListValue(list...), nil
}

func object(e *hclsyntax.ObjectConsExpr) (resource.Value, error) {
	fields := map[string]resource.Value{}
	for _, item := range e.Items {
		key, diags := item.KeyExpr.Value(nil)
		if diags.HasErrors() {
			return resource.Value{}, diags
		}
		v, err := value(item.ValueExpr)
		if err != nil {
			return v, err
		}
		fields[key.AsString()] = v
	}
	return resource.MapValue(fields), nil
}

// reference returns an attribute of a resource, or a variable or local.
func reference(path hcl.Traversal) (resource.Value, error) {
	var steps []string
	for _, step := range path {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			steps = append(steps, s.Name)
		case hcl.TraverseAttr:
			steps = append(steps, s.Name)
		case hcl.TraverseIndex:
			steps = append(steps, index(s.Key))
		}
	}
	name := strings.Join(steps, ".")
	switch steps[0] {
	case "var":
		return resource.UnknownValue(resource.Origin{Cause: resource.Variable, Via: []string{name}, Deciders: []string{name}, Symbolic: resource.Symbol(name)}), nil
	case "local":
		return resource.UnknownValue(resource.Origin{Cause: resource.Local, Via: []string{name}}), nil
	}
	length := 2
	if steps[0] == "data" {
		length = 3
	}
	if len(steps) <= length {
		return resource.Value{}, fmt.Errorf("%s: want TYPE.NAME.ATTRIBUTE", name)
	}
	ref := resource.Ref{Address: strings.Join(steps[:length], "."), Attribute: strings.Join(steps[length:], ".")}
	return resource.UnknownValue(resource.Origin{
		Cause: resource.Referenced, Refs: []resource.Ref{ref}, Certain: true, Exact: true, Symbolic: resource.Symbol(ref.String()),
	}), nil
}

func index(key cty.Value) string {
	if key.Type() == cty.Number {
		n, _ := key.AsBigFloat().Int64()
		return strconv.FormatInt(n, 10)
	}
	return key.AsString()
}

// template returns a text with values in it, of which all refs are parts.
func template(e *hclsyntax.TemplateExpr) (resource.Value, error) {
	var text strings.Builder
	o := resource.Origin{Cause: resource.Composed, Certain: true}
	for _, part := range e.Parts {
		v, err := value(part)
		if err != nil {
			return v, err
		}
		symbolic, ok := v.Symbolic()
		if !ok {
			return v, fmt.Errorf("a part of a text that has none")
		}
		text.WriteString(symbolic)
		if inner, ok := v.Origin(); ok && v.IsUnknown() {
			o.Cause = inner.Cause
			o.Refs, o.Deciders, o.Via = append(o.Refs, inner.Refs...), append(o.Deciders, inner.Deciders...), append(o.Via, inner.Via...)
		}
	}
	if o.Cause == resource.Composed {
		return resource.StringValue(text.String()), nil
	}
	o.Symbolic = text.String()
	return resource.UnknownValue(o), nil
}

// call is one of the functions of the notation.
func call(e *hclsyntax.FunctionCallExpr) (resource.Value, error) {
	var args []resource.Value
	for _, a := range e.Args {
		v, err := value(a)
		if err != nil {
			return v, err
		}
		args = append(args, v)
	}
	unknown := func(o resource.Origin) (resource.Value, error) { return resource.UnknownValue(o), nil }
	switch {
	case e.Name == "unset" && len(args) == 0:
		return unknown(resource.Origin{Cause: resource.Computed, Certain: true})
	case e.Name == "hidden" && len(args) == 0:
		return unknown(resource.Origin{Cause: resource.Opaque})
	case e.Name == "outside" && len(args) == 1:
		text, _ := args[0].Text()
		return unknown(resource.Origin{Cause: resource.Outside, Via: []string{text}})
	case e.Name == "one" && len(args) > 0:
		return unknown(resource.Origin{Cause: resource.Referenced, Refs: refs(args)})
	case e.Name == "made" && len(args) > 0:
		return unknown(resource.Origin{Cause: resource.Referenced, Refs: refs(args), Certain: true, Made: true})
	case e.Name == "secret" && len(args) == 1:
		return args[0].AsSensitive(), nil
	}
	return resource.Value{}, fmt.Errorf("no function %s of %d arguments", e.Name, len(args))
}

func refs(values []resource.Value) (all []resource.Ref) {
	for _, v := range values {
		o, _ := v.Origin()
		all = append(all, o.Refs...)
	}
	return all
}
