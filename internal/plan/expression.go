package plan

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"
)

// An expression is one argument in the configuration: a constant,
// references, or the blocks inside it. tfjson.Expression has no place for
// blocks that are a single object, so this is read here.
type expression struct {
	Constant   any
	IsConstant bool
	References []string
	Blocks     []map[string]expression
	// Keyed holds the blocks of a map of blocks, and a single block where that
	// cannot be distinguished from one.
	Keyed map[string]expression
}

func (e *expression) UnmarshalJSON(raw []byte) error {
	var v any
	if err := jsonstream.Unmarshal(raw, &v); err != nil {
		return err
	}
	*e = newExpression(v)
	return nil
}

func newExpression(v any) expression {
	switch v := v.(type) {
	case []any:
		e := expression{Blocks: make([]map[string]expression, len(v))}
		for i, block := range v {
			members, _ := block.(map[string]any)
			e.Blocks[i] = newExpressions(members)
		}
		return e
	case map[string]any:
		return newMember(v)
	}
	return expression{}
}

func newMember(members map[string]any) expression {
	constant, isConstant := members["constant_value"]
	references, isReference := members["references"].([]any)
	switch {
	case len(members) == 0:
		return expression{}
	case len(members) > 1 || !isConstant && !isReference:
		return expression{Keyed: newExpressions(members)}
	case isConstant:
		return expression{Constant: constant, IsConstant: true}
	}
	e := expression{References: make([]string, len(references))}
	for i, ref := range references {
		e.References[i], _ = ref.(string)
	}
	return e
}

func newExpressions(members map[string]any) map[string]expression {
	all := make(map[string]expression, len(members))
	for name, v := range members {
		all[name] = newExpression(v)
	}
	return all
}

func (e expression) isSet() bool {
	return e.IsConstant || e.References != nil || e.Blocks != nil || e.Keyed != nil
}

// isNonNull reports whether e is set to anything but a constant null.
func (e expression) isNonNull() bool { return e.isSet() && !(e.IsConstant && e.Constant == nil) }

// blocks returns the blocks of e, whether it holds one or a list.
func (e expression) blocks() []map[string]expression {
	if e.Keyed != nil {
		return []map[string]expression{e.Keyed}
	}
	return e.Blocks
}

// direct returns the references of e as they are written. In plans, Terraform lists all
// prefixes after each: t.x[0].arn, t.x[0], t.x. A prefix elsewhere is a reference of its
// own.
func (e expression) direct() []string {
	var written []string
	last := ""
	for _, ref := range e.References {
		if last == "" || !isPrefix(ref, last) || isLastPrefix(written[len(written)-1], last) {
			written = append(written, ref)
		}
		last = ref
	}
	return written
}

// isLastPrefix reports whether last ends the prefixes of a reference: those of an output
// end with the instance of its module, module.m["k"].
func isLastPrefix(ref, last string) bool {
	return ref != last && strings.HasPrefix(last, "module.") && strings.HasSuffix(last, "]") && modulePrefix(last) == last
}

// isPrefix reports whether ref is a part of whole from its start, up to a step.
func isPrefix(ref, whole string) bool {
	rest, ok := strings.CutPrefix(whole, ref)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}

// inner returns all expressions inside the blocks of e.
func (e expression) inner() []expression {
	var all []expression
	for _, b := range e.blocks() {
		for _, name := range slices.Sorted(maps.Keys(b)) {
			all = append(all, b[name])
		}
	}
	return all
}
