package plan

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

func newScopes(c *contents, given resource.Scope, worlds ...*world) *scopes {
	s := &scopes{config: &c.config, variables: c.variables, given: given, providers: map[string]*configuration{}, only: evidence{}, used: map[string]map[string]bool{}}
	for _, key := range slices.Sorted(maps.Keys(c.config.providers)) {
		p := c.config.providers[key]
		key = s.normalKey(key)
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
	s.noteUsed(s.all)
	s.observe(s.all)
	s.unify()
	s.applyGiven()
	return s
}

// noteUsed notes which configurations of each provider have instances.
func (s *scopes) noteUsed(instances []*instance) {
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

// of returns the scope of an instance. Its own values come first: the region
// argument of provider version 6, and then its ARN.
func (s *scopes) of(i *instance) resource.Scope {
	key := s.provider(i)
	c := s.providers[key]
	if c == nil {
		c = &configuration{place: resource.Scope{Provider: key}}
	}
	scope := c.place
	region, _ := memberOf(i.value, "region").(string)
	arnRegion, arnAccount := i.arn()
	own := s.overridesRegion(i)
	if c.varies.regions || own && (region == "" || scope.Region == "") {
		scope.RegionOf = resource.NamedFor("region", cmp.Or(region, i.text))
	}
	if c.varies.accounts {
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
	scope.RegionFromEnv = scope.Region != "" && arnRegion == "" && !given && !s.configuresRegion(i, key)
	return scope
}

// overridesRegion reports whether an argument of an instance chooses its region. A null
// argument does not.
func (s *scopes) overridesRegion(i *instance) bool {
	block := s.config.resource(i.address)
	if block == nil || i.typ == "aws_region" {
		return false
	}
	return block.Expressions["region"].isNonNull() && (memberOf(i.value, "region") != nil || memberOf(i.unknown, "region") == true)
}

// configuresRegion reports whether the configuration decides an instance's region, in its
// provider block or its own argument. Otherwise the provider takes the region from its
// environment.
func (s *scopes) configuresRegion(i *instance, key string) bool {
	if p := s.config.providers[key]; p != nil && p.Expressions["region"].isNonNull() {
		return true
	}
	block := s.config.resource(i.address)
	return block == nil || block.Expressions["region"].isNonNull() // a state says what exists
}
