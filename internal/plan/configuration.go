package plan

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// configured returns the constants of a provider block.
func (s *scopes) configured(key string) *configuration {
	c := &configuration{place: resource.Scope{Provider: key}}
	p := s.config.providers[key]
	if p == nil {
		return c
	}
	module := parseModule(p.ModuleAddress)
	region := p.Expressions["region"]
	c.place.Region = s.region(region, module)
	if c.region = c.place.Region; c.region == "" && region.isNonNull() {
		c.region = opaqueText(key)
	}
	for _, typ := range []string{"assume_role_with_web_identity", "assume_role"} {
		for _, b := range p.Expressions[typ].blocks() {
			c.place.Account = s.accountOf(b["role_arn"], module)
		}
	}
	if ids, _ := s.constant(p.Expressions["allowed_account_ids"], module).([]any); c.place.Account == "" && len(ids) == 1 {
		c.place.Account, _ = scalarText(ids[0])
	}
	c.credentials = s.credentials(p.Expressions, module, key)
	for name, e := range p.Expressions {
		if e.dependsOnEach() && (name == "region" || catalog.MayDecideAccount(name)) {
			c.varies.regions = c.place.Region == ""
			c.varies.accounts = c.varies.accounts || name != "region" && c.place.Account == ""
		}
	}
	return c
}

// region returns the region that an expression may be. A plan does not say how an
// expression uses its references, so a value that is not a region is a part of one.
func (s *scopes) region(e expression, module modulePath) string {
	region, _ := s.constant(e, module).(string)
	if !e.IsConstant && !resource.IsRegion(region) {
		return ""
	}
	return region
}

// accountOf returns the account of a role, if its ARN or the account in it is known.
func (s *scopes) accountOf(e expression, module modulePath) string {
	text, _ := scalarText(s.constant(e, module))
	if !e.IsConstant && resource.IsAccount(text) {
		return text
	}
	_, account := arnPlace(text)
	return account
}

// credentials writes down the arguments of a provider block that may decide the account.
// Two expressions with the same references may differ.
func (s *scopes) credentials(block map[string]expression, module modulePath, key string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(block)) {
		if catalog.MayDecideAccount(name) {
			b.WriteString(s.written(name, block[name], module, key))
		}
	}
	return b.String()
}

func (s *scopes) written(name string, e expression, module modulePath, key string) string {
	switch {
	case e.IsConstant && e.Constant == nil:
		return ""
	case e.IsConstant:
		raw, _ := json.Marshal(e.Constant)
		return name + " = " + string(raw) + "\n"
	case name == "role_arn" && s.accountOf(e, module) != "":
		text, _ := scalarText(s.constant(e, module))
		return name + " = " + text + "\n"
	case e.blocks() == nil:
		return name + " = " + opaqueText(key) + "\n"
	}
	var b strings.Builder
	for _, inner := range e.blocks() {
		b.WriteString(name + " {\n")
		for _, name := range slices.Sorted(maps.Keys(inner)) {
			b.WriteString(s.written(name, inner[name], module, key))
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// opaqueText replaces what a configuration says and the plan does not show: it
// equals only itself.
func opaqueText(key string) string { return "~" + key }

// dependsOnEach reports whether an expression differs between the instances of its block.
func (e expression) dependsOnEach() bool {
	return slices.ContainsFunc(e.References, func(ref string) bool { return strings.HasPrefix(ref, "each.") }) ||
		slices.ContainsFunc(e.inner(), expression.dependsOnEach)
}

// unify gives equal configurations the same account and region. A region that neither
// states comes from the source of the credentials.
func (s *scopes) unify() {
	keys := slices.Sorted(maps.Keys(s.providers))
	for i, key := range keys {
		p := s.config.providers[key]
		if !p.configures() {
			continue
		}
		for _, earlier := range keys[:i] {
			if q := s.config.providers[earlier]; q.configures() && slices.Contains(catalog.ProvidersLike(p.Name), q.Name) {
				s.providers[key].unify(s.providers[earlier])
			}
		}
	}
}

// configures reports whether a provider block is there and configures anything: one
// without arguments in a module is a name for another configuration.
func (p *providerConfig) configures() bool {
	return p != nil && (p.ModuleAddress == "" || len(p.Expressions) > 0)
}

func (c *configuration) unify(o *configuration) {
	alike := c.credentials == o.credentials && !c.varies.accounts && !o.varies.accounts
	if alike && c.place.AccountOf == "" && (c.place.Account == "" || o.place.Account == "") {
		c.place.AccountOf = o.place.AccountName()
	}
	if alike && c.region == "" && o.region == "" && !c.varies.regions && !o.varies.regions && c.place.RegionOf == "" {
		c.place.RegionOf = o.place.RegionName()
	}
}

// applyGiven adds what flags say. --region and --account apply to the main configuration,
// and to others as far as they take region or account from the same source.
func (s *scopes) applyGiven() {
	if s.given.Region == "" && s.given.Account == "" {
		return
	}
	for key, c := range s.providers {
		main := s.main(key)
		if c.place.Account == "" && !c.varies.accounts && !c.varies.accountsSeen && c.credentials == main.credentials {
			c.place.Account = s.given.Account
		}
		if c.place.Region == "" && !c.varies.regions && !c.varies.regionsSeen && cmp.Or(c.region, main.region) == main.region {
			c.place.Region, c.given = s.given.Region, s.given.Region != ""
		}
	}
}

// main returns the configuration without an alias of a key's provider; if nothing uses
// that one, the only one in use.
func (s *scopes) main(key string) *configuration {
	p := s.config.providers[key]
	if p == nil {
		return s.configurationOf(key)
	}
	if used := s.used[p.Name]; len(used) == 1 && !used[p.Name] {
		for only := range used {
			return s.configurationOf(only)
		}
	}
	return s.configurationOf(p.Name)
}
