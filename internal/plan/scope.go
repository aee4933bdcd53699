package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// scopes finds the provider, region and account that instances live in.
type scopes struct {
	config    *config
	variables map[string]variable
	given     Options
	all       []*instance
	partition func() string              // the one that all ARNs name
	providers map[string]*configuration  // by normalised key
	only      evidence                   // the key of each provider that has one configuration
	used      map[string]map[string]bool // the keys of each provider that instances have
}

func newScopes(c *contents, given Options, worlds ...*world) *scopes {
	s := &scopes{config: &c.config, variables: c.variables, given: given, providers: map[string]*configuration{}, only: evidence{}, used: map[string]map[string]bool{}}
	for _, key := range slices.Sorted(maps.Keys(c.config.providers)) {
		p := c.config.providers[key]
		key = s.normal(key)
		if s.providers[key] == nil {
			s.providers[key] = s.configured(key)
		}
		if p != nil {
			s.only.add(p.Name, key)
		}
	}
	for _, w := range worlds {
		if w != nil {
			s.all = append(s.all, w.instances...)
		}
	}
	s.partition = sync.OnceValue(s.partitionOfAll)
	s.note(s.all)
	s.observe(s.all)
	s.liken()
	s.complete()
	return s
}

// note notes which configurations of each provider have instances.
func (s *scopes) note(instances []*instance) {
	for _, i := range instances {
		key := s.provider(i)
		p := s.config.providers[key]
		if p == nil {
			continue
		}
		if s.used[p.Name] == nil {
			s.used[p.Name] = map[string]bool{}
		}
		s.used[p.Name][key] = true
	}
}

// of returns the scope of an instance. What its own values say comes first: the
// region argument of provider version 6, and then its ARN.
func (s *scopes) of(i *instance) resource.Scope {
	key := s.provider(i)
	c := s.providers[key]
	if c == nil {
		c = &configuration{place: resource.Scope{Provider: key}}
	}
	scope := c.place
	region, _ := memberOf(i.value, "region").(string)
	arnRegion, arnAccount := i.arn()
	own := s.isMoved(i)
	if c.several.regions || own && (region == "" || scope.Region == "") {
		scope.RegionOf = resource.NamedFor("region", cmp.Or(region, i.text))
	}
	if c.several.accounts {
		scope.AccountOf = resource.NamedFor("account", i.text)
	}
	if own {
		scope.Partition, scope.Region = scope.InPartition(), "" // of the provider
	}
	scope.Region, scope.Account = cmp.Or(region, scope.Region, arnRegion), cmp.Or(arnAccount, scope.Account)
	if scope.Region == "" && scope.Partition == "" {
		scope.Partition = s.partition()
	} else if scope.Region != "" {
		scope.Partition = ""
	}
	given := region == "" && !own && c.given
	scope.RegionFromEnv = scope.Region != "" && arnRegion == "" && !given && !s.states(i, key)
	return scope
}

// isMoved says whether an argument of an instance itself chooses its region. One
// whose value is null does not.
func (s *scopes) isMoved(i *instance) bool {
	block := s.config.resource(i.address)
	if block == nil || i.typ == "aws_region" {
		return false
	}
	return block.Expressions["region"].says() && (memberOf(i.value, "region") != nil || memberOf(i.unknown, "region") == true)
}

// states says whether the configuration says something of an instance's region,
// in its provider block or its own argument. Where it says nothing, the provider
// takes the region from its environment.
func (s *scopes) states(i *instance, key string) bool {
	if p := s.config.providers[key]; p != nil && p.Expressions["region"].says() {
		return true
	}
	block := s.config.resource(i.address)
	return block == nil || block.Expressions["region"].says() // a state is what is
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
