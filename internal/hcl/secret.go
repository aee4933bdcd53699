package hcl

import (
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// rememberSensitive remembers what the code of a module marks as sensitive, used or not:
// variables, outputs, and what it gives to sensitive(). The same text may stand
// elsewhere.
func (s *scope) rememberSensitive() {
	for name, b := range s.config.Variables {
		if eval.IsTrue(b, "sensitive") {
			_, _ = s.input(name, b.DefRange())
			s.ev.rememberDefault(b)
		}
	}
	for name, b := range s.config.Outputs {
		if eval.IsTrue(b, "sensitive") {
			if v, diags := s.output(name, b.DefRange()); !diags.HasErrors() {
				s.ev.rememberSecret(v)
			}
		}
	}
	for _, e := range s.config.Sensitive {
		if v, diags := e.Value(s.base); !diags.HasErrors() {
			s.ev.rememberSecret(v)
		}
	}
}

// rememberDefault remembers the default of a variable, in whose place another value may
// stand.
func (ev *evaluation) rememberDefault(b *hclsyntax.Block) {
	if e := syntax.Argument(b, "default"); e != nil {
		if v, diags := e.Value(&hcl.EvalContext{}); !diags.HasErrors() {
			ev.rememberSecret(v)
		}
	}
}

// redact takes what is sensitive out of an error, as far as it is known when reading
// ends.
func (ev *evaluation) redact(err error) error {
	if err == nil {
		return nil
	}
	for _, m := range ev.Modules {
		for name, b := range m.Variables {
			if !eval.IsTrue(b, "sensitive") {
				continue
			}
			ev.rememberDefault(b)
			if v, ok := ev.given[name]; ok && m.Dir == ev.Tree.Dir {
				ev.rememberSecret(v)
			}
		}
	}
	return redactError(err, resource.NewVeil(slices.Sorted(maps.Keys(ev.secrets))))
}

func redactError(err error, veil resource.Veil) error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range several.Unwrap() {
			all = append(all, redactError(e, veil))
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
