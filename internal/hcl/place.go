package hcl

import (
	"strings"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// place returns where an instance lives: the place of its provider configuration, or
// the region argument of provider version 6.
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

// elsewhere returns the place of a resource with an argument for its region. If that
// is not known, the region is not assumed to be the provider's.
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
	place.Region, place.RegionOf, place.EnvRegion = "", region.text, ""
	if region.known {
		place.Region = region.text
	}
	if !region.named {
		place.RegionOf = resource.NamedFor("region", region.text)
	}
	return place
}
