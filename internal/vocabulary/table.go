package vocabulary

import "sync"

// A Type is a resource type of CloudFormation, and how Terraform says it. The
// provider awscc has the same types and properties, in snake case.
//
// Sources: the CloudFormation registry schemas, and the documentation of the
// provider aws, version 6.
type Type struct {
	CloudFormation string // AWS::CloudTrail::Trail
	Terraform      string // aws_cloudtrail
	Properties     Properties
	// Attributes holds the Terraform attributes that Fn::GetAtt returns.
	Attributes map[string]string
	// Ref is the attribute that Ref returns.
	Ref string
	// Named is the attribute that holds the name, which AWS generates where no
	// property sets it; id is the same.
	Named string
	// ARN is what Fn::GetAtt returns for the attribute arn, with {partition},
	// {region}, {account}, {path}, {name} and properties to be filled in.
	ARN string
	// URL is what Ref returns where that is a URL, with {suffix}, too.
	URL string
	// Partial: properties and attributes that the table lacks are nobody's concern.
	Partial bool
	// ID is the attribute that the id of awscc stands for; "" where it is a
	// compound of several.
	ID string
}

// Properties are properties by their CloudFormation names.
type Properties map[string]Property

// A Property is a property and the attribute that it is in Terraform.
type Property struct {
	// Attribute is the path of the attribute. It may lead into a block:
	// actions_suppressor.0.alarm.
	Attribute  string
	Shape      Shape
	Properties Properties // of Block, Blocks and Flatten
}

// Idle says whether nothing that is judged depends on the property: texts for
// people, tags, and what nobody looks at.
func (p Property) Idle() bool {
	return (p.Attribute == "" || IsIdle(p.Attribute)) && p.Shape != Flatten
}

// IsIdle says whether nothing that is judged depends on an attribute of this name.
func IsIdle(attribute string) bool {
	switch attribute {
	case "tags", "tags_all", "description", "alarm_description", "display_name", "retention_in_days":
		return true
	}
	return false
}

// Shape says how the value of a property differs from the attribute's.
type Shape uint8

const (
	Plain      Shape = iota // not at all: text
	Flag                    // not at all: true or false
	Numeral                 // not at all: a number
	Texts                   // not at all: a list of texts
	Anything                // not at all, whatever it is
	Text                    // a number in CloudFormation, text in Terraform
	Block                   // an object, which is a list of one block
	Blocks                  // a list of objects, which is a list of blocks
	Flatten                 // an object whose members belong to the object around it
	KeyValues               // a list of {Key, Value}, which is a map
	NameValues              // a list of {Name, Value}, which is a map
	Policy                  // JSON as an object, which is JSON as text
	Ignore                  // known, and of no interest to anybody here
)

func is(attribute string) Property                   { return Property{Attribute: attribute} }
func flag(attribute string) Property                 { return as(Flag, attribute) }
func number(attribute string) Property               { return as(Numeral, attribute) }
func texts(attribute string) Property                { return as(Texts, attribute) }
func anything(attribute string) Property             { return as(Anything, attribute) }
func as(shape Shape, attribute string) Property      { return Property{Attribute: attribute, Shape: shape} }
func block(attribute string, p Properties) Property  { return Property{attribute, Block, p} }
func blocks(attribute string, p Properties) Property { return Property{attribute, Blocks, p} }

var ignored = Property{Shape: Ignore}

// ByCloudFormation returns the entry for a CloudFormation type; nil if there is
// none.
func ByCloudFormation(typ string) *Type { return byCloudFormation()[typ] }

var byCloudFormation = sync.OnceValue(func() map[string]*Type {
	types := map[string]*Type{}
	for _, t := range Types() {
		types[t.CloudFormation] = t
	}
	return types
})

// ByTerraform returns the first entry for a type of the provider aws; nil if
// there is none.
func ByTerraform(typ string) *Type { return byTerraform()[typ] }

var byTerraform = sync.OnceValue(func() map[string]*Type {
	types := map[string]*Type{}
	for _, t := range Types() {
		if types[t.Terraform] == nil {
			types[t.Terraform] = t
		}
	}
	return types
})

// TerraformID is the attribute that the id equals in the provider aws; "" where
// that differs between its versions, or it is a compound.
func (t *Type) TerraformID() string {
	switch {
	case t.Terraform == "aws_cloudtrail":
		return ""
	case t.Terraform == "aws_sns_topic":
		return "arn"
	case t.ID == "id" || t.Terraform == "aws_cloudwatch_log_metric_filter":
		return t.Named
	}
	return t.ID
}

// Types returns the table.
func Types() []*Type { return table() }

// table is made when somebody asks for it.
var table = sync.OnceValue(func() []*Type {
	return []*Type{
		trail(), logGroup(), metricFilter(), metricAlarm(), compositeAlarm(), logAlarm(), muteRule(),
		topic(), subscriptionType(), topicPolicy(), topicInlinePolicy(), slackChannel(), teamsChannel(),
		key(), replicaKey(), alias(), role(), rolePolicy(), inlinePolicy(), managedPolicy(),
		queue(), queuePolicy(), queueInlinePolicy(), function(), functionAlias(), functionPermission(), deliveryStream(),
	}
})
