package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// cases are the parts of the rule's name behind that of the test.
func (t unitTest) cases() []*ast.Term { return t.rule.Head.Ref()[len(testRef(t.rule)):] }

// failing lists what of a test does not hold: nil where it passes, and an empty
// list where the test has no cases to name.
func (t unitTest) failing(value any, cases map[string][]*ast.Term) []string {
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
	below, isObject := value.(map[string]any)
	for name, value := range below {
		t.untrue(names, ref.Append(ast.StringTerm(name)), value)
	}
	switch {
	case isObject && len(below) == 0:
		*names = append(*names, "there is no case: "+ref.String())
	case !isObject && value != true:
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
		if value, isObject = object[key(name)]; !isObject {
			return false
		}
	}
	return true
}

// key is what ast.JSON makes of the key of an object.
func key(name *ast.Term) string {
	object, err := ast.JSON(ast.NewObject(ast.Item(name, ast.BooleanTerm(true))))
	if err != nil {
		return ""
	}
	for key := range object.(map[string]any) {
		return key
	}
	return ""
}

// nameCases is a stage of the compiler. It has put what computes the name of a
// case, as in test_names[upper(tc.name)], behind everything else; a case that does
// not hold would have no name then, and would not be missed. So the name comes
// as soon as what it is made of is there. Where the author computes it, it stays:
// what stands before it chooses cases, what stands behind it tests them.
func nameCases(compiler *ast.Compiler) *ast.Error {
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			if len(testRef(rule)) == 0 {
				continue
			}
			for _, part := range (unitTest{rule: rule}).cases() {
				rule.Body = named(rule.Body, part)
			}
		}
	}
	return nil
}

// named brings forward what the compiler set a part of a name equal to.
func named(body ast.Body, part *ast.Term) ast.Body {
	for i, e := range slices.Backward(body) {
		if e.Generated && (e.IsEquality() || e.IsAssignment()) && e.Operand(0).Equal(part) {
			rest := slices.Delete(slices.Clone(body), i, i+1)
			return slices.Insert(rest, boundBy(rest[:i], e.Operand(1)), e)
		}
	}
	return body
}

// boundBy is how many expressions it takes until a term has all its variables: the
// first one that has a variable binds it.
func boundBy(body ast.Body, t *ast.Term) (n int) {
	vars := ast.NewVarVisitor().WithParams(ast.VarVisitorParams{SkipRefCallHead: true})
	vars.Walk(t)
	for v := range vars.Vars() {
		i := slices.IndexFunc(body, func(e *ast.Expr) bool { return e.Vars(ast.VarVisitorParams{SkipRefCallHead: true}).Contains(v) })
		if !ast.RootDocumentNames.Contains(ast.NewTerm(v)) {
			n = max(n, i+1)
		}
	}
	return n
}
