// Package vocabulary is the one table of resource types and attributes that the
// rest of the program speaks, and of their names in CloudFormation and in the
// Terraform provider awscc.
//
// It does not read templates or plans, and it does not judge what it names.
package vocabulary

import "github.com/iacgate/iacgate/internal/resource"

// Relevant says whether the graph knows resources of a type, or whether they make
// some that it knows.
func Relevant(mode resource.Mode, typ string) bool {
	if ByAWSCC(typ) != nil {
		return true
	}
	kind := managed
	if mode == resource.Data {
		kind = data
	}
	if _, makes := makers[typ]; makes && kind == managed {
		return true
	}
	return types[typ]&kind != 0
}

// Reads says whether anybody looks at an attribute of a type.
func Reads(typ, attribute string) bool {
	t := ByTerraform(typ)
	if t == nil || !t.Partial || attribute == "arn" || attribute == "id" {
		return true
	}
	_, ok := t.Property(attribute)
	return ok
}
