package plan

import (
	"cmp"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// scopes finds the provider, region and account that instances live in.
type scopes struct {
	config    *config
	variables map[string]variable
	providers map[string]resource.Scope // by normalised key
	only      evidence                  // the key of each provider that has one configuration
}

func newScopes(c *contents, worlds ...*world) *scopes {
	s := &scopes{config: &c.config, variables: c.variables, providers: map[string]resource.Scope{}, only: evidence{}}
	for key, p := range c.config.providers {
		key = s.normal(key)
		s.providers[key] = s.configured(key)
		if p != nil {
			s.only.add(p.Name, key)
		}
	}
	var all []*instance
	for _, w := range worlds {
		if w != nil {
			all = append(all, w.instances...)
		}
	}
	s.observe(all)
	return s
}

// of returns the scope of an instance. What its own values say comes first: the
// region argument of provider version 6, and then its ARN.
func (s *scopes) of(i *instance) resource.Scope {
	key := s.provider(i)
	provider := s.providers[key]
	region, _ := memberOf(i.value, "region").(string)
	arnRegion, arnAccount := i.arn()
	scope := resource.Scope{
		Provider: key,
		Region:   cmp.Or(region, provider.Region, arnRegion),
		Account:  cmp.Or(arnAccount, provider.Account),
	}
	scope.Ambient = scope.Region != "" && arnRegion == "" && !s.states(i, key)
	return scope
}

// states says whether the configuration says something of an instance's region,
// in its provider block or its own argument. Where it says nothing, the provider
// takes the region from its environment.
func (s *scopes) states(i *instance, key string) bool {
	if p := s.config.providers[key]; p != nil && p.Expressions["region"].isSet() {
		return true
	}
	block := s.config.resource(i.address)
	return block == nil || block.Expressions["region"].isSet() // a state is what is
}

// provider returns the key of the provider configuration of an instance. One
// that the configuration no longer has, because the plan deletes it, had the
// only one there is.
func (s *scopes) provider(i *instance) string {
	if block := s.config.resource(i.address); block != nil {
		return s.normal(block.ProviderConfigKey)
	}
	name, _, _ := strings.Cut(i.typ, "_")
	return s.only[name]
}

// normal is the key of the configuration that a key comes to: a module that
// names a default provider without configuring it gets its parent's.
func (s *scopes) normal(key string) string {
	module, name, inModule := cutLast(key, ":")
	if !inModule || !strings.HasPrefix(key, "module.") || strings.Contains(name, ".") {
		return key
	}
	if p := s.config.providers[key]; p != nil && len(p.Expressions) > 0 {
		return key
	}
	if path := parseModule(module); len(path) > 1 {
		return s.normal(path[:len(path)-1].String() + ":" + name)
	}
	return name
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+len(separator):], true
}

// configured returns what a provider block says as constants.
func (s *scopes) configured(key string) resource.Scope {
	scope := resource.Scope{Provider: key}
	p := s.config.providers[key]
	if p == nil {
		return scope
	}
	module := parseModule(p.ModuleAddress)
	scope.Region, _ = s.constant(p.Expressions["region"], module).(string)
	for _, b := range p.Expressions["assume_role"].blocks() {
		role, _ := s.constant(b["role_arn"], module).(string)
		_, scope.Account = arnPlace(role)
	}
	if ids, _ := s.constant(p.Expressions["allowed_account_ids"], module).([]any); scope.Account == "" && len(ids) == 1 {
		scope.Account, _ = scalarText(ids[0])
	}
	return scope
}

// constant returns the value of an expression that is a constant, or a variable
// that is one; nil for any other.
func (s *scopes) constant(e expression, module modulePath) any {
	if e.IsConstant {
		return e.Constant
	}
	written := e.direct()
	if len(written) != 1 {
		return nil
	}
	ref := parseSteps(written[0])
	if len(ref) < 2 || ref[0].name != "var" {
		return nil
	}
	return lookUp(s.input(ref[1].name, module), ref[2:])
}

// input returns the value of an input variable of a module.
func (s *scopes) input(name string, module modulePath) any {
	m := s.config.module(module)
	if len(module) == 0 {
		if v := s.variables[name]; v.isSet {
			return v.value
		}
	} else if call := s.config.call(module); call != nil {
		if e, ok := call.expressions[name]; ok {
			return s.constant(e, module[:len(module)-1])
		}
	}
	if m == nil {
		return nil
	}
	return m.variables[name].Default
}

// observe adds what known values tell of the providers' accounts and regions.
// Data sources are no evidence, save those that ask for just that: their
// objects may be another account's.
func (s *scopes) observe(instances []*instance) {
	accounts, regions := evidence{}, evidence{}
	for _, i := range instances {
		key := s.provider(i)
		switch {
		case i.mode == resource.Managed:
			region, account := i.arn()
			accounts.add(key, account)
			if key == "" { // a state: nothing else tells
				regions.add(key, region)
			}
		case i.typ == "aws_caller_identity":
			account, _ := memberOf(i.value, "account_id").(string)
			accounts.add(key, account)
		case i.typ == "aws_region":
			s.observeRegion(key, i)
		}
	}
	for key, account := range accounts {
		scope := s.providers[key]
		scope.Account = cmp.Or(scope.Account, account)
		scope.Region = cmp.Or(scope.Region, regions[key])
		s.providers[key] = scope
	}
}

// evidence holds the one text that is seen for a provider, "" where several are.
type evidence map[string]string

func (e evidence) add(key, text string) {
	if text == "" {
		return
	}
	if seen, ok := e[key]; ok && seen != text {
		text = ""
	}
	e[key] = text
}

// observeRegion notes the region that a data source found, if it was not told
// which.
func (s *scopes) observeRegion(key string, i *instance) {
	scope := s.providers[key]
	block := s.config.resource(i.address)
	if block == nil || block.Expressions["region"].isSet() || scope.Region != "" {
		return
	}
	region, _ := memberOf(i.value, "region").(string) // provider 6
	name, _ := memberOf(i.value, "name").(string)
	scope.Region = cmp.Or(region, name)
	s.providers[key] = scope
}

// arn returns the region and account in the known ARN of an instance.
func (i *instance) arn() (region, account string) {
	arn, _ := memberOf(i.value, "arn").(string)
	return arnPlace(arn)
}

// arnPlace returns the region and account of an ARN:
// arn:aws:sns:us-east-1:111122223333:topic.
func arnPlace(arn string) (region, account string) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", ""
	}
	if len(parts[4]) == 12 && strings.Trim(parts[4], "0123456789") == "" {
		account = parts[4]
	}
	return parts[3], account
}
