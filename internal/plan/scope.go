package plan

import "github.com/iacgate/iacgate/internal/resource"

// scopes finds the provider, region and account that instances live in.
type scopes struct {
	config *config
}

func newScopes(c *contents) *scopes { return &scopes{config: &c.config} }

func (s *scopes) of(i *instance) resource.Scope {
	var scope resource.Scope
	if block := s.config.resource(i.address); block != nil {
		scope.Provider = block.ProviderConfigKey
	}
	if region, ok := memberOf(i.value, "region").(string); ok {
		scope.Region = region
	}
	return scope
}
