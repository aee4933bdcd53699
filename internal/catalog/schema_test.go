package catalog

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The extracts in testdata are of what the vendors publish; tools/extracts makes
// them anew.
var (
	fromTerraform      = flag.String("terraform-schema", "", "write testdata/terraform.json from `FILE`, the output of terraform providers schema -json")
	fromCloudFormation = flag.String("cloudformation-schema", "", "write testdata/cloudformation.json from `FILE`, db.json of the npm package @aws-cdk/aws-service-spec")
	release            = flag.String("release", "", "what the extract is of")
)

const (
	terraformExtract      = "testdata/terraform.json"
	cloudFormationExtract = "testdata/cloudformation.json"
)

func TestExtracts(t *testing.T) {
	if *fromTerraform != "" {
		write(t, terraformExtract, extractTerraform(t, *fromTerraform))
	}
	if *fromCloudFormation != "" {
		write(t, cloudFormationExtract, extractCloudFormation(t, *fromCloudFormation))
	}
}

// A published is a vendor's schema of the types in the catalog.
type published struct {
	Source string                   `json:"source"`
	Types  map[string]publishedType `json:"types"`
	Data   map[string]publishedType `json:"data_sources,omitempty"`
}

type publishedType struct {
	Members    map[string]publishedMember `json:"members"`
	Attributes []string                   `json:"attributes,omitempty"` // of Fn::GetAtt
}

// A publishedMember is an argument, attribute, block or property.
type publishedMember struct {
	Type     string                     `json:"type"` // string, bool, number, strings, map, json, object, objects, other
	Required bool                       `json:"required,omitempty"`
	Computed bool                       `json:"computed,omitempty"`
	Set      bool                       `json:"set,omitempty"`
	Members  map[string]publishedMember `json:"members,omitempty"`
}

func read(t *testing.T, path string) published {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var p published
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return p
}

func write(t *testing.T, path string, p published) {
	t.Helper()
	p.Source = *release
	raw, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(raw, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Each member of each type is one that the provider has, of its type, and the
// provider has none that the catalog lacks.
func TestTerraformSchema(t *testing.T) {
	p := read(t, terraformExtract)
	for _, typ := range Types() {
		t.Run(typ.Name, func(t *testing.T) {
			managed, isManaged := p.Types[typ.Name]
			data, isData := p.Data[typ.Name]
			if typ.Since != "" {
				if isManaged || isData {
					t.Errorf("since %q, but %s has it", typ.Since, p.Source)
				}
				return
			}
			if isManaged != (typ.Modes&Managed != 0) || typ.Modes&Data != 0 && !isData {
				t.Fatalf("modes %b: %s has a resource: %v, a data source: %v; if the type is new here, run tools/extracts", typ.Modes, p.Source, isManaged, isData)
			}
			if !isManaged {
				managed = data
			}
			checkTerraform(t, "", typ, typ.Members, managed.Members, data.Members)
		})
	}
}

func checkTerraform(t *testing.T, at string, typ *Type, members Members, schema, data map[string]publishedMember) {
	for _, m := range members {
		if m.Only == InDataSource {
			if _, ok := data[m.Name]; !ok {
				t.Errorf("%s%s: no such attribute of the data source", at, m.Name)
			}
			continue
		}
		is, ok := schema[m.Name]
		switch elsewhere := m.Only == InTemplate || m.Since != ""; {
		case elsewhere && ok:
			t.Errorf("%s%s: the provider has it", at, m.Name)
		case elsewhere:
		case !ok:
			t.Errorf("%s%s: the provider has no such member", at, m.Name)
		default:
			checkMember(t, at+m.Name, m, is)
			checkTerraform(t, at+m.Name+".", typ, m.Members, is.Members, nil)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(schema)) {
		if _, ok := members.Find(name); !ok && typ.Rest == "" && name != "id" && name != "timeouts" {
			t.Errorf("%s%s: the catalog lacks it; say what it is, and whether it is irrelevant", at, name)
		}
	}
}

func checkMember(t *testing.T, at string, m Member, is publishedMember) {
	kinds := map[string][]Kind{
		"string": {String, Document}, "bool": {Bool}, "number": {Number}, "strings": {StringList}, "map": {StringMap},
		"objects": {Block, Blocks}, "other": {Anything, StringMap},
	}
	if !slices.Contains(kinds[is.Type], m.Kind) {
		t.Errorf("%s: kind %d, the provider says %s", at, m.Kind, is.Type)
	}
	if m.Required != is.Required || !m.IsBlock() && m.Computed != is.Computed || m.Set != (is.Set && m.IsBlock()) {
		t.Errorf("%s: required %v, computed %v, set %v; the provider says %v, %v, %v", at, m.Required, m.Computed, m.Set, is.Required, is.Computed, is.Set)
	}
}

// Each property of each type is one that CloudFormation has, of its type, and
// CloudFormation has none that the catalog lacks.
func TestCloudFormationSchema(t *testing.T) {
	p := read(t, cloudFormationExtract)
	for _, typ := range Types() {
		for _, tpl := range typ.Templates {
			t.Run(tpl.Name, func(t *testing.T) {
				is, ok := p.Types[tpl.Name]
				if !ok {
					t.Fatalf("%s has no such type; if it is new here, run tools/extracts", p.Source)
				}
				checkProperties(t, "", typ, tpl.Properties(), is.Members)
				checkAttributes(t, tpl, is)
			})
		}
	}
	for name := range p.Types {
		if ByTemplate(name) == nil {
			t.Errorf("%s: the extract has it, the catalog does not; run tools/extracts", name)
		}
	}
}

// apart are the properties that have another type in Terraform.
var apart = map[string]bool{"aws_sns_topic.SignatureVersion": true} // 1 and "1"

func checkProperties(t *testing.T, at string, typ *Type, properties Properties, schema map[string]publishedMember) {
	shapes := map[string][]Shape{
		"string": {Scalar}, "bool": {Truth}, "number": {Numeric, Scalar}, "strings": {Strings}, "map": {Pairs}, "json": {JSON, Nothing},
		"object": {Object, Flatten}, "objects": {List, Pairs, Nothing}, "other": {JSON, Same, Nothing},
	}
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		property := properties[name]
		is, ok := schema[name]
		switch {
		case !ok:
			t.Errorf("%s%s: CloudFormation has no such property", at, name)
			continue
		case apart[typ.Name+"."+name]:
		case property.Shape != Nothing && property.Shape != Same && !slices.Contains(shapes[is.Type], property.Shape):
			t.Errorf("%s%s: shape %d, CloudFormation says %s", at, name, property.Shape, is.Type)
		}
		if property.Shape == Object || property.Shape == List || property.Shape == Flatten {
			checkProperties(t, at+name+".", typ, property.Properties, is.Members)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(schema)) {
		if _, ok := properties[name]; !ok && typ.Rest == "" {
			t.Errorf("%s%s: the catalog lacks it; say which member it is, or why it is irrelevant", at, name)
		}
	}
}

func checkAttributes(t *testing.T, tpl *Template, is publishedType) {
	for name, member := range tpl.GetAtt {
		_, ok := tpl.Type.Members.Find(member)
		switch {
		case !slices.Contains(is.Attributes, name):
			t.Errorf("%s: Fn::GetAtt has no such attribute", name)
		case !ok && member != "" && member != "id":
			t.Errorf("%s: %s has no member %s", name, tpl.Type.Name, member)
		}
	}
	for _, name := range is.Attributes {
		if _, ok := tpl.GetAtt[name]; !ok {
			t.Errorf("%s: the catalog lacks the attribute", name)
		}
	}
}

// What types say of their own members is so.
func TestTypesAreWhole(t *testing.T) {
	for _, typ := range Types() {
		has := func(member string) bool {
			_, ok := typ.Members.Find(member)
			return ok
		}
		for what, member := range map[string]string{"Named": typ.Named, "ID": typ.ID} {
			if member != "" && !has(member) {
				t.Errorf("%s: %s: no member %s", typ.Name, what, member)
			}
		}
		for _, tpl := range typ.Templates {
			for what, member := range map[string]string{"Ref": tpl.Ref, "ID": tpl.ID} {
				if member != "" && member != "id" && !has(member) {
					t.Errorf("%s: %s: no member %s", tpl.Name, what, member)
				}
			}
			if tpl.Each != nil && !has(tpl.Each.Member) {
				t.Errorf("%s: Each: no member %s", tpl.Name, tpl.Each.Member)
			}
			for _, c := range tpl.Children {
				checkChild(t, tpl.Name, c)
			}
			for property, reason := range tpl.Irrelevant {
				if reason == "" {
					t.Errorf("%s: %s is irrelevant without a reason", tpl.Name, property)
				}
			}
		}
		checkNames(t, typ.Name, typ.Members)
	}
}

func checkChild(t *testing.T, at string, c Child) {
	child := ByName(c.Type)
	if child == nil {
		t.Fatalf("%s: no type %s", at, c.Type)
	}
	for _, name := range append([]string{c.Back, cmp.Or(c.Member, c.Back)}, c.Members...) {
		if _, ok := child.Members.Find(name); !ok {
			t.Errorf("%s: %s has no member %s", at, c.Type, name)
		}
	}
}

func checkNames(t *testing.T, at string, members Members) {
	seen := map[string]bool{}
	for _, m := range members {
		if seen[m.Name] {
			t.Errorf("%s.%s: twice", at, m.Name)
		}
		seen[m.Name] = true
		if m.IsBlock() != (len(m.Members) > 0) {
			t.Errorf("%s.%s: members do not go with the kind", at, m.Name)
		}
		checkNames(t, at+"."+m.Name, m.Members)
	}
}

// extractTerraform takes what the catalog's types need out of the output of
// terraform providers schema -json.
func extractTerraform(t *testing.T, path string) published {
	var schema struct {
		Providers map[string]struct {
			Resources map[string]struct{ Block terraformBlock } `json:"resource_schemas"`
			Data      map[string]struct{ Block terraformBlock } `json:"data_source_schemas"`
		} `json:"provider_schemas"`
	}
	decode(t, path, &schema)
	p := published{Types: map[string]publishedType{}, Data: map[string]publishedType{}}
	for _, provider := range schema.Providers {
		for _, typ := range Types() {
			if r, ok := provider.Resources[typ.Name]; ok {
				p.Types[typ.Name] = publishedType{Members: r.Block.members()}
			}
			if r, ok := provider.Data[typ.Name]; ok {
				p.Data[typ.Name] = publishedType{Members: r.Block.members()}
			}
		}
	}
	return p
}

type terraformBlock struct {
	Attributes map[string]struct {
		Type               any
		Required, Computed bool
	}
	Blocks map[string]struct {
		Nesting string `json:"nesting_mode"`
		Min     int    `json:"min_items"`
		Block   terraformBlock
	} `json:"block_types"`
}

func (b terraformBlock) members() map[string]publishedMember {
	all := map[string]publishedMember{}
	for name, a := range b.Attributes {
		all[name] = publishedMember{Type: terraformType(a.Type), Required: a.Required, Computed: a.Computed}
	}
	for name, inner := range b.Blocks {
		all[name] = publishedMember{Type: "objects", Required: inner.Min > 0, Set: inner.Nesting == "set", Members: inner.Block.members()}
	}
	return all
}

func terraformType(typ any) string {
	switch fmt.Sprint(typ) {
	case "string", "bool", "number":
		return fmt.Sprint(typ)
	case "[list string]", "[set string]":
		return "strings"
	case "[map string]":
		return "map"
	}
	return "other"
}

// extractCloudFormation takes what the catalog's types need out of the database
// of @aws-cdk/aws-service-spec, in which types refer to others by number.
func extractCloudFormation(t *testing.T, path string) published {
	var db cloudFormationDatabase
	decode(t, path, &db)
	x := cloudFormationTypes{}
	for _, d := range db.Schema.Definitions.Entities {
		x[d.ID] = d.Properties
	}
	p := published{Types: map[string]publishedType{}}
	for _, r := range db.Schema.Resources.Entities {
		if ByTemplate(r.Type) != nil {
			p.Types[r.Type] = publishedType{Members: x.members(r.Properties, 0), Attributes: slices.Sorted(maps.Keys(r.Attributes))}
		}
	}
	return p
}

type cloudFormationDatabase struct {
	Schema struct {
		Resources struct {
			Entities []struct {
				Type       string `json:"cloudFormationType"`
				Properties map[string]cloudFormationProperty
				Attributes map[string]any
			}
		} `json:"resource"`
		Definitions struct {
			Entities []struct {
				ID         string `json:"$id"`
				Properties map[string]cloudFormationProperty
			}
		} `json:"typeDefinition"`
	}
}

type cloudFormationProperty struct {
	Type     cloudFormationType
	Required bool
}

type cloudFormationType struct {
	Type      string
	Element   *cloudFormationType
	Types     []cloudFormationType
	Reference struct {
		Ref string `json:"$ref"`
	}
}

type cloudFormationTypes map[string]map[string]cloudFormationProperty

func (x cloudFormationTypes) members(properties map[string]cloudFormationProperty, depth int) map[string]publishedMember {
	all := map[string]publishedMember{}
	for name, p := range properties {
		m := publishedMember{Type: x.name(p.Type), Required: p.Required}
		typ := p.Type
		if typ.Type == "array" {
			typ = *typ.Element
		}
		if inner := x[typ.Reference.Ref]; typ.Type == "ref" && depth < 5 {
			m.Members = x.members(inner, depth+1)
		}
		all[name] = m
	}
	return all
}

func (x cloudFormationTypes) name(t cloudFormationType) string {
	switch t.Type {
	case "string", "number", "json":
		return t.Type
	case "boolean":
		return "bool"
	case "integer":
		return "number"
	case "ref":
		return "object"
	case "array":
		switch t.Element.Type {
		case "string":
			return "strings"
		case "ref":
			return "objects"
		case "tag":
			return "map"
		}
	case "union":
		if slices.ContainsFunc(t.Types, func(t cloudFormationType) bool { return t.Type == "json" }) {
			return "json"
		}
	}
	return "other"
}

func decode(t *testing.T, path string, v any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	if err := d.Decode(v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
