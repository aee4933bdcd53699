package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// cases are the parts of the rule's name behind that of the test.
func (t unitTest) cases() []*ast.Term { return t.rule.Head.Ref()[len(testRef(t.rule)):] }

// failing lists what of a test does not hold: nil where it passes, and an empty
// list where the test has no cases to name.
func (t unitTest) failing(value any, cases [][]*ast.Term) []string {
	if value == true {
		return nil
	}
	object, isObject := value.(map[string]any)
	if !isObject || t.rule.Head.DocKind() != ast.PartialObjectDoc {
		return []string{}
	}
	if len(object) == 0 && len(cases) == 0 {
		return []string{"there is no case"}
	}
	var names []string
	for name, value := range object {
		t.untrue(&names, t.ref.Append(ast.StringTerm(name)), value)
	}
	for _, c := range cases {
		if !holds(object, c) {
			names = append(names, "does not hold: "+t.ref.Concat(c).String())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// untrue adds the cases below a name whose value is not true.
func (t unitTest) untrue(names *[]string, ref ast.Ref, value any) {
	if below, isObject := value.(map[string]any); isObject {
		for name, value := range below {
			t.untrue(names, ref.Append(ast.StringTerm(name)), value)
		}
		return
	}
	if value != true {
		*names = append(*names, "does not hold: "+ref.String())
	}
}

// holds says whether the case has a value. What the value is untrue looks at.
func holds(value any, c []*ast.Term) bool {
	for _, name := range c {
		object, isObject := value.(map[string]any)
		if !isObject {
			return false
		}
		key, err := ast.JSON(name.Value)
		if err != nil {
			return false
		}
		text, isText := key.(string)
		if !isText {
			text = name.Value.String()
		}
		if value, isObject = object[text]; !isObject {
			return false
		}
	}
	return true
}

// definition is what the compiler set a variable of a rule's name equal to; nil
// for a variable that the author wrote.
func definition(body ast.Body, of *ast.Term) ast.Value {
	for _, e := range body {
		if e.Generated && e.IsEquality() && e.Operand(0).Equal(of) {
			return e.Operand(1).Value
		}
	}
	return nil
}

// nameless says whether the name of a case is computed after everything else, as
// in test_numbers[sprintf("%d", [n])]: one that does not hold would have no name,
// and would not be missed.
func (t unitTest) nameless() bool {
	body := t.rule.Body
	last := len(body)
	for last > 0 && body[last-1].Generated {
		last--
	}
	late := ast.NewVarSet()
	for _, e := range body[last:] {
		switch operands := e.Operands(); {
		case e.IsEquality():
			late.Update(e.Operand(0).Vars())
		case len(operands) > 0:
			late.Update(operands[len(operands)-1].Vars())
		}
	}
	for _, part := range t.cases() {
		v, isVar := part.Value.(ast.Var)
		if !isVar || !late.Contains(v) {
			continue
		}
		ref, isRef := definition(body, part).(ast.Ref)
		if !isRef || ast.RootDocumentNames.Contains(ref[0]) || len(ref.OutputVars().Intersect(late)) > 0 || late.Contains(head(ref)) {
			return true
		}
	}
	return false
}

func head(ref ast.Ref) ast.Var {
	v, _ := ref[0].Value.(ast.Var)
	return v
}
