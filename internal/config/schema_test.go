package config

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

func compiled(t *testing.T) (*jsonschema.Schema, map[string]any) {
	t.Helper()
	raw, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("config.json")
	if err != nil {
		t.Fatal(err)
	}
	return s, doc.(map[string]any)
}

// instance returns a YAML file as an editor sees it: a date is a text.
func instance(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Skip("no YAML")
	}
	var plain func(n *yaml.Node)
	plain = func(n *yaml.Node) {
		if n.Tag == "!!timestamp" {
			n.Tag = "!!str"
		}
		for _, c := range n.Content {
			plain(c)
		}
	}
	plain(&n)
	var v any
	if err := n.Decode(&v); err != nil {
		t.Skip("keys twice")
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// keysOf returns the keys that a mapping of the file may have, by its type.
func keysOf(typ reflect.Type) (keys []string) {
	for f := range typ.Fields() {
		name, _, _ := strings.Cut(cmp.Or(f.Tag.Get("yaml"), f.Tag.Get("json")), ",")
		if name != "" && name != "-" {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return keys
}

// TestSchemaHasTheKeysOfTheDecoder: the types, the schema and the decoder have
// the same keys.
func TestSchemaHasTheKeysOfTheDecoder(t *testing.T) {
	_, doc := compiled(t)
	properties := func(path ...string) map[string]any {
		n := doc
		for _, step := range path {
			n = n[step].(map[string]any)
		}
		return n["properties"].(map[string]any)
	}
	notWritten := []string{"location", "with"} // of waivers
	for _, tc := range []struct {
		typ    reflect.Type
		path   []string
		inside func(key string) string
	}{
		{reflect.TypeFor[Config](), nil, func(k string) string { return k + ":\n" }},
		{reflect.TypeFor[Sensitivity](), []string{"properties", "sensitivity"}, func(k string) string { return "sensitivity:\n  " + k + ":\n" }},
		{reflect.TypeFor[Exclusion](), []string{"properties", "exclusions", "items"}, func(k string) string { return "exclusions:\n  - " + k + ":\n" }},
		{reflect.TypeFor[External](), []string{"properties", "external", "items"}, func(k string) string { return "external:\n  - " + k + ":\n" }},
		{reflect.TypeFor[verdict.Waiver](), []string{"properties", "waivers", "items"}, func(k string) string { return "waivers:\n  - " + k + ":\n" }},
		{reflect.TypeFor[Root](), []string{"properties", "roots", "items"}, func(k string) string { return "roots:\n  - " + k + ":\n" }},
	} {
		want := slices.DeleteFunc(keysOf(tc.typ), func(k string) bool { return slices.Contains(notWritten, k) })
		got := slices.Sorted(maps.Keys(properties(tc.path...)))
		if !slices.Equal(got, want) {
			t.Errorf("%v: the schema has %q, the type %q", tc.typ, got, want)
		}
		for _, key := range got {
			if _, err := Parse("f", []byte(tc.inside(key)), known); err != nil && strings.Contains(err.Error(), "unknown key") {
				t.Errorf("the decoder does not know %s", key)
			}
		}
	}
}

func TestSchemaAdmitsWhatLoads(t *testing.T) {
	s, _ := compiled(t)
	for _, text := range []string{
		everything, "", "# nothing\n", "exclusions:\n", "controls: [all]\nprofile: cis-aws-3.0.0\n", "levels: {pattern-floods: note}\n",
		"requires: '1'\n", "requires: \">=0.1.2, <9, >0.1-rc.1\"\n", "sensitivity: {max_delay: 1h30m}\n", "waivers: [{control: '*', reason: 7}]\n",
		"exclusions: [{pattern: '{ $.eventName = \"HeadBucket\" }'}]\n", "roots: [{path: a, parameters_files: [p.json]}]\n",
		"exclusions: [{pattern: '{ $.a = 1 }', reason: 4711, controls: [all, vpc-changes]}]\n", "external: [{topic: x, reason: наш}]\n",
	} {
		if _, err := Parse("f", []byte(text), known); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if err := s.Validate(instance(t, text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// onlyDecoder are the faults of TestParseRefuses that a schema cannot see.
var onlyDecoder = []string{
	"bounds crossed", "bad pattern", "exclusion without reason", "bad date", "control without events", "exclusion for an unknown control", "unknown control", "key twice", "no YAML",
}

func TestSchemaRefusesWhatDoesNotLoad(t *testing.T) {
	s, _ := compiled(t)
	for _, tc := range refused {
		t.Run(tc.name, func(t *testing.T) {
			err := s.Validate(instance(t, tc.text))
			if only := slices.Contains(onlyDecoder, tc.name); (err == nil) != only {
				t.Errorf("schema says %v; only the decoder may refuse it: %v", err, only)
			}
		})
	}
}
