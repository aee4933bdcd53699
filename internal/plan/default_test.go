package plan

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/catalog"
)

// The catalog's defaults of members that nobody sets equal what the provider plans for
// them, in every real plan of the repository.
func TestDefaultsAreThoseOfRealPlans(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"../../testdata/plans/*/plan.json", "../../testdata/plans/*.json", "../../testdata/agree/*/plan.json"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	c := comparison{t: t, seen: map[string]bool{}}
	for _, path := range paths {
		c.plan(path)
	}
	if len(c.seen) < 100 {
		t.Errorf("only %d members compared in %d plans", len(c.seen), len(paths))
	}
}

// A comparison counts the members that some plan shows unset.
type comparison struct {
	t    *testing.T
	seen map[string]bool
}

type realPlan struct {
	Changes []struct {
		Address string
		Mode    string
		Type    string
		Change  struct {
			Actions []string
			After   map[string]any
			Unknown map[string]any `json:"after_unknown"`
		}
	} `json:"resource_changes"`
	Configuration struct {
		Root realModule `json:"root_module"`
	}
}

type realModule struct {
	Resources []struct {
		Address     string
		Expressions map[string]any
	}
	Calls map[string]struct{ Module realModule } `json:"module_calls"`
}

var instanceKeys = regexp.MustCompile(`\[("([^"\\]|\\.)*"|\d+)\]`)

func (c comparison) plan(path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	var p realPlan
	if err := json.Unmarshal(raw, &p); err != nil {
		return // a plan that is broken on purpose
	}
	set := map[string]map[string]any{}
	p.Configuration.Root.collect("", set)
	for _, r := range p.Changes {
		expressions, ok := set[instanceKeys.ReplaceAllString(r.Address, "")]
		typ := catalog.ByName(r.Type)
		if !ok || typ == nil || r.Mode != "managed" || !slices.Equal(r.Change.Actions, []string{"create"}) {
			continue
		}
		for _, m := range typ.Members {
			if _, isSet := expressions[m.Name]; !isSet {
				c.member(path, r.Address, r.Type, m, r.Change.After, r.Change.Unknown[m.Name] == true)
			}
		}
	}
}

func (m realModule) collect(prefix string, set map[string]map[string]any) {
	for _, r := range m.Resources {
		set[prefix+r.Address] = r.Expressions
	}
	for name, call := range m.Calls {
		call.Module.collect(prefix+"module."+name+".", set)
	}
}

func (c comparison) member(path, address, typ string, m catalog.Member, after map[string]any, unknown bool) {
	value, present := after[m.Name]
	if !present && !unknown || m.Only != "" {
		return
	}
	c.seen[typ+"."+m.Name] = true
	blank := value == nil || fmt.Sprint(value) == "[]" || fmt.Sprint(value) == "map[]"
	switch {
	case unknown:
		if !m.Computed {
			c.t.Errorf("%s: %s.%s is unknown, the catalog says that nobody chooses it", path, address, m.Name)
		}
	case m.Computed:
	case m.IsBlock():
		// Terraform leaves dynamic blocks out of the configuration.
	case m.Default == nil && !blank, m.Default != nil && strings.Trim(fmt.Sprint(m.Default), "[]") != strings.Trim(fmt.Sprint(value), "[]"):
		c.t.Errorf("%s: %s.%s is %v, the catalog says %v", path, address, m.Name, value, m.Default)
	}
}
