package resource

import (
	"maps"
	"slices"
	"strings"
)

// Written is the configuration of a resource, a module call, an output or a variable, as
// far as both plan and code show it.
type Written struct {
	// Address is without instance keys: module.m.aws_sns_topic.t, module.m,
	// module.m.output.arn, module.m.var.name.
	Address   string
	Arguments Arguments
}

// Arguments are arguments and nested blocks by name; count and for_each are among
// them.
type Arguments map[string]Argument

// An Argument is a constant, as JSON in which all scalars are texts, or a list of
// references, or nested blocks. The zero Argument is an expression that shows none of
// these, such as a function of constants.
type Argument struct {
	Constant   string
	References []string
	Blocks     []Arguments
}

// IsKnown reports whether the argument shows a constant, references or blocks.
func (a Argument) IsKnown() bool {
	return a.Constant != "" || len(a.References)+len(a.Blocks) > 0
}

// References returns the references that are not a prefix of another one, in order:
// of t.x.arn and t.x, which Terraform lists both, the first.
func References(all []string) []string {
	sorted := slices.Compact(slices.Sorted(slices.Values(all)))
	return slices.DeleteFunc(sorted, func(ref string) bool {
		return slices.ContainsFunc(all, func(o string) bool {
			rest, ok := strings.CutPrefix(o, ref)
			return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
		})
	})
}

func (a Argument) equal(b Argument) bool {
	return a.Constant == b.Constant && slices.Equal(a.References, b.References) &&
		slices.EqualFunc(a.Blocks, b.Blocks, func(x, y Arguments) bool { return x.difference(y) == "" })
}

// difference names the first argument in which two differ; "" for none.
func (a Arguments) difference(b Arguments) string {
	names := maps.Clone(a)
	maps.Copy(names, b)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, inA := a[name]
		y, inB := b[name]
		if inA != inB || !x.equal(y) {
			return name
		}
	}
	return ""
}

// Difference names the first block, and the argument of it, in which two
// configurations differ; "" for none.
func Difference(a, b []Written) (address, argument string) {
	x, y := byAddress(a), byAddress(b)
	all := maps.Clone(x)
	maps.Copy(all, y)
	for _, address := range slices.Sorted(maps.Keys(all)) {
		p, inA := x[address]
		q, inB := y[address]
		if inA != inB {
			return address, ""
		}
		if name := p.difference(q); name != "" {
			return address, name
		}
	}
	return "", ""
}

func byAddress(blocks []Written) map[string]Arguments {
	all := make(map[string]Arguments, len(blocks))
	for _, b := range blocks {
		all[b.Address] = b.Arguments
	}
	return all
}

// InModule returns the address of something in a module.
func InModule(module, address string) string {
	return strings.TrimPrefix(module+"."+address, ".")
}
