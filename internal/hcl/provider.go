package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// providerReference reads aws.frankfurt, or aws.by_region["eu-west-1"]. An index
// that is not known is named as [scope.says] names it.
func (s *scope) providerReference(e hclsyntax.Expression, ctx *hcl.EvalContext, own string) (key, index string) {
	if x, ok := e.(*eval.Index); ok {
		if at := s.evaluateText(x.Key, ctx, own); at.known {
			index = "[" + syntax.Quote(at.text) + "]"
		} else {
			index = "[" + at.text + "]"
		}
		e = x.Collection
	}
	t, diags := hcl.AbsTraversalForExpr(e)
	if diags.HasErrors() || len(t) == 0 {
		return "", ""
	}
	key = t.RootName()
	if len(t) > 1 {
		key += "." + syntax.StepName(t[1])
	}
	if len(t) > 2 {
		index = syntax.KeyText(syntax.KeyOf(syntax.StepKey(t[2])))
	}
	return key, index
}

// configuration finds the provider configuration that a name means in the
// module: one that the call passes, one of the module's own, or for a name
// without alias the one that the calling module has under it.
func (s *scope) configuration(key, index string) *configuration {
	full := key + index
	if c := s.providers[full]; c != nil {
		return c
	}
	c := &configuration{place: resource.Scope{Provider: full}}
	if s.parent != nil {
		c.place.Provider = s.staticPath() + ":" + full
	}
	s.providers[full] = c // a cycle through the region's expression ends here
	own := s.ownProvider(key)
	passed, passedIndex, isPassed := s.passed(key)
	switch {
	case isPassed:
		*c = *s.parent.configuration(passed, passedIndex)
	case own != nil && s.configures(own):
		s.configure(c, own, index)
	case strings.Contains(key, "."): // nobody passes it
	case s.parent == nil:
		s.configure(c, emptyProvider(key), index)
	default:
		*c = *s.parent.configuration(key, index)
	}
	return c
}

// configures says whether a provider block says anything: an empty one in a
// module stands for the one of the module that calls it.
func (s *scope) configures(b *hclsyntax.Block) bool {
	return s.parent == nil || len(b.Body.Attributes)+len(b.Body.Blocks) > 0
}

// emptyProvider is the configuration that a provider has without a block.
func emptyProvider(key string) *hclsyntax.Block {
	return &hclsyntax.Block{Type: "provider", Labels: []string{key}, Body: &hclsyntax.Body{}}
}

func (s *scope) ownProvider(key string) *hclsyntax.Block {
	for _, b := range s.config.Providers {
		if load.ProviderKey(b) == key {
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
	pairs, diags := hcl.ExprMap(orNull(syntax.Argument(s.block, "providers")))
	if diags.HasErrors() {
		return "", "", false
	}
	for _, p := range pairs {
		if name, _ := pairKey(p.Key); name != key {
			continue
		}
		if e, ok := p.Value.(hclsyntax.Expression); ok {
			passed, index = s.parent.providerReference(e, s.outer, s.path)
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
		return syntax.TraversalText(t), true
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return "", false
	}
	return value.ScalarText(v)
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
