package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Coverage is how many lines of the policies, their tests aside, the tests
// reach, of those on which a rule or an expression begins.
type Coverage struct {
	Percent float64             `json:"percent"`
	Missed  map[string][]string `json:"missed"` // lines by file: 7, 9-12
}

// coverage collects the lines that the tests reach while they run side by side.
type coverage struct {
	mu    sync.Mutex
	lines map[string]map[int]bool // by file
}

func newCoverage() *coverage { return &coverage{lines: map[string]map[int]bool{}} }

// event notes a rule that had a value, and an expression that was looked at.
func (c *coverage) event(e topdown.Event) {
	switch node := e.Node.(type) {
	case *ast.Rule:
		if e.Op == topdown.ExitOp {
			c.reach(node.Head.Location)
		}
	case *ast.Expr:
		if e.Op == topdown.EvalOp {
			c.reach(node.Location)
		}
	}
}

func (c *coverage) reach(at *ast.Location) {
	if at == nil || at.File == "" {
		return // what the compiler wrote
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lines[at.File] == nil {
		c.lines[at.File] = map[int]bool{}
	}
	c.lines[at.File][at.Row] = true
}

// of compares what is reached with what there is.
func (c *coverage) of(modules map[string]*ast.Module) *Coverage {
	out := &Coverage{Percent: 100, Missed: map[string][]string{}}
	reached, all := 0, 0
	for file, module := range modules {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		var missed []int
		for _, line := range linesOf(module) {
			all++
			if c.lines[file][line] {
				reached++
			} else {
				missed = append(missed, line)
			}
		}
		if len(missed) > 0 {
			out.Missed[file] = ranges(missed)
		}
	}
	if all > 0 {
		out.Percent = float64(reached*1000/all) / 10
	}
	return out
}

// linesOf returns the lines on which a rule or an expression begins.
func linesOf(m *ast.Module) []int {
	var lines []int
	ast.WalkRules(m, func(r *ast.Rule) bool {
		lines = append(lines, r.Head.Location.Row)
		return false
	})
	ast.WalkExprs(m, func(e *ast.Expr) bool {
		if _, declares := e.Terms.(*ast.SomeDecl); !declares && e.Location != nil {
			lines = append(lines, e.Location.Row)
		}
		return false
	})
	slices.Sort(lines)
	return slices.Compact(lines)
}

// ranges writes sorted numbers as 7, 9-12.
func ranges(lines []int) []string {
	var out []string
	for first := 0; first < len(lines); {
		last := first
		for last+1 < len(lines) && lines[last+1] == lines[last]+1 {
			last++
		}
		text := fmt.Sprint(lines[first])
		if last > first {
			text = fmt.Sprintf("%d-%d", lines[first], lines[last])
		}
		out = append(out, text)
		first = last + 1
	}
	return out
}
