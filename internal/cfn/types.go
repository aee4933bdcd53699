package cfn

import (
	"encoding/json"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
)

// Leads reports whether a resource of a type is judged, or makes others that may be.
func Leads(typ string) bool { return isRelevant(typ) || makesElsewhere(typ) }

// TypesOf returns the Terraform types of a resource type; nil if it may make anything.
func TypesOf(typ string) []string {
	if t := catalog.ByTemplate(typ); t != nil {
		return []string{t.Type.Name}
	}
	return nil
}

// Single returns the template of one resource.
func Single(name, typ, properties string) ([]byte, error) {
	return json.Marshal(map[string]any{"Resources": map[string]any{
		name: map[string]any{"Type": typ, "Properties": json.RawMessage(properties)},
	}})
}

// isRelevant reports whether resources of a type are judged, or lead to some that are.
func isRelevant(typ string) bool {
	return catalog.ByTemplate(typ) != nil || nestedTypes[typ] != "" || typ == serverlessFunction || typ == serverlessConnector
}

// makesElsewhere reports whether a resource creates others that the template does not
// show.
func makesElsewhere(typ string) bool {
	return isModule(typ) || typ == "AWS::ServiceCatalog::CloudFormationProvisionedProduct"
}

// isModule reports whether resources of a type are modules of a registry.
func isModule(typ string) bool { return strings.HasSuffix(typ, "::MODULE") }

// nestedTypes are the types that nest a template, and the properties that say
// which.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-application.html
var nestedTypes = map[string]string{
	"AWS::CloudFormation::Stack":    "TemplateURL",
	"AWS::CloudFormation::StackSet": "TemplateURL",
	"AWS::Serverless::Application":  "Location",
}

const serverlessFunction = "AWS::Serverless::Function"

// typeOf returns the entry of the catalog for a type, nil if there is none. A serverless
// function is a function.
func typeOf(typ string) *catalog.Template {
	if typ == serverlessFunction {
		return catalog.ByTemplate("AWS::Lambda::Function")
	}
	return catalog.ByTemplate(typ)
}
