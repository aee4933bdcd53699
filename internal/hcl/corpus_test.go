package hcl_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

const plans = "../../testdata/plans/"

// readDir reads a directory with the arguments of its plan.
func readDir(t testing.TB, dir string, vars ...string) *resource.Document {
	t.Helper()
	doc, err := hcl.Read(t.Context(), hcl.Options{Dir: dir, Vars: vars})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// planArguments returns the --var of a case.
func planArguments(t testing.TB, dir string) (vars []string, targeted bool) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Arguments string `json:"plan_arguments"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(c.Arguments)
	for i, f := range fields {
		switch f {
		case "-var":
			vars = append(vars, fields[i+1])
		case "-target":
			targeted = true
		}
	}
	return vars, targeted
}

func readPlan(t testing.TB, path string) *resource.Document {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := plan.Read(f, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestAgreesWithPlans holds the evaluation to what Terraform made of the same
// code: the same resources, the same known values, and for unknown values
// the same references.
func TestAgreesWithPlans(t *testing.T) {
	dirs, err := filepath.Glob(plans + "*/main.tf")
	if err != nil || len(dirs) < 10 {
		t.Fatalf("%d directories, %v", len(dirs), err)
	}
	for _, main := range dirs {
		dir := filepath.Dir(main)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			vars, targeted := planArguments(t, dir)
			got := readDir(t, dir, vars...)
			want := readPlan(t, filepath.Join(dir, "plan.json"))
			if len(got.Notes)+len(got.Incomplete) > 0 {
				t.Errorf("notes %q, incomplete %q", got.Notes, got.Incomplete)
			}
			if !targeted && !slices.Equal(hcltest.Addresses(got), hcltest.Addresses(want)) {
				t.Fatalf("resources\n%q, the plan has\n%q", hcltest.Addresses(got), hcltest.Addresses(want))
			}
			if !slices.Equal(got.Secrets, want.Secrets) {
				t.Errorf("secrets %q, the plan has %q", got.Secrets, want.Secrets)
			}
			for _, w := range want.Resources {
				compareResources(t, hcltest.Find(t, got, w.Address), w)
			}
		})
	}
}

func compareResources(t *testing.T, got, want *resource.Resource) {
	t.Helper()
	g, w := got.Scope, want.Scope
	if g.Account == "" { // plans see accounts in ARNs and from data sources
		w.Account, w.AccountOf = "", g.AccountOf
	}
	g.Partition, w.Partition = "", "" // of a plan the region tells, or its values
	if w.RegionFromEnv {              // and regions that the code does not state
		w.RegionFromEnv, w.Region = false, ""
	}
	if g != w {
		t.Errorf("%s: scope %+v, the plan has %+v", want.Address, g, w)
	}
	if got.Mode != want.Mode || got.Type != want.Type || got.Name != want.Name || got.Module != want.Module || got.Key != want.Key {
		t.Errorf("%s: another resource: %+v", want.Address, got)
	}
	for _, name := range want.Attributes.Keys() {
		if applied(want, name) {
			continue
		}
		compareValues(t, want.Address+"."+name, got.Attr(name), want.Attr(name))
	}
}

// applied reports whether only an apply tells an attribute.
func applied(r *resource.Resource, name string) bool {
	return r.Change.Action != resource.Create && r.Change.Action != resource.Read
}

func compareValues(t *testing.T, path string, got, want resource.Value) {
	t.Helper()
	if got.IsSensitive() != want.IsSensitive() {
		t.Errorf("%s: sensitive %t, the plan has %t", path, got.IsSensitive(), want.IsSensitive())
	}
	switch want.Kind() {
	case resource.Unknown:
		compareOrigins(t, path, got, want)
	case resource.Map:
		for _, k := range want.Keys() {
			compareValues(t, path+"."+k, got.Get(k), want.Get(k))
		}
	case resource.List:
		g, w := ordered(got.List()), ordered(want.List())
		if len(g) != len(w) {
			t.Errorf("%s: %d elements, the plan has %d", path, len(g), len(w))
			return
		}
		for i := range w {
			compareValues(t, fmt.Sprint(path, ".", i), g[i], w[i])
		}
	default:
		g, _ := got.Text()
		w, _ := want.Text()
		if got.Kind() == resource.List && len(got.List()) == 0 && want.IsNull() {
			return // the provider keeps no empty set
		}
		if o, _ := got.Origin(); got.IsUnknown() && o.Cause == resource.Outside {
			return // the plan has asked
		}
		if text, ok := got.Symbolic(); ok && got.IsUnknown() && resource.Text(text).Equal(resource.Literal(w)) == truth.Unknown {
			return // a region or account that only AWS tells
		}
		if got.Kind() != want.Kind() || g != w {
			t.Errorf("%s: %v %q, the plan has %v %q", path, got.Kind(), g, want.Kind(), w)
		}
	}
}

// ordered sorts lists that are sets to Terraform.
func ordered(list []resource.Value) []resource.Value {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b resource.Value) int { return strings.Compare(sortKey(a), sortKey(b)) })
	return list
}

func sortKey(v resource.Value) string {
	key := ""
	v.Walk(func(_ []any, inner resource.Value) bool {
		text, _ := inner.Text()
		key += text
		return true
	})
	return key
}

// compareOrigins compares the origins of a value that the plan does not know.
// The code may know more: the elements of a list, or what a local holds.
func compareOrigins(t *testing.T, path string, got, want resource.Value) {
	t.Helper()
	o, _ := want.Origin()
	if o.Cause == resource.Computed {
		g, _ := got.Origin()
		if strings.Contains(path, "data.") && (got.IsNull() || strings.HasSuffix(path, ".region")) {
			return // of what data sources find out the table knows little
		}
		if strings.HasSuffix(path, "json") && !got.IsUnknown() {
			return // the plan does not know an ARN in it, of which the code knows all parts
		}
		if !got.IsUnknown() || g.Cause != resource.Computed {
			t.Errorf("%s: %v %q, the plan says that it is computed", path, got.Kind(), got.Display())
		}
		return
	}
	refs := map[resource.Ref]bool{}
	got.Walk(func(_ []any, v resource.Value) bool {
		g, _ := v.Origin()
		for _, r := range g.Refs {
			refs[r] = true
		}
		return true
	})
	g, _ := got.Origin()
	some := false // of several candidates the code may tell which it is
	for _, r := range o.Refs {
		found := refs[r]
		delete(refs, r)
		if r.Attribute == "" { // after an index plans name no attribute
			for have := range refs {
				if have.Address == r.Address {
					found = true
					delete(refs, have)
				}
			}
		}
		some = some || found
		if !found && o.Certain && !g.Exact && o.Cause != resource.Local {
			t.Errorf("%s: no reference to %s among %v", path, r, refs)
		}
	}
	if !some && len(o.Refs) > 0 && o.Cause != resource.Local {
		t.Errorf("%s: none of the plan's references: %v", path, o.Refs)
	}
	if len(refs) > 0 {
		t.Errorf("%s: references that the plan lacks: %v", path, refs)
	}
}
