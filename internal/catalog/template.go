package catalog

import (
	"strings"
	"sync"
)

// A Template is a CloudFormation type, and its translation to a type of the provider aws.
// The provider awscc has the same types and properties, in snake case.
type Template struct {
	Name string // AWS::CloudTrail::Trail
	Type *Type
	// Ref is the member that Ref returns.
	Ref string
	// ID is the member that the id of awscc represents; "" if it is a compound of
	// several.
	ID string
	// GetAtt holds the members that Fn::GetAtt returns, "" if Terraform has none.
	GetAtt map[string]string
	// ARNSuffix is the end of the ARN that Terraform's ARN does not have.
	ARNSuffix string
	// URL is the URL that Ref returns, if it returns one; with {suffix}, too.
	URL string
	// Each is a property that lists what the member of one resource names: there is
	// a resource for each.
	Each *Each
	// Children make further resources of a property.
	Children []Child
	// Irrelevant holds the reasons why nothing that is judged depends on properties
	// that Terraform does not have.
	Irrelevant map[string]string

	properties func() Properties
}

// Each spreads a property over several resources.
type Each struct {
	Property string // Topics
	Member   string // arn
}

// A Child is a resource that is declared inside another.
type Child struct {
	Property string   // Subscription
	Elements string   // what its address calls them: subscription
	Type     string   // aws_sns_topic_subscription
	Back     string   // the child's member that refers to the ARN of the resource: topic_arn
	Member   string   // the child's member that an element is; "" if it is an object
	Members  []string // those that an object has
}

// ByTemplate returns the entry for a CloudFormation type; nil if there is none.
func ByTemplate(typ string) *Template { return byTemplate()[typ] }

var byTemplate = sync.OnceValue(func() map[string]*Template {
	all := map[string]*Template{}
	for _, t := range Types() {
		for _, tpl := range t.Templates {
			all[tpl.Name] = tpl
		}
	}
	return all
})

// Properties are properties by their CloudFormation names.
type Properties map[string]Property

// A Property is a property and the member that it is in Terraform.
type Property struct {
	// Attribute is the path of the member. It may lead into a block:
	// actions_suppressor.0.alarm.
	Attribute  string
	Shape      Shape
	Properties Properties // of Object, List and Flatten
	irrelevant bool
}

// Irrelevant reports whether nothing that is judged depends on the property.
func (p Property) Irrelevant() bool { return p.irrelevant }

// Shape says how the value of a property differs from the member's.
type Shape uint8

const (
	Same    Shape = iota // not at all, whatever it is
	Scalar               // not at all: text
	Truth                // not at all: true or false
	Numeric              // not at all: a number
	Strings              // not at all: a list of texts
	Object               // an object, which is a list of one block
	List                 // a list of objects, which is a list of blocks
	Flatten              // an object whose members belong to the object around it
	Pairs                // a list of {Key, Value} or {Name, Value}, which is a map
	JSON                 // JSON as an object, which is JSON as text
	Nothing              // known, and nothing in Terraform
)

var shapes = map[Kind]Shape{
	String: Scalar, Bool: Truth, Number: Numeric, StringList: Strings, StringMap: Pairs, Document: JSON, Anything: Same, Block: Object, Blocks: List,
}

// Properties returns those that a template of the type may have.
func (t *Template) Properties() Properties {
	if t.properties == nil {
		t.properties = sync.OnceValue(t.listed)
	}
	return t.properties()
}

func (t *Template) listed() Properties {
	all := Properties{}
	all.add(t.Type.Members, "")
	if t.Each != nil {
		for name, p := range all {
			if p.Attribute == t.Each.Member {
				delete(all, name)
			}
		}
		all[t.Each.Property] = Property{Attribute: t.Each.Member, Shape: Strings}
	}
	for _, c := range t.Children {
		all[c.Property] = c.property()
	}
	for name := range t.Irrelevant {
		all[name] = Property{Shape: Nothing, irrelevant: true}
	}
	return all
}

// property returns the property that holds children.
func (c Child) property() Property {
	if c.Member != "" {
		return Property{Attribute: c.Elements, Shape: Strings}
	}
	inner := Properties{}
	for _, name := range c.Members {
		m, _ := ByName(c.Type).Members.Find(name)
		inner.add(Members{m}, "")
	}
	return Property{Attribute: c.Elements, Shape: List, Properties: inner}
}

// add adds the properties of members. A prefix leads into a block that
// CloudFormation does not have.
func (ps Properties) add(members Members, prefix string) {
	for _, m := range members {
		switch {
		case m.Property != "":
			ps.place(m, prefix+m.Name)
		case m.IsBlock():
			ps.add(m.Members, prefix+m.Name+".0.")
		}
	}
}

// place puts a member where its property is, inside an object where it leads
// through one.
func (ps Properties) place(m Member, attribute string) {
	at, name := ps, m.Property
	for {
		object, rest, nested := strings.Cut(name, ".")
		if !nested {
			break
		}
		if at[object].Properties == nil {
			at[object] = Property{Shape: Flatten, Properties: Properties{}}
		}
		at, name = at[object].Properties, rest
	}
	p := Property{Attribute: attribute, Shape: shapes[m.Kind], irrelevant: m.Irrelevant != ""}
	if m.IsBlock() {
		p.Properties = Properties{}
		p.Properties.add(m.Members, "")
	}
	at[name] = p
}

// FirstTemplate returns the type that CloudFormation has for a type of the provider
// aws; nil if it has none.
func (t *Type) FirstTemplate() *Template {
	if t == nil || len(t.Templates) == 0 {
		return nil
	}
	return t.Templates[0]
}
