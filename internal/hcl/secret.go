package hcl

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// hideMarked remembers what the code of a module marks as sensitive, used or not:
// variables, outputs, and what it gives to sensitive(). The same text may stand
// elsewhere.
func (s *scope) hideMarked() {
	for name, b := range s.config.variables {
		if isTrue(b, "sensitive") {
			_, _ = s.input(name, b.DefRange())
			s.ev.hideDefault(b)
		}
	}
	for name, b := range s.config.outputs {
		if isTrue(b, "sensitive") {
			if v, diags := s.output(name, b.DefRange()); !diags.HasErrors() {
				s.ev.hide(v)
			}
		}
	}
	for _, e := range s.config.sensitive {
		if v, diags := e.Value(s.base); !diags.HasErrors() {
			s.ev.hide(v)
		}
	}
}

// hideDefault remembers the default of a variable, in whose place another value may
// stand.
func (ev *evaluation) hideDefault(b *hclsyntax.Block) {
	if e := argument(b, "default"); e != nil {
		if v, diags := e.Value(&hcl.EvalContext{}); !diags.HasErrors() {
			ev.hide(v)
		}
	}
}

// madeSensitive are the arguments of sensitive() in a body.
func madeSensitive(body *hclsyntax.Body) (found []hclsyntax.Expression) {
	for _, a := range body.Attributes {
		_ = hclsyntax.VisitAll(a.Expr, func(n hclsyntax.Node) hcl.Diagnostics {
			if call, ok := n.(*callExpr); ok && strings.TrimPrefix(call.Name, "core::") == "sensitive" && len(call.Args) == 1 {
				found = append(found, call.Args[0])
			}
			return nil
		})
	}
	for _, b := range body.Blocks {
		found = append(found, madeSensitive(b.Body)...)
	}
	return found
}

// veil takes what is sensitive out of an error, as far as it is known when reading
// ends.
func (ev *evaluation) veil(err error) error {
	if err == nil {
		return nil
	}
	for _, m := range ev.modules {
		for name, b := range m.variables {
			if !isTrue(b, "sensitive") {
				continue
			}
			ev.hideDefault(b)
			if v, ok := ev.given[name]; ok && m.dir == ev.tree.dir {
				ev.hide(v)
			}
		}
	}
	return veiled(err, resource.NewVeil(slices.Sorted(maps.Keys(ev.secrets))))
}

func veiled(err error, veil resource.Veil) error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range several.Unwrap() {
			all = append(all, veiled(e, veil))
		}
		return errors.Join(all...)
	}
	e, ok := err.(*diag.Diagnostic)
	if !ok {
		return err
	}
	hidden := *e
	hidden.Message, hidden.Hint, hidden.Source = veil.Said(e.Message), veil.Said(e.Hint), veil.Said(e.Source)
	return &hidden
}

// isSecretLine says whether a line stands in the declaration of a sensitive variable,
// or makes something sensitive, in code that nothing could parse.
func isSecretLine(source []byte, line int) bool {
	lines := strings.Split(string(source), "\n")
	if line < 1 || line > len(lines) {
		return false
	}
	from, to := line-1, line-1
	for from > 0 && !strings.HasPrefix(lines[from], "variable") && !strings.HasPrefix(lines[from], "}") {
		from--
	}
	for to < len(lines)-1 && !strings.HasPrefix(lines[to], "}") {
		to++
	}
	declared := strings.HasPrefix(lines[from], "variable") && strings.Contains(strings.Join(lines[from:to+1], "\n"), "sensitive")
	return declared || strings.Contains(lines[line-1], "sensitive(")
}
