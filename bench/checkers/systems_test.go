package main

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// TestCollect: each system lies alone, in its form, with what it is given.
func TestCollect(t *testing.T) {
	s := shop.Shop{Root: "../..", Dir: t.TempDir()}
	systems, err := collect(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := map[form]int{}
	for _, sys := range systems {
		n[sys.form]++
		if _, err := os.Stat(sys.path); err != nil {
			t.Error(err)
		}
		if sys.form != code {
			continue
		}
		if found, _ := filepath.Glob(filepath.Join(sys.dir, "*.json")); len(found) > 0 {
			t.Errorf("%s: %q beside the code", sys.name, found)
		}
	}
	for _, f := range forms {
		if n[f] < 20 {
			t.Errorf("%d systems as %s", n[f], f)
		}
	}
	holds(t, s.Path("cases/Terraform code/alarm-switched-off/terraform.tfvars"), "alarms = false\n")
	holds(t, s.Path("cases/CloudFormation/alarm-switched-off.parameters.json"), `[{"ParameterKey":"Alarms","ParameterValue":"false"}]`)
}

// TestSampled: what the authors of a rule call positive has what it looks for.
func TestSampled(t *testing.T) {
	source := t.TempDir()
	if err := os.CopyFS(source, fstest.MapFS{"rule/test/positive1.tf": {}, "rule/test/negative1.tf": {}, "rule/test/positive_expected_result.json": {}}); err != nil {
		t.Fatal(err)
	}
	systems, err := sampled(shop.Shop{Dir: t.TempDir()}, []checker{{name: "peer", source: source, rule: rule{samples: "rule/test/*tive*.tf"}}, {name: "other"}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, sys := range systems {
		got[sys.name] = sys.want
	}
	if len(got) != 2 || got["peer positive1"] != "fail" || got["peer negative1"] != "pass" {
		t.Errorf("%v", got)
	}
}

func TestVars(t *testing.T) {
	file := filepath.Join(t.TempDir(), "terraform.tfvars")
	if err := writeVars(file, "-target aws_cloudtrail.main"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a file for no variable")
	}
	if err := writeVars(file, "-refresh-only -var on=true -var 'url=https://a.example/?b=c'"); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "on = true\nurl = \"https://a.example/?b=c\"\n")
}

func holds(t *testing.T, file, want string) {
	t.Helper()
	got, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	} else if string(got) != want {
		t.Errorf("%s holds %q, want %q", file, got, want)
	}
}
