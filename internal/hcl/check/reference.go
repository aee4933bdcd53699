package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// A reference is a reference in an expression, with its context.
type reference struct {
	hcl.Traversal
	context
}

func (r reference) at() hcl.Range { return r.SourceRange() }

// reference checks that what a reference names is declared.
func (n *nameChecker) reference(r reference) {
	root := r.RootName()
	switch {
	case !r.isFree(root) || slices.Contains(foreignRoots, root):
	case slices.Contains(ownRoots, root) && (len(r.Traversal) < 2 || syntax.StepName(r.Traversal[1]) == ""):
		n.report(r.at(), "write "+root+".name", "%s: not a value by itself", root)
	default:
		n.named(root, r)
	}
}

// ownRoots begin references that are not to resources.
var ownRoots = []string{"var", "local", "module", "data", "each", "count", "path", "terraform", "tofu", "self"}

// foreignRoots begin references to blocks that are not read, or not everywhere.
var foreignRoots = []string{"ephemeral", "action", "list", "provider", "run", "template", "lazy", "arg", "check"}

func (n *nameChecker) named(root string, r reference) {
	name := ""
	if len(r.Traversal) > 1 {
		name = syntax.StepName(r.Traversal[1])
	}
	switch root {
	case "var":
		if n.module.Variables[name] == nil && !n.generated {
			n.report(r.at(), Suggest("var."+name, prefixed("var.", maps.Keys(n.module.Variables)), "declare it: variable "+syntax.Quote(name)+" {}"), "var.%s: no such variable", name)
		}
	case "local":
		if n.module.Locals[name] == nil && !n.generated {
			n.report(r.at(), Suggest("local."+name, prefixed("local.", maps.Keys(n.module.Locals)), "declare it: locals { "+name+" = ... }"), "local.%s: no such local value", name)
		}
	case "module":
		n.moduleNamed(name, r)
	case "each":
		n.repeatedName(r, name, r.each, "for_each", "key", "value")
	case "count":
		n.repeatedName(r, name, r.count, "count", "index")
	case "self":
		if !r.own {
			n.report(r.at(), "write the address of the resource", "self: allowed only in provisioners, connections and postconditions")
		}
	case "path":
		n.oneOf(r, name, "module", "root", "cwd")
	case "terraform", "tofu":
		n.oneOf(r, name, "workspace", "applying", "env")
	default:
		n.resourceNamed(r)
	}
}

func prefixed(prefix string, names func(yield func(string) bool)) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range names {
			if !yield(prefix + name) {
				return
			}
		}
	}
}

// repeatedName checks each and count, which need for_each and count.
func (n *nameChecker) repeatedName(r reference, name string, isRepeated bool, by string, attributes ...string) {
	if !isRepeated {
		n.report(r.at(), "it is allowed only in a resource or module call with "+by, "%s.%s: no %s here", r.RootName(), name, by)
		return
	}
	n.oneOf(r, name, attributes...)
}

func (n *nameChecker) oneOf(r reference, name string, attributes ...string) {
	if !slices.Contains(attributes, name) {
		n.report(r.at(), Suggest(name, slices.Values(attributes), "write "+r.RootName()+"."+attributes[0]), "%s.%s: no such value", r.RootName(), name)
	}
}

// moduleNamed checks a reference to a module call and to an output of it.
// Terraform checks outputs when it evaluates: if it may not get there, or the module is
// not installed, nothing is reported.
func (n *nameChecker) moduleNamed(name string, r reference) {
	b := n.module.Calls[name]
	if b == nil {
		if !n.generated {
			n.report(r.at(), Suggest("module."+name, prefixed("module.", maps.Keys(n.module.Calls)), "declare it: module "+syntax.Quote(name)+" { source = ... }"), "module.%s: no such module call", name)
		}
		return
	}
	output := r.Traversal[2:]
	isRepeated := syntax.Argument(b, "count") != nil || syntax.Argument(b, "for_each") != nil
	if len(output) > 0 && isRepeated {
		if _, isIndex := output[0].(hcl.TraverseIndex); !isIndex && syntax.Argument(b, "count") != nil && !r.unsure {
			n.report(r.at(), "write module."+name+"[0]"+syntax.TraversalText(output)+" or module."+name+"[*]"+syntax.TraversalText(output), "%s: module.%s has count", syntax.TraversalText(r.Traversal), name)
			return
		}
		output = output[1:]
	}
	if len(output) == 0 || syntax.StepName(output[0]) == "" || r.unsure {
		return
	}
	n.output(name, syntax.StepName(output[0]), r.at())
}

// output checks that a module has an output.
func (n *nameChecker) output(call, output string, at hcl.Range) {
	if inner := n.callees[call]; inner != nil && inner.Outputs[output] == nil {
		n.report(at, Suggest(output, maps.Keys(inner.Outputs), "declare it in the module: output "+syntax.Quote(output)+" { value = ... }"), "module.%s.%s: the module has no such output", call, output)
	}
}

// resourceNamed checks a reference to a resource.
func (n *nameChecker) resourceNamed(r reference) {
	if len(r.Traversal) == 1 {
		n.report(r.at(), "write it in quotes, or var."+r.RootName()+" or local."+r.RootName(), "%s: no value has this name", r.RootName())
		return
	}
	name, rest, ok := syntax.ResourceOf(r.Traversal)
	if !ok {
		return
	}
	b := n.module.Resources[name]
	if b == nil {
		if !n.generated {
			n.report(r.at(), n.suggestResource(name), "%s: no such %s", name, kindOf(name))
		}
		return
	}
	n.instanceNamed(b, name, rest, r)
}

func kindOf(name syntax.ResourceName) string {
	if name.Mode == resource.Data {
		return "data source"
	}
	return "resource"
}

// suggestResource returns the resource that was probably meant.
func (n *nameChecker) suggestResource(name syntax.ResourceName) string {
	var known []string
	for other := range n.module.Resources {
		known = append(known, other.String())
		if other.Type == name.Type && other.Name == name.Name {
			return "did you mean " + other.String() + "?"
		}
	}
	switch name.Type {
	case "variable", "vars", "variables":
		return "did you mean var." + name.Name + "?"
	case "locals":
		return "did you mean local." + name.Name + "?"
	case "modules":
		return "did you mean module." + name.Name + "?"
	}
	block := "resource"
	if name.Mode == resource.Data {
		block = "data"
	}
	return Suggest(name.String(), slices.Values(known), "declare it: "+block+" "+syntax.Quote(name.Type)+" "+syntax.Quote(name.Name)+" { ... }")
}

// instanceNamed checks that a reference chooses an instance if and only if there can be
// several.
func (n *nameChecker) instanceNamed(b *hclsyntax.Block, name syntax.ResourceName, rest hcl.Traversal, r reference) {
	if len(rest) == 0 {
		return
	}
	by := ""
	for _, repeat := range []string{"count", "for_each"} {
		if syntax.Argument(b, repeat) != nil {
			by = repeat
		}
	}
	_, isIndex := rest[0].(hcl.TraverseIndex)
	switch {
	case by == "" && isIndex:
		n.report(r.at(), "write "+name.String()+syntax.TraversalText(rest[1:]), "%s: %s has neither count nor for_each", syntax.TraversalText(r.Traversal), name)
		return
	case by == "count" && !isIndex:
		n.report(r.at(), "write "+name.String()+"[0]"+syntax.TraversalText(rest)+" or "+name.String()+"[*]"+syntax.TraversalText(rest), "%s: %s has count", syntax.TraversalText(r.Traversal), name)
		return
	case by == "for_each" && !isIndex:
		n.report(r.at(), "write "+name.String()+"[each.key]"+syntax.TraversalText(rest)+" or the key of an instance", "%s: %s has for_each", syntax.TraversalText(r.Traversal), name)
		return
	case isIndex:
		rest = rest[1:]
	}
	if len(rest) > 0 {
		n.attributeNamed(name, syntax.StepName(rest[0]), r.at())
	}
}

// attributeNamed checks an attribute of a type that the catalog knows. Other
// versions of the provider have other attributes, so only a misspelt one is
// refused.
func (n *nameChecker) attributeNamed(name syntax.ResourceName, attribute string, at hcl.Range) {
	known := schema.Of(name.Mode, name.Type)
	if attribute == "" || known.Has(attribute) || attribute == "region" || attribute == "timeouts" {
		return
	}
	for _, k := range slices.Sorted(known.Names()) {
		if isSlip(attribute, k) {
			n.report(at, "did you mean "+k+"?", "%s.%s: no such attribute", name, attribute)
			return
		}
	}
}

// isSlip reports whether a word is another one with one letter more, less or
// different, or with two neighbours swapped.
func isSlip(word, known string) bool {
	if len(word) < 3 || word == known {
		return false
	}
	short, long := word, known
	if len(short) > len(long) {
		short, long = long, short
	}
	n := 0
	for n < len(short) && short[n] == long[n] {
		n++
	}
	switch {
	case len(long) == len(short)+1:
		return short[n:] == long[n+1:]
	case len(long) != len(short):
		return false
	case short[n+1:] == long[n+1:]:
		return true
	}
	return n+1 < len(short) && short[n] == long[n+1] && short[n+1] == long[n] && short[n+2:] == long[n+2:]
}

// function checks that Terraform has a function. Those of providers are not
// known.
func (n *nameChecker) function(e *eval.Call, p context) {
	name := strings.TrimPrefix(e.Name, "core::")
	if p.unsure || strings.Contains(name, "::") || funcs.IsFunction(name) {
		return
	}
	n.report(e.NameRange, Suggest(name, funcs.FunctionNames(), "Terraform has no function of this name"), "%s(): no such function", name)
}
