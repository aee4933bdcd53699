package plan

import (
	"cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

// observe derives the providers' accounts and regions from known values.
// Data sources are not evidence, except those that ask for just that: their
// objects may be another account's. The instances of one provider
// configuration may differ.
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
		c := s.configurationOf(key)
		if c.varies.accounts {
			continue
		}
		c.place.Account = cmp.Or(c.place.Account, account)
		c.varies.accountsSeen = account == ""
	}
	for key, region := range regions {
		c := s.configurationOf(key)
		c.place.Region = cmp.Or(c.place.Region, region)
		c.varies.regionsSeen = region == ""
	}
}

// observeRegion notes the region that a data source read, unless an argument names it.
func (s *scopes) observeRegion(key string, i *instance) {
	c := s.configurationOf(key)
	block := s.config.resource(i.address)
	if block == nil || block.Expressions["region"].isSet() || c.place.Region != "" || c.varies.regions {
		return
	}
	region, _ := memberOf(i.value, "region").(string) // provider 6
	name, _ := memberOf(i.value, "name").(string)
	c.place.Region = cmp.Or(region, name)
}

// partitionOfAll returns the partition of all ARNs in the instances, if it is one.
func (s *scopes) partitionOfAll() string {
	var found resource.Partitioned
	for _, i := range s.all {
		if i.typ == "aws_partition" {
			if name, _ := memberOf(i.value, "partition").(string); name != "" {
				found.Add("arn:" + name + ":")
			}
		}
		addPartitions(&found, i.value)
	}
	return found.One()
}

func addPartitions(found *resource.Partitioned, value any) {
	switch v := value.(type) {
	case string:
		found.Add(v)
	case []any:
		for _, e := range v {
			addPartitions(found, e)
		}
	case map[string]any:
		for _, e := range v {
			addPartitions(found, e)
		}
	}
}
