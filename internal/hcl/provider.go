package hcl

import (
	"cmp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// providerReference reads aws.frankfurt, or aws.by_region["eu-west-1"]. An index
// that is not known is named as [scope.evaluateText] names it.
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

// configuration resolves the name of a provider configuration in the module: one that
// the call passes, one of the module's own, or for a name without alias the calling
// module's.
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
	passed, passedIndex, isPassed := s.passedProvider(key)
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

// configures reports whether a provider block configures anything: an empty one in a
// module means that of the calling module.
func (s *scope) configures(b *hclsyntax.Block) bool {
	return s.parent == nil || len(b.Body.Attributes)+len(b.Body.Blocks) > 0
}

// emptyProvider returns the configuration that a provider has without a block.
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

// passedProvider returns the configuration that the module call passes: providers = {
// aws = aws.frankfurt }.
func (s *scope) passedProvider(key string) (passed, index string, ok bool) {
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

// staticPath returns the path of the module without instance keys, as plans name its
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

// configure evaluates a provider block.
func (s *scope) configure(c *configuration, b *hclsyntax.Block, index string) {
	ctx := s.instanceContext(b, index)
	own := c.place.Provider
	c.region = s.evaluateText(syntax.Argument(b, "region"), ctx, own)
	c.credentials = s.credentials(b.Body, ctx, own)
	if c.region.known {
		c.place.Region = c.region.text
	}
	c.place.Account = cmp.Or(s.assumedAccount(b, ctx), s.allowedAccount(b, ctx))
	for _, o := range s.earlierConfigurations(b, index) {
		if o != c {
			c.takeFrom(o)
		}
	}
	s.ev.applyOptions(c, s.mainConfiguration(b.Labels[0]))
}

// instanceContext returns the context of one instance of a provider block. Of an unknown
// instance only the key is known.
func (s *scope) instanceContext(b *hclsyntax.Block, index string) *hcl.EvalContext {
	e := syntax.Argument(b, "for_each")
	if e == nil || index == "" {
		return s.base
	}
	name := "provider." + load.ProviderKey(b)
	for _, t := range s.forEach(b, name, e).keys {
		if syntax.KeyText(t.key) == index {
			return s.with(t.names)
		}
	}
	key, diags := syntax.ParseExpression([]byte(strings.Trim(index, "[]")), name)
	if diags.HasErrors() {
		return s.base
	}
	v, diags := key.Value(eval.LiteralContext())
	if diags.HasErrors() || v.Type() != cty.String {
		return s.base
	}
	value := value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: s.in(name) + ".for_each"})
	return s.with(map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"key": v, "value": value})})
}

// takeFrom copies the region and the account of another configuration that says the
// same. A region that neither states comes from the source of the credentials.
func (c *configuration) takeFrom(o *configuration) {
	alike := c.credentials == o.credentials
	if alike && c.place.Account == "" && c.place.AccountOf == "" {
		c.place.AccountOf = o.place.AccountName()
	}
	if c.region == o.region && (alike || c.region.text != "") && c.place.Region == "" && c.place.RegionOf == "" {
		c.place.RegionOf = o.place.RegionName()
	}
}

// earlierConfigurations returns the configurations that a block may say the same as: those
// of the provider, and of one that reads the same sources, in the module and those around
// it, and the block itself where its instances do not differ.
func (s *scope) earlierConfigurations(b *hclsyntax.Block, index string) []*configuration {
	var found []*configuration
	for at := s; at != nil; at = at.parent {
		for _, name := range catalog.ProvidersLike(b.Labels[0]) {
			found = append(found, at.configurationsBefore(b, name)...)
		}
	}
	if syntax.Argument(b, "for_each") != nil && index != "" {
		found = append(found, s.configuration(load.ProviderKey(b), ""))
	}
	return found
}

// configurationsBefore returns the configurations of a provider in a module: the one that
// it has without a block, and those of the blocks before another one. Those with for_each
// come last.
func (s *scope) configurationsBefore(b *hclsyntax.Block, name string) []*configuration {
	var found []*configuration
	if s.parent == nil && s.ownProvider(name) == nil && (name == b.Labels[0] || leavesProvider(s.config, name)) {
		found = append(found, s.configuration(name, ""))
	}
	for _, o := range s.config.Providers {
		if o == b && name == b.Labels[0] && syntax.Argument(b, "for_each") == nil {
			break
		}
		if o.Labels[0] == name && syntax.Argument(o, "for_each") == nil && s.configures(o) {
			found = append(found, s.configuration(load.ProviderKey(o), ""))
		}
	}
	return found
}

// applyOptions adds what flags say. --region and --account apply to the main
// configuration, and to others as far as they take region or account from the same
// source.
func (ev *evaluation) applyOptions(c, main *configuration) {
	if c.place.Account == "" && c.credentials == main.credentials {
		c.place.Account = ev.options.Account
	}
	if c.place.Region == "" && (c.region.text == "" || c.region == main.region) {
		c.place.Region = ev.options.Region
	}
	if c.place.Region != "" {
		return
	}
	c.place.Partition = ev.Partition()
	if c.region.text == "" {
		c.place.EnvRegion = ev.options.Around
	}
}

// mainConfiguration returns the root module's configuration of a provider without an
// alias; if nothing uses that one, the only other one.
func (s *scope) mainConfiguration(name string) *configuration {
	root := s
	for root.parent != nil {
		root = root.parent
	}
	var blocks []*hclsyntax.Block
	for _, b := range root.config.Providers {
		if b.Labels[0] == name {
			blocks = append(blocks, b)
		}
	}
	if len(blocks) == 1 && syntax.Argument(blocks[0], "for_each") == nil && !leavesProvider(root.config, name) {
		return root.configuration(load.ProviderKey(blocks[0]), "")
	}
	return root.configuration(name, "")
}

// leavesProvider reports whether something in the module has the configuration of a
// provider that has no alias, because it names none.
func leavesProvider(m *load.Module, name string) bool {
	for n, b := range m.Resources {
		if own, _, _ := strings.Cut(n.Type, "_"); own == name && syntax.Argument(b, "provider") == nil {
			return true
		}
	}
	for _, b := range m.Calls {
		if syntax.Argument(b, "providers") == nil {
			return true
		}
	}
	return false
}

// assumedAccount returns the account of the role that a provider assumes last.
func (s *scope) assumedAccount(b *hclsyntax.Block, ctx *hcl.EvalContext) (account string) {
	for _, typ := range []string{"assume_role_with_web_identity", "assume_role"} {
		if e := syntax.Argument(b, typ); e != nil { // as an argument, in JSON and for other providers
			v, diags := e.Value(ctx)
			v, _ = v.UnmarkDeep()
			if role, ok := lastRole(v); ok && !diags.HasErrors() {
				account = accountOf(role)
			}
		}
		for _, inner := range b.Body.Blocks {
			if inner.Type == typ {
				role := s.evaluateText(syntax.Argument(inner, "role_arn"), ctx, "")
				account = accountOf(role.text)
			}
		}
	}
	return account
}

// lastRole returns the role_arn of an object, or of the last one in a list.
func lastRole(v cty.Value) (string, bool) {
	if v.IsKnown() && !v.IsNull() && v.CanIterateElements() && !v.Type().IsObjectType() && !v.Type().IsMapType() && v.LengthInt() > 0 {
		list := v.AsValueSlice()
		v = list[len(list)-1]
	}
	if !v.IsKnown() || v.IsNull() || !v.Type().IsObjectType() || !v.Type().HasAttribute("role_arn") {
		return "", false
	}
	return value.ScalarText(v.GetAttr("role_arn"))
}

// allowedAccount returns the one account that a provider may work in.
func (s *scope) allowedAccount(b *hclsyntax.Block, ctx *hcl.EvalContext) string {
	e := syntax.Argument(b, "allowed_account_ids")
	if e == nil {
		return ""
	}
	v, diags := e.Value(ctx)
	v, _ = v.UnmarkDeep()
	if diags.HasErrors() || !v.IsWhollyKnown() || !v.CanIterateElements() || v.LengthInt() != 1 {
		return ""
	}
	id, _ := value.ScalarText(v.AsValueSlice()[0])
	if len(resource.Symbols(id)) > 0 {
		return ""
	}
	return id
}

// accountOf returns the account in an ARN: arn:aws:iam::111122223333:role/audit.
func accountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || len(parts[4]) != 12 || strings.Trim(parts[4], "0123456789") != "" {
		return ""
	}
	return parts[4]
}
