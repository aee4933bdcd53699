// Package catalog is the one list of the resource types that iacgate reads: their
// arguments, attributes and nested blocks, the defaults of these, and their names in
// CloudFormation and in the Terraform provider awscc. Each type or family has its own
// file. The readers of plans, Terraform code and templates use it, and so does the graph.
//
// Members are those of the Terraform provider aws; tests compare them with the schemas
// that the vendors publish. The package does not read inputs and does not judge
// resources.
package catalog

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Type is a resource type of the provider aws.
type Type struct {
	Name  string // aws_cloudtrail
	Modes Modes
	// Since is the release of the provider that added it, "" for 5.100.0 or before;
	// NoRelease if only templates and the provider awscc have it.
	Since string
	// Global: it lives in no region.
	Global  bool
	Members Members
	// Rest says why unlisted members do not matter, "" if all are listed.
	Rest string
	// Named is the member that holds the name. AWS generates it if it is not set.
	Named string
	// ID is the member that the attribute id equals, "" if that is a compound or
	// differs between releases of the provider.
	ID string
	// ARN is the ARN, with {partition}, {region}, {account}, {path}, {name} and
	// members to be filled in.
	ARN string
	// Templates are the CloudFormation types that mean this one.
	Templates []*Template
}

// NoRelease is the value of Since for a type that the provider aws does not have yet.
const NoRelease = "no release yet"

// Modes reports whether a type is one of resources, of data sources, or of both.
type Modes uint8

const (
	Managed Modes = 1 << iota
	Data
)

// Has reports whether a type is one of resources, or of data sources.
func (t *Type) Has(mode resource.Mode) bool {
	if mode == resource.Data {
		return t.Modes&Data != 0
	}
	return t.Modes&Managed != 0
}

// Reads reports whether iacgate reads an attribute.
func (t *Type) Reads(attribute string) bool {
	_, known := t.Members.Find(attribute)
	return known || t.Rest == "" || attribute == "id"
}

// ARNOf returns the ARN template of an attribute, "" if the attribute is not an ARN.
func (t *Type) ARNOf(attribute string) string {
	if attribute == "qualified_arn" || t.Equals(attribute) == "arn" {
		return t.ARN
	}
	return ""
}

// FillIn fills in an ARN or a URL of the catalog: {name} is replaced by values["name"], whatever
// that contains. A name without a value stays.
func FillIn(text string, values map[string]string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if value, known := values[name]; known && closed {
			out.WriteString(value)
			text = after
			continue
		}
		out.WriteByte('{')
		text = rest
	}
}

// Equals returns the member that an attribute equals: itself, or what id represents. A
// plan leaves the attribute out where an index comes before it (it records
// x.this[each.key].id as x.this); of what can name something only the id is known
// after apply, so "" represents it. It is "" if no other member says it.
func (t *Type) Equals(attribute string) string {
	switch attribute {
	case "", "id":
		return t.ID
	}
	return attribute
}

// registered make the types: what is registered before main takes memory only when it is
// asked for.
var registered []func() *Type

func register(t func() *Type) { registered = append(registered, t) }

// Types returns all types by name.
var Types = sync.OnceValue(func() []*Type {
	var all []*Type
	for _, newType := range registered {
		t := newType()
		for _, tpl := range t.Templates {
			tpl.Type = t
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *Type) int { return cmp.Compare(a.Name, b.Name) })
	return all
})

// ByName returns the type of a name; nil if there is none.
func ByName(name string) *Type { return byName()[name] }

var byName = sync.OnceValue(func() map[string]*Type {
	all := map[string]*Type{}
	for _, t := range Types() {
		all[t.Name] = t
	}
	return all
})

// Relevant reports whether the graph knows resources of a type, or resources that such a
// resource creates.
func Relevant(mode resource.Mode, typ string) bool {
	if t := ByName(typ); t != nil {
		return t.Has(mode)
	}
	_, makes := makers[typ]
	return ByAWSCC(typ) != nil || makes && mode == resource.Managed
}

// IsIrrelevant reports whether no verdict depends on an attribute of a type.
func IsIrrelevant(typ, attribute string) bool {
	t := ByName(typ)
	if t == nil {
		return false
	}
	m, _ := t.Members.Find(attribute)
	return m.Irrelevant != ""
}
