package plan

import (
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// found has the expressions of the configuration that an attribute comes from.
type found struct {
	expressions []expression
	// ambiguous says that only one of the expressions applies.
	ambiguous bool
	// inside says that the attribute is a part of an expression's value.
	inside bool
	// cause is Referenced where there are expressions, Computed where the
	// configuration sets nothing and Opaque if it does not show what it sets.
	cause resource.Cause
}

// references reports whether there is an expression with references.
func (f found) references() bool {
	return slices.ContainsFunc(f.expressions, func(e expression) bool { return e.IsConstant || len(e.References) > 0 })
}

// findExpressions finds the expressions that the attribute at a path comes from. value
// is the value of the resource, as far as it is known: it decides
// which of several blocks is meant.
func findExpressions(typ string, arguments map[string]expression, value any, path []string) found {
	e, ok := arguments[path[0]]
	m := memberNamed(typ, path[0])
	switch {
	case ok:
		return e.find(m, memberOf(value, path[0]), path[1:])
	case len(path) == 1 && !isExplicitBlock(m):
		return found{cause: resource.Computed}
	}
	// Terraform leaves dynamic blocks out of the configuration.
	return found{cause: resource.Opaque}
}

func (e expression) find(m catalog.Member, value any, path []string) found {
	switch {
	case e.Keyed == nil && e.Blocks == nil:
		return found{expressions: []expression{e}, inside: len(path) > 0, cause: resource.Referenced}
	case len(path) == 0:
		return found{expressions: e.inner(), ambiguous: true, cause: resource.Referenced}
	}
	position, err := strconv.Atoi(path[0])
	if err != nil {
		if len(e.Blocks) == 1 {
			return inBlock(e.Blocks[0], m, value, path)
		}
		return inBlock(e.Keyed, m, value, path)
	}
	blocks := e.blocks()
	list, _ := value.([]any)
	element := elementAt(list, position)
	candidates := matching(blocks, list, position, m.Set)
	var all found
	for _, b := range candidates {
		if len(path) == 1 {
			all.expressions = append(all.expressions, expression{Keyed: b}.inner()...)
			all.ambiguous = true
			continue
		}
		f := inBlock(b, m, element, path[1:])
		all.expressions = append(all.expressions, f.expressions...)
		all.cause = max(all.cause, f.cause)
		all.ambiguous = all.ambiguous || f.ambiguous
		all.inside = all.inside || f.inside
	}
	return all.resolve(len(candidates), len(blocks) < len(list))
}

// resolve combines the candidates for one block.
func (f found) resolve(candidates int, hasDynamic bool) found {
	switch {
	case candidates == 0:
		f.cause = resource.Opaque
	case len(f.expressions) > 0:
		f.cause = resource.Referenced
		f.ambiguous = f.ambiguous || candidates > 1 || hasDynamic
	}
	return f
}

func inBlock(block map[string]expression, m catalog.Member, value any, path []string) found {
	e, ok := block[path[0]]
	if !ok {
		if len(path) > 1 {
			return found{cause: resource.Opaque}
		}
		return found{cause: resource.Computed}
	}
	inner, _ := m.Members.Find(path[0])
	return e.find(inner, memberOf(value, path[0]), path[1:])
}

// matching returns the blocks of the configuration that the element at a
// position can come from. Lists keep their order; the elements of sets, and the
// rest if dynamic blocks are missing, are identified by their constants.
func matching(blocks []map[string]expression, list []any, position int, set bool) []map[string]expression {
	fits := func(b map[string]expression) bool { return constantsAgree(b, elementAt(list, position)) }
	if len(blocks) == len(list) && 0 <= position && position < len(blocks) && !set && fits(blocks[position]) {
		return blocks[position : position+1]
	}
	var candidates []map[string]expression
	for _, b := range blocks {
		if fits(b) {
			candidates = append(candidates, b)
		}
	}
	return candidates
}

// constantsAgree reports whether the constants of a block equal those of a value.
func constantsAgree(block map[string]expression, value any) bool {
	object, ok := value.(map[string]any)
	if !ok {
		return true
	}
	for name, e := range block {
		is, known := object[name]
		if !e.IsConstant || !known {
			continue
		}
		if want, ok := scalarText(e.Constant); ok {
			if text, ok := scalarText(is); ok && text != want {
				return false
			}
		}
	}
	return true
}

// memberNamed returns a member of a type in the catalog.
func memberNamed(typ, name string) catalog.Member {
	t := catalog.ByName(typ)
	if t == nil {
		return catalog.Member{Name: name}
	}
	m, _ := t.Members.Find(name)
	return m
}

// isExplicitBlock reports whether a member is a block that the provider never fills in by
// itself, so that an unknown one without an expression is a dynamic block.
func isExplicitBlock(m catalog.Member) bool { return m.IsBlock() && !m.Computed }
