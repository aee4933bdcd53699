package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// place is where an instance lives: what its provider configuration says, and
// the region argument of provider version 6 before it.
func (i *instance) place() resource.Scope {
	if i.where == nil {
		place := i.findPlace()
		i.where = &place
	}
	return *i.where
}

func (i *instance) findPlace() resource.Scope {
	name, _, _ := strings.Cut(i.name.Type, "_")
	key, index := name, ""
	if e := i.provider(); e != nil {
		if k, x := i.scope.providerReference(e, i.ctx, i.address); k != "" {
			key, index = k, x
		}
	}
	c := i.scope.configuration(key, index)
	if !i.isSet("region") || i.name.Type == "aws_region" {
		return c.place
	}
	return c.elsewhere(i.scope.evaluateText(syntax.Argument(i.block, "region"), i.ctx, i.address))
}

// elsewhere is the place of a resource whose own argument says which region it
// is in. One that cannot be told is not the provider's.
func (c *configuration) elsewhere(region statement) resource.Scope {
	place := c.place
	switch {
	case region.text == "" || region == c.region || region.text == place.RegionName():
		return place
	case region.known && place.Region != "":
		place.Region = region.text
		return place
	}
	place.Partition = place.InPartition() // credentials are one partition's
	place.Region, place.RegionOf, place.Around = "", region.text, ""
	if region.known {
		place.Region = region.text
	}
	if !region.named {
		place.RegionOf = resource.Apart("region", region.text)
	}
	return place
}

// A statement is what an expression comes to: a text that is known, or a name
// that is the same wherever the same is meant. The zero value is null.
type statement struct {
	text  string
	known bool
	named bool // the name is a symbol's
}

// evaluateText evaluates an expression that is to be a text. What only own can know,
// because the expression asks which of several it is, is named after it.
func (s *scope) evaluateText(e hclsyntax.Expression, ctx *hcl.EvalContext, own string) statement {
	if e == nil {
		return statement{}
	}
	v, diags := e.Value(ctx)
	if plain, _ := v.Unmark(); !diags.HasErrors() && plain.IsKnown() && plain.IsNull() {
		return statement{}
	}
	if text, ok := value.TextOf(v); ok && !diags.HasErrors() {
		name, isSymbol := text.Symbol()
		switch {
		case text.IsLiteral():
			return statement{text: string(text), known: text != ""}
		case isSymbol:
			return statement{text: name, named: true}
		}
		return statement{text: string(text)}
	}
	return statement{text: s.sourceText(e, own)}
}

// sourceText names what an expression is that cannot be told: two of one module
// with the same words are the same, unless they ask which of several they are.
func (s *scope) sourceText(e hclsyntax.Expression, own string) string {
	words, ok := s.ev.Words(e.Range())
	if !ok || asksWhich(e) {
		return own + ": " + words
	}
	return s.in(words)
}

// asksWhich says whether an expression refers to what differs between the
// instances of one block.
func asksWhich(e hclsyntax.Expression) (asks bool) {
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if ref, ok := n.(*eval.Reference); ok {
			switch ref.Traversal.RootName() {
			case "each", "count", "self":
				asks = true
			}
		}
		return nil
	})
	return asks
}
