package fix

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// scope is the module or stack that a change is written in.
type scope struct {
	terraform bool   // else CloudFormation
	language  string // HCL or JSON, YAML or JSON
	inline    bool   // expressions on one line
	module    string
	resources []*resource.Resource
	fileOf    func(*resource.Resource) string
	added     map[string]string // types of what the change adds, by address
}

// find returns the resource at an address; nil where there is none.
func (s scope) find(address string) *resource.Resource {
	i := slices.IndexFunc(s.resources, func(r *resource.Resource) bool { return r.Address == address })
	if address == "" || i < 0 {
		return nil
	}
	return s.resources[i]
}

// moduleOf is the module or stack of a resource.
func (s scope) moduleOf(r *resource.Resource) string {
	if s.terraform {
		return r.Module
	}
	i := strings.LastIndexByte(r.Address, '.')
	return r.Address[:max(i, 0)]
}

// languageOf is the language that a resource is written in.
func (s scope) languageOf(r *resource.Resource) string {
	switch {
	case strings.HasSuffix(s.fileOf(r), ".json"):
		return JSON
	case s.terraform:
		return HCL
	}
	return YAML
}

// reaches says whether code in this scope can refer to a resource of the input.
func (s scope) reaches(address string) bool {
	r := s.find(address)
	return r != nil && s.moduleOf(r) == s.module
}

// reachesOrAdds is reaches for resources that the change adds, too.
func (s scope) reachesOrAdds(address string) bool {
	_, adds := s.added[address]
	return adds || s.reaches(address)
}

// has says whether the input has a resource in this scope.
func (s scope) has(local string) bool { return s.find(s.absolute(local)) != nil }

// onlyOf is the address of the one resource of a type that the scope has, "" where it
// has none or several.
func (s scope) onlyOf(typ string) string {
	var found []string
	for _, r := range s.resources {
		if r.Type == typ && r.Mode == resource.Managed && s.moduleOf(r) == s.module && r.Change.Action != resource.Delete {
			found = append(found, r.Address)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// local is an address as the scope's own code writes it, absolute the reverse.
func (s scope) local(address string) string {
	if s.module == "" {
		return address
	}
	return strings.TrimPrefix(address, s.module+".")
}

func (s scope) absolute(local string) string { return strings.TrimPrefix(s.module+"."+local, ".") }

func (s scope) typeOf(address string) string {
	if r := s.find(address); r != nil {
		return r.Type
	}
	return s.added[address]
}

// property is an attribute path in the words of the input.
func (s scope) property(typ, attribute string) string {
	if s.terraform {
		return strings.ReplaceAll(attribute, ".0.", ".")
	}
	path, _ := catalog.ByName(typ).FirstTemplate().Property(attribute)
	return path
}

// newAddress returns an address that nothing in the scope has, for a resource with
// one name in Terraform and another one in a template.
func (s scope) newAddress(typ, terraform, template string) string {
	if s.terraform {
		return s.unused(typ+"."+terraform, typ)
	}
	return s.unused(template, typ)
}

// unused is the absolute address of a local one, with a number added if it is taken.
func (s scope) unused(local, typ string) string {
	base := s.absolute(local)
	address := base
	for n := 2; s.taken(address); n++ {
		address = fmt.Sprintf("%s%d", base, n)
		if s.terraform {
			address = fmt.Sprintf("%s_%d", base, n)
		}
	}
	s.added[address] = typ
	return address
}

func (s scope) taken(address string) bool {
	_, adds := s.added[address]
	return adds || slices.ContainsFunc(s.resources, func(r *resource.Resource) bool { return resource.Block(r.Address) == address })
}
