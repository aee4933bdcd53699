package source

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
)

const (
	rootModule = "provider \"aws\" {}\nmodule \"m\" { source = \"../../modules/topic\" }\n"
	topic      = "resource \"aws_sns_topic\" \"t\" {}\n"
	template   = "Resources: {T: {Type: AWS::SNS::Topic}}\n"
	manifest   = `{"artifacts": {"App": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1", "properties": {"templateFile": "App.json", "stackName": "app"}}}}`
)

// repository is a working directory with inputs of every format.
func repository(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	write(t, map[string]string{
		"live/one/main.tf": rootModule, "live/two/main.tf": rootModule, "modules/topic/main.tf": topic,
		"shared.tfvars": "", "live/one/prod.tfvars": "", "params.json": "[]",
		"templates/alarms.yaml": template, "templates/other.yaml": template,
		"cdk.out/manifest.json": manifest, "cdk.out/App.json": `{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}`,
		"grunt/terragrunt.hcl": "", "empty/README": "", "empty/cdk.out/manifest.json": manifest, "plan.json": "{}",
	})
}

func write(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// found returns the paths of inputs, and what is wrong with those that are none.
func found(inputs []input) (all []string) {
	for _, in := range inputs {
		if in.err != nil {
			all = append(all, "error "+in.err.Error())
			continue
		}
		all = append(all, filepath.ToSlash(in.Path))
	}
	return all
}

func TestSearch(t *testing.T) {
	repository(t)
	for name, tt := range map[string]struct {
		search Search
		path   string
		want   []string
	}{
		"a file":                        {Search{}, "plan.json", []string{"plan.json"}},
		"a root module":                 {Search{}, "live/one", []string{"live/one"}},
		"those right below":             {Search{}, "live", []string{"live/one", "live/two"}},
		"an app":                        {Search{}, "cdk.out", []string{"cdk.out/App.json"}},
		"by its manifest":               {Search{}, "cdk.out/manifest.json", []string{"cdk.out/App.json"}},
		"a manifest that is a plan":     {Search{From: "plan"}, "cdk.out/manifest.json", []string{"cdk.out/manifest.json"}},
		"an app that is code":           {Search{From: "hcl"}, "cdk.out", []string{"error cdk.out: a directory without Terraform code"}},
		"code that is a template":       {Search{From: "cfn"}, "live", []string{"error live: a directory without Terraform code"}},
		"directories where plans are":   {Search{From: "plan"}, "live/one", []string{"live/one"}},
		"all below":                     {Search{Recursive: true}, ".", []string{"live/one", "live/two", "templates/alarms.yaml", "templates/other.yaml", "cdk.out/App.json", "empty/cdk.out/App.json"}},
		"all templates below":           {Search{Recursive: true, From: "cfn"}, "templates", []string{"templates/alarms.yaml", "templates/other.yaml"}},
		"nothing":                       {Search{}, "empty", []string{"error empty: a directory without Terraform code"}},
		"an app that cannot be read":    {Search{}, "broken", []string{"error broken: broken/manifest.json: App: \"../x.json\" is outside of it"}},
		"beside one that can":           {Search{Recursive: true, From: "cfn"}, ".", []string{"templates/alarms.yaml", "templates/other.yaml", "cdk.out/App.json", "empty/cdk.out/App.json", "error broken: broken/manifest.json: App: \"../x.json\" is outside of it"}},
		"an app without stacks":         {Search{}, "none", []string{"error none: a CDK app without stacks"}},
		"a directory that is not there": {Search{}, "absent", []string{"absent"}},
	} {
		switch name {
		case "an app that cannot be read", "beside one that can":
			write(t, map[string]string{"broken/manifest.json": strings.Replace(manifest, "App.json", "../x.json", 1)})
		case "an app without stacks":
			write(t, map[string]string{"none/manifest.json": `{"artifacts": {"A": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "in"}}}}`, "none/in/manifest.json": "{}"})
		}
		if got := found(tt.search.inputs(t.Context(), []string{tt.path}, time.Minute, format.Options{})); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(tt.want))) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
		for _, dir := range []string{"broken", "none"} {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A directory without an input comes with what to judge instead.
func TestHints(t *testing.T) {
	repository(t)
	for path, want := range map[string]string{"grunt": "Terragrunt generates the code", "empty": "judge the output of CDK: " + filepath.Join("empty", "cdk.out"), "modules/topic/..": ""} {
		inputs := Search{From: "cfn"}.inputs(t.Context(), []string{path}, 0, format.Options{})
		var d *diag.Diagnostic
		if len(inputs) != 1 || !errors.As(inputs[0].err, &d) || !strings.HasPrefix(d.Hint, want) || d.Hint == "" {
			t.Errorf("%s: %+v", path, inputs)
		}
	}
	for recursive, want := range map[bool]string{true: "name a plan, a state", false: "let --recursive look below"} {
		if got := (Search{Recursive: recursive}).hint("modules"); !strings.Contains(got, want) {
			t.Errorf("%v: %s", recursive, got)
		}
	}
}

func TestChanged(t *testing.T) {
	repository(t)
	if err := os.Symlink("../modules", "live/linked"); err != nil {
		t.Skip(err)
	}
	write(t, map[string]string{"live/three/main.tf": "provider \"aws\" {}\nmodule \"m\" { source = \"../linked/topic\" }\n"})
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	configured := func(files map[string][]string) func(string) ([]string, error) {
		return func(root string) ([]string, error) {
			if root == "templates/other.yaml" && files[root] == nil {
				return nil, errors.New("not readable")
			}
			return files[root], nil
		}
	}
	given := format.Options{
		Variables:  format.Variables{Files: []string{"shared.tfvars"}, FilesOf: configured(map[string][]string{"live/one": {"live/one/prod.tfvars"}})},
		Parameters: format.Parameters{FilesOf: configured(map[string][]string{"templates/alarms.yaml": {"params.json"}})},
	}
	all := []string{"live/one", "live/three", "live/two"}
	for name, tt := range map[string]struct {
		paths []string
		from  string
		want  []string
	}{
		"a root module":               {[]string{"live/one/main.tf"}, "", []string{"live/one"}},
		"by its absolute name":        {[]string{filepath.Join(wd, "live/one/main.tf")}, "", []string{"live/one"}},
		"what all call, by any name":  {[]string{"modules/topic/main.tf"}, "", all},
		"what a flag names for all":   {[]string{"shared.tfvars"}, "", all},
		"what is configured for one":  {[]string{"live/one/prod.tfvars"}, "", []string{"live/one"}},
		"what a template is deployed": {[]string{"params.json"}, "", []string{"templates/alarms.yaml"}},
		"a template":                  {[]string{"templates/other.yaml"}, "", []string{"templates/other.yaml"}},
		"of a stack":                  {[]string{"cdk.out/App.json"}, "", []string{"cdk.out/App.json"}},
		"code, where templates are":   {[]string{"live/one/main.tf"}, "cfn", nil},
		"part of nothing":             {[]string{"empty/README"}, "", nil},
		"the standard input":          {[]string{"-"}, "", []string{"error -: the standard input is not a changed file"}},
		"outside":                     {[]string{"../x", "live/two/main.tf"}, "", []string{"error ../x: outside the working directory", "live/two"}},
		"plans":                       {[]string{"live/one/main.tf"}, "plan", nil},
	} {
		s := Search{Changed: true, From: tt.from, Configured: []string{"live/one", "templates/alarms.yaml", "templates/other.yaml", "/elsewhere"}}
		if got := found(dedup(s.inputs(t.Context(), tt.paths, time.Minute, given))); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// A value is an error if no input declares it: of variables only where all were read.
func TestUndeclared(t *testing.T) {
	repository(t)
	given := format.Options{
		Variables:  format.Variables{Assignments: []string{"region = eu-west-1"}},
		Parameters: format.Parameters{Values: map[string]string{"Stage": "prod", "AWS::Region": "eu-west-1"}},
	}
	variable, parameter := "--var region: no root module declares this variable", "--parameter Stage: no template has this parameter"
	for path, want := range map[string]string{
		"modules/topic": variable + "\n" + parameter, "templates/other.yaml": parameter, "absent": "absent: no such file or directory\n" + parameter,
	} {
		if _, err := ReadAll(t.Context(), []string{path}, Options{Given: given}); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// Each name of --from is one format's.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range Names() {
		seen[name] = true
	}
	if len(seen) != len(Readers()) || seen[""] {
		t.Errorf("%q", slices.Sorted(maps.Keys(seen)))
	}
}
