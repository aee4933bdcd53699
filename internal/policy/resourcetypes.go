package policy

import (
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/diag"
)

// resourceTypes is the name in a package's METADATA, below custom, of the types of
// resources that it reads in the raw document.
const resourceTypes = "resource_types"

// isType reports whether a text is a type of Terraform's or CloudFormation's, with *
// for any characters. The longest real ones have some hundred.
// Names of custom resources have @, too:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
func isType(s string) bool {
	const in = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@:*-"
	return 0 < len(s) && len(s) <= 256 && strings.Trim(s, in) == ""
}

// typesIn returns what a module's package declares; ok is false if it declares
// nothing.
func typesIn(m *ast.Module) (types []string, ok bool, err error) {
	for _, a := range m.Annotations {
		value, there := a.Custom[resourceTypes]
		if !there {
			continue
		}
		if a.Scope != "package" {
			return nil, false, declarationError(a, "it applies to packages, not to a "+a.Scope, "write it above package, below # METADATA and # custom:")
		}
		if types, err = typeList(a, value); err != nil {
			return nil, false, err
		}
		ok = true
	}
	return types, ok, nil
}

func typeList(a *ast.Annotations, value any) ([]string, error) {
	list, ok := value.([]any)
	types := make([]string, len(list))
	for i, e := range list {
		typ, isText := e.(string)
		if ok = ok && isText; ok && !isType(typ) {
			return nil, declarationError(a, fmt.Sprintf("%q is not a resource type", typ), "types are written aws_s3_bucket or AWS::S3::Bucket, and * matches any characters: aws_s3_*")
		}
		types[i] = typ
	}
	if !ok {
		return nil, declarationError(a, "it must be a list of types", "write: "+resourceTypes+": [aws_s3_bucket, AWS::S3::Bucket]")
	}
	return types, nil
}

// declarationError returns the error at the line of the declaration.
func declarationError(a *ast.Annotations, what, hint string) diag.List {
	d := &diag.Diagnostic{File: a.Location.File, Line: a.Location.Row, Column: a.Location.Col, Message: resourceTypes + ": " + what, Hint: hint}
	if before, _, found := strings.Cut(string(a.Location.Text), resourceTypes); found {
		d.Line += strings.Count(before, "\n")
		d.Column += len(before) - strings.LastIndex(before, "\n") - 1
	}
	return diag.List{d}
}
