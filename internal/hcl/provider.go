package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// providerKey is the name of a provider configuration within its module: aws,
// aws.frankfurt.
func providerKey(b *hclsyntax.Block) string {
	if alias, ok := literal(b, "alias"); ok {
		return b.Labels[0] + "." + alias
	}
	return b.Labels[0]
}

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
	name, _, _ := strings.Cut(i.name.typ, "_")
	key, index := name, ""
	if e := i.provider(); e != nil {
		if k, x := providerReference(e, i.ctx); k != "" {
			key, index = k, x
		}
	}
	place := i.scope.configuration(key, index)
	if i.isSet("region") && i.name.typ != "aws_region" {
		v, diags := i.argument("region")
		if region, ok := textOf(v); ok && !diags.HasErrors() && region != "" {
			place.Region = region
		} else if !v.IsKnown() {
			place.Region = ""
		}
	}
	return place
}

// providerReference reads aws.frankfurt, or aws.by_region["eu-west-1"].
func providerReference(e hclsyntax.Expression, ctx *hcl.EvalContext) (key, index string) {
	if x, ok := e.(*indexExpr); ok {
		v, diags := x.Key.Value(ctx)
		if text, ok := textOf(v); ok && !diags.HasErrors() {
			index = "[" + quoted(text) + "]"
		}
		e = x.Collection
	}
	t, diags := hcl.AbsTraversalForExpr(e)
	if diags.HasErrors() || len(t) == 0 {
		return "", ""
	}
	key = t.RootName()
	if len(t) > 1 {
		key += "." + stepName(t[1])
	}
	if len(t) > 2 {
		index = keyText(keyOf(stepKey(t[2])))
	}
	return key, index
}

// configuration finds the provider configuration that a name means in the
// module: one that the call passes, one of the module's own, or for a name
// without alias the one that the calling module has under it.
func (s *scope) configuration(key, index string) resource.Scope {
	full := key + index
	if place, ok := s.providers[full]; ok {
		return place
	}
	place := resource.Scope{Provider: full}
	s.providers[full] = place // a cycle through the region's expression ends here
	own := s.ownProvider(key)
	passed, passedIndex, isPassed := s.passed(key)
	switch {
	case isPassed:
		place = s.parent.configuration(passed, passedIndex)
	case own != nil && (s.parent == nil || len(own.Body.Attributes) > 0 || len(own.Body.Blocks) > 0):
		place = s.configured(own, full, index)
	case s.parent != nil && !strings.Contains(key, "."):
		place = s.parent.configuration(key, index)
	case s.parent != nil:
		place.Provider = s.staticPath() + ":" + full
	}
	s.providers[full] = place
	return place
}

func (s *scope) ownProvider(key string) *hclsyntax.Block {
	for _, b := range s.config.providers {
		if providerKey(b) == key {
			return b
		}
	}
	return nil
}

// passed finds what the call of the module gives for a provider: providers = {
// aws = aws.frankfurt }.
func (s *scope) passed(key string) (passed, index string, ok bool) {
	if s.parent == nil {
		return "", "", false
	}
	pairs, diags := hcl.ExprMap(orNull(argument(s.block, "providers")))
	if diags.HasErrors() {
		return "", "", false
	}
	for _, p := range pairs {
		if name, _ := pairKey(p.Key); name != key {
			continue
		}
		if e, ok := p.Value.(hclsyntax.Expression); ok {
			passed, index = providerReference(e, s.outer)
			return passed, index, passed != ""
		}
	}
	return "", "", false
}

func orNull(e hclsyntax.Expression) hcl.Expression {
	if e == nil {
		return hcl.StaticExpr(cty.NullVal(cty.DynamicPseudoType), hcl.Range{})
	}
	return e
}

// pairKey reads the left side in a providers map.
func pairKey(e hcl.Expression) (string, bool) {
	if t, diags := hcl.AbsTraversalForExpr(e); !diags.HasErrors() {
		return text(t), true
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return "", false
	}
	return textOf(v)
}

// configured evaluates what a provider block says of region and account.
func (s *scope) configured(b *hclsyntax.Block, key, index string) resource.Scope {
	place := resource.Scope{Provider: key}
	if s.parent != nil {
		place.Provider = s.staticPath() + ":" + key
	}
	ctx := s.base
	if e := argument(b, "for_each"); e != nil && index != "" {
		for _, t := range s.forEach(b, "provider."+key, e).keys {
			if keyText(t.key) == index {
				ctx = s.with(t.names)
			}
		}
	}
	place.Region = s.plain(argument(b, "region"), ctx)
	for _, inner := range b.Body.Blocks {
		if inner.Type == "assume_role" {
			if account := accountOf(s.plain(argument(inner, "role_arn"), ctx)); account != "" {
				place.Account = account
			}
		}
	}
	if e := argument(b, "allowed_account_ids"); e != nil && place.Account == "" {
		v, diags := e.Value(ctx)
		v, _ = v.UnmarkDeep()
		if !diags.HasErrors() && v.IsWhollyKnown() && v.CanIterateElements() && v.LengthInt() == 1 {
			for it := v.ElementIterator(); it.Next(); {
				_, id := it.Element()
				place.Account, _ = textOf(id)
			}
		}
	}
	return place
}

// plain is the text of an expression, "" if it has none.
func (s *scope) plain(e hclsyntax.Expression, ctx *hcl.EvalContext) string {
	if e == nil {
		return ""
	}
	v, diags := e.Value(ctx)
	if diags.HasErrors() {
		return ""
	}
	v, _ = v.UnmarkDeep()
	text, _ := textOf(v)
	return text
}

// staticPath is the path of the module without instance keys, as plans name its
// provider configurations.
func (s *scope) staticPath() string {
	if s.parent == nil {
		return ""
	}
	name := "module." + s.block.Labels[0]
	if outer := s.parent.staticPath(); outer != "" {
		return outer + "." + name
	}
	return name
}

// accountOf is the account in an ARN: arn:aws:iam::111122223333:role/audit.
func accountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || len(parts[4]) != 12 || strings.Trim(parts[4], "0123456789") != "" {
		return ""
	}
	return parts[4]
}
