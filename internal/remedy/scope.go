package remedy

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// scope is the module or stack that a change is written in.
type scope struct {
	terraform bool   // else CloudFormation
	language  string // of the two that there are for either
	inline    bool   // expressions on one line
	module    string
	resources []*resource.Resource
	fileOf    func(*resource.Resource) string
	fresh     map[string]string // types of what the change adds, by address
}

func (s scope) find(address string) *resource.Resource {
	i := slices.IndexFunc(s.resources, func(r *resource.Resource) bool { return r.Address == address })
	if address == "" || i < 0 {
		return nil
	}
	return s.resources[i]
}

// moduleOf is the module or stack of an address.
func (s scope) moduleOf(r *resource.Resource) string {
	if s.terraform {
		return r.Module
	}
	i := strings.LastIndexByte(r.Address, '.')
	return r.Address[:max(i, 0)]
}

// reaches says whether code in this scope can refer to a resource.
func (s scope) reaches(address string) bool {
	r := s.find(address)
	return r != nil && s.moduleOf(r) == s.module
}

// local is an address as the scope's own code writes it.
func (s scope) local(address string) string {
	if s.module == "" {
		return address
	}
	return strings.TrimPrefix(address, s.module+".")
}

func (s scope) typeOf(address string) string {
	if r := s.find(address); r != nil {
		return r.Type
	}
	return s.fresh[address]
}

// name returns an address that nothing in the scope has.
func (s scope) name(typ, terraform, template string) string {
	base := typ + "." + terraform
	if !s.terraform {
		base = template
	}
	if s.module != "" {
		base = s.module + "." + base
	}
	return s.vacant(base, typ)
}

// vacant is an address as it is, or with a number behind it.
func (s scope) vacant(base, typ string) string {
	address := base
	for n := 2; s.taken(address); n++ {
		address = fmt.Sprintf("%s%d", base, n)
		if s.terraform {
			address = fmt.Sprintf("%s_%d", base, n)
		}
	}
	s.fresh[address] = typ
	return address
}

func (s scope) taken(address string) bool {
	_, fresh := s.fresh[address]
	return fresh || slices.ContainsFunc(s.resources, func(r *resource.Resource) bool { return resource.Block(r.Address) == address })
}

// intrinsic is the short form of a reference in a template.
func (s scope) intrinsic(name, typ, attribute string) *yaml.Node {
	t := catalog.ByName(typ).FirstTemplate()
	if t == nil && attribute == "arn" {
		return tagged("!GetAtt", name+".Arn")
	}
	if t == nil || attribute == "" || attribute == t.Ref || attribute == "id" || attribute == t.Type.Named && t.Ref == "id" {
		return tagged("!Ref", name)
	}
	for property, a := range t.GetAtt {
		if a == attribute && property != "KeyId" {
			return tagged("!GetAtt", name+"."+property)
		}
	}
	return tagged("!Ref", name)
}
