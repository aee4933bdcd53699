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

// A configuration is a provider configuration: the place that it leads to, and
// what it says of it.
type configuration struct {
	place       resource.Scope
	region      string // what it says of the region, "" for nothing
	credentials string // all that may decide the account, in one text
	several     several
	given       bool // the region is one that the plan does not tell
}

// several says of a configuration with for_each, of which a plan does not name
// the instance, what may differ between two of its resources; and of any, what
// was seen to be several.
type several struct {
	regions, accounts         bool
	regionsSeen, accountsSeen bool
}

// configured returns what a provider block says as constants.
func (s *scopes) configured(key string) *configuration {
	c := &configuration{place: resource.Scope{Provider: key}}
	p := s.config.providers[key]
	if p == nil {
		return c
	}
	module := parseModule(p.ModuleAddress)
	region := p.Expressions["region"]
	c.place.Region = s.region(region, module)
	if c.region = c.place.Region; c.region == "" && region.says() {
		c.region = unprovable(key)
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
		if e.asksWhich() && (name == "region" || catalog.MayDecideAccount(name)) {
			c.several.regions = c.place.Region == ""
			c.several.accounts = c.several.accounts || name != "region" && c.place.Account == ""
		}
	}
	return c
}

// region is the region that an expression is. References do not say what is made
// of them, so a value that is no region is a part of one.
func (s *scopes) region(e expression, module modulePath) string {
	region, _ := s.constant(e, module).(string)
	if !e.IsConstant && !resource.IsRegion(region) {
		return ""
	}
	return region
}

// accountOf is the account of a role, where its ARN or the one account in it is
// known.
func (s *scopes) accountOf(e expression, module modulePath) string {
	text, _ := scalarText(s.constant(e, module))
	if !e.IsConstant && resource.IsAccount(text) {
		return text
	}
	_, account := arnPlace(text)
	return account
}

// credentials writes down all that a provider block says and that may decide the
// account. What is made of references two may make different things of.
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
		return name + " = " + unprovable(key) + "\n"
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

// unprovable is what a configuration says in words that the plan leaves out: the
// same only as itself.
func unprovable(key string) string { return "~" + key }

// asksWhich says whether an expression refers to what differs between the
// instances of its block.
func (e expression) asksWhich() bool {
	return slices.ContainsFunc(e.References, func(ref string) bool { return strings.HasPrefix(ref, "each.") }) ||
		slices.ContainsFunc(e.inner(), expression.asksWhich)
}

// liken gives configurations of one module that say the same the same account
// and the same region. A region that neither says comes from where the
// credentials come from.
func (s *scopes) liken() {
	keys := slices.Sorted(maps.Keys(s.providers))
	for i, key := range keys {
		c, p := s.providers[key], s.config.providers[key]
		if p == nil || p.ModuleAddress != "" && len(p.Expressions) == 0 {
			continue
		}
		for _, earlier := range keys[:i] {
			o, q := s.providers[earlier], s.config.providers[earlier]
			if q == nil || q.Name != p.Name || q.ModuleAddress != p.ModuleAddress || p.ModuleAddress != "" && len(q.Expressions) == 0 {
				continue
			}
			c.liken(o)
		}
	}
}

func (c *configuration) liken(o *configuration) {
	alike := c.credentials == o.credentials && !c.several.accounts && !o.several.accounts
	if alike && c.place.AccountOf == "" && (c.place.Account == "" || o.place.Account == "") {
		c.place.AccountOf = o.place.AccountName()
	}
	if alike && c.region == "" && o.region == "" && !c.several.regions && !o.several.regions && c.place.RegionOf == "" {
		c.place.RegionOf = o.place.RegionName()
	}
}

// complete adds what is said outside the plan. What --region and --account say is
// true of the main configuration, and of others as far as they take region or
// account from where it does.
func (s *scopes) complete() {
	if s.given.Region == "" && s.given.Account == "" {
		return
	}
	for key, c := range s.providers {
		main := s.main(key)
		if c.place.Account == "" && !c.several.accounts && !c.several.accountsSeen && c.credentials == main.credentials {
			c.place.Account = s.given.Account
		}
		if c.place.Region == "" && !c.several.regions && !c.several.regionsSeen && cmp.Or(c.region, main.region) == main.region {
			c.place.Region, c.given = s.given.Region, s.given.Region != ""
		}
	}
}

// main is the configuration without an alias of the provider that a key is of;
// where nothing has that one, the only one that something has.
func (s *scopes) main(key string) *configuration {
	p := s.config.providers[key]
	if p == nil {
		return s.at(key)
	}
	if used := s.used[p.Name]; len(used) == 1 && !used[p.Name] {
		for only := range used {
			return s.at(only)
		}
	}
	return s.at(p.Name)
}
