package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// resourceTypes is the name in a package's METADATA, below custom, of the types of
// resources that it reads in the raw document.
const resourceTypes = "resource_types"

// isType says whether a text is a type of Terraform's or CloudFormation's, with *
// for any characters. The longest real ones have some hundred.
// Names of custom resources have @, too:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
func isType(s string) bool {
	const in = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@:*-"
	return 0 < len(s) && len(s) <= 256 && strings.Trim(s, in) == ""
}

// input is the judged document, or the raw one where that was asked for.
var input = ast.MustParseRef("input")

// ResourceTypes says which types of resources the policies read in the raw
// document. It is nil, which is all of them, unless every module that reads it
// belongs to a package that declares its types.
func (u *User) ResourceTypes() func(typ string) bool {
	if u == nil {
		return nil
	}
	declared := map[string][]string{}
	for _, m := range u.compiler.Modules {
		if types, ok, _ := typesIn(m); ok {
			declared[packageName(m)] = types
		}
	}
	var wanted typeSet
	for _, m := range u.compiler.Modules {
		if !u.seesRaw(m) {
			continue
		}
		types, ok := declared[packageName(m)]
		if !ok {
			return nil
		}
		wanted.add(types)
	}
	return wanted.has
}

// A typeSet is a set of types.
type typeSet struct {
	names []string
	globs []*regexp.Regexp
}

func (s *typeSet) add(types []string) {
	for _, typ := range types {
		if !strings.Contains(typ, "*") {
			s.names = append(s.names, typ)
			continue
		}
		s.globs = append(s.globs, regexp.MustCompile(`(?s)^`+strings.ReplaceAll(regexp.QuoteMeta(typ), `\*`, `.*`)+`$`))
	}
}

func (s *typeSet) has(typ string) bool {
	return slices.Contains(s.names, typ) || slices.ContainsFunc(s.globs, func(g *regexp.Regexp) bool { return g.MatchString(typ) })
}

// seesRaw says whether a module reads the raw document.
func (u *User) seesRaw(m *ast.Module) bool {
	return refersTo(m, document) || u.raw && refersTo(m, input)
}

// typesIn returns what a module's package declares; ok is false where it declares
// nothing.
func typesIn(m *ast.Module) (types []string, ok bool, err error) {
	for _, a := range m.Annotations {
		value, there := a.Custom[resourceTypes]
		if !there {
			continue
		}
		if a.Scope != "package" {
			return nil, false, misdeclared(a, "it is for packages, not for a "+a.Scope, "write it above package, below # METADATA and # custom:")
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
			return nil, misdeclared(a, fmt.Sprintf("%q is no type of resources", typ), "types are written aws_s3_bucket or AWS::S3::Bucket, and * stands for any characters: aws_s3_*")
		}
		types[i] = typ
	}
	if !ok {
		return nil, misdeclared(a, "it has to be a list of types", "write: "+resourceTypes+": [aws_s3_bucket, AWS::S3::Bucket]")
	}
	return types, nil
}

// misdeclared is a problem at the line of the declaration.
func misdeclared(a *ast.Annotations, what, hint string) Problems {
	p := Problem{File: a.Location.File, Line: a.Location.Row, Col: a.Location.Col, What: resourceTypes + ": " + what, Hint: hint}
	if before, _, found := strings.Cut(string(a.Location.Text), resourceTypes); found {
		p.Line += strings.Count(before, "\n")
		p.Col += len(before) - strings.LastIndex(before, "\n") - 1
	}
	return Problems{p}
}
