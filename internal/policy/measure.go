package policy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The compiler needs time that grows with the square of what a rule holds, and of
// the rules that need each other. What people write stays far below.
const (
	maxRules       = 5000 // of all policies
	maxExpressions = 2000 // and calls, in one rule with its else
)

// measure refuses policies before the compiler sees them.
func measure(modules map[string]*ast.Module) error {
	rules := 0
	for _, file := range slices.Sorted(maps.Keys(modules)) {
		for _, r := range modules[file].Rules {
			if rules++; rules > maxRules {
				return at(file, r, fmt.Sprintf("more than %d rules", maxRules))
			}
			if expressions(r) > maxExpressions {
				return at(file, r, fmt.Sprintf("more than %d expressions and calls in one rule", maxExpressions))
			}
		}
	}
	return nil
}

func expressions(r *ast.Rule) int {
	n := 0
	ast.NewGenericVisitor(func(x any) bool {
		switch x.(type) {
		case *ast.Expr, ast.Call:
			n++
		}
		return n > maxExpressions
	}).Walk(r)
	return n
}

func at(file string, r *ast.Rule, what string) Problems {
	p := Problem{File: file, What: what}
	if r.Location != nil {
		p.Line, p.Col = r.Location.Row, r.Location.Col
	}
	return Problems{p}
}
