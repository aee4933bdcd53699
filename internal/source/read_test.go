package source

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/combine"
	"github.com/iacgate/iacgate/internal/resource"
)

// A plan is completed with the code of its directory, or of one that is named.
func TestCodeOfPlans(t *testing.T) {
	const dir = "../../testdata/agree/complete"
	plan, err := os.ReadFile(dir + "/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile(dir + "/main.tf")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	write(t, map[string]string{"with/plan.json": string(plan), "with/main.tf": string(code), "without/plan.json": string(plan), "broken/plan.json": string(plan), "broken/main.tf": "resource {"})
	for name, tt := range map[string]struct {
		path, code string
		places     bool
		note       string
	}{
		"beside":                     {"with/plan.json", "", true, ""},
		"none beside":                {"without/plan.json", "", false, ""},
		"of another directory":       {"without/plan.json", "with", true, ""},
		"none wanted":                {"with/plan.json", NoCode, false, ""},
		"some that cannot be parsed": {"broken/plan.json", "", false, "the code beside the plan cannot be read and is ignored: "},
	} {
		docs, err := ReadAll(t.Context(), []string{tt.path}, Options{Code: tt.code})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		doc := docs[0]
		if places := doc.Locate != nil && doc.Locate(doc.Resources[0].Address) != nil; places != tt.places {
			t.Errorf("%s: places %v", name, places)
		}
		noted := slices.ContainsFunc(doc.Notes, func(n string) bool { return strings.HasPrefix(n, tt.note) })
		if tt.note != "" && !noted {
			t.Errorf("%s: notes %q", name, doc.Notes)
		}
	}
	if _, err := ReadAll(t.Context(), []string{"with/plan.json"}, Options{Code: "broken"}); err == nil || !strings.HasPrefix(err.Error(), "broken/main.tf:1:") {
		t.Errorf("code that is named and cannot be read: %v", err)
	}
}

// Templates are read together: one may import what another exports.
func TestCombine(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, map[string]string{
		"topic.yaml":   "Resources: {T: {Type: AWS::SNS::Topic}}\nOutputs: {Arn: {Value: !Ref T, Export: {Name: topic}}}\n",
		"alarm.yaml":   "Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!ImportValue topic]}}}\n",
		"live/main.tf": topic,
		"large.yaml":   "Resources:\n" + strings.Repeat("# padding\n", 1<<20),
	})
	docs, err := ReadAll(t.Context(), []string{"alarm.yaml", "topic.yaml", "live"}, Options{Combine: true})
	if err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for _, r := range docs[0].Resources {
		addresses = append(addresses, r.Address)
	}
	if want := []string{"alarm.yaml:A", "live:aws_sns_topic.t", "topic.yaml:T"}; len(docs) != 1 || docs[0].Path != combine.Path || docs[0].Format != resource.Mixed || !slices.Equal(addresses, want) {
		t.Fatalf("%d documents, %s, %q", len(docs), docs[0].Path, addresses)
	}
	o, _ := docs[0].Resources[0].Attr("alarm_actions", 0).Origin()
	if !strings.HasPrefix(o.Symbolic, "arn:") {
		t.Errorf("the alarm's action is %+v, not what the other template exports", o)
	}
	docs, err = ReadAll(t.Context(), []string{"topic.yaml", "live"}, Options{Combine: true})
	if err != nil || docs[0].Resources[1].Address != "topic.yaml:T" {
		t.Errorf("one template among others: %v", err)
	}
	for name, tt := range map[string]struct {
		paths []string
		want  string
	}{
		"every bad input":                     {[]string{"absent", "large.yaml", "live"}, "absent: no such file or directory\nlarge.yaml: larger than 8 MiB"},
		"the one template that cannot be":     {[]string{"alarm.yaml", "live"}, "alarm.yaml: "},
		"one of several that cannot be":       {[]string{"topic.yaml", "bad.yaml"}, "bad.yaml: line "},
		"directories that are not there, too": {[]string{"nothing", "live"}, "nothing: no such file or directory"},
	} {
		write(t, map[string]string{"bad.yaml": "Resources: {A: }\n"})
		if tt.paths[0] == "alarm.yaml" {
			write(t, map[string]string{"alarm.yaml": "Resources: {A: }\n"})
		}
		if _, err := ReadAll(t.Context(), tt.paths, Options{Combine: true}); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

// Whether OpenTofu or Terraform applies code is a case of it, and open where several
// inputs are one account.
func TestTofuOrTerraform(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, map[string]string{"live/main.tf": topic, "live/more.tofu": "resource \"aws_cloudtrail\" \"main\" {}\n", "other/main.tf": topic})
	docs, err := ReadAll(t.Context(), []string{"live"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if cases := docs[0].Cases; len(cases) != 2 || len(cases[0].Resources) != 2 || len(cases[1].Resources) != 1 || cases[1].When[0] != "Terraform applies the code (--tofu=false)" {
		t.Errorf("%+v", cases)
	}
	docs, err = ReadAll(t.Context(), []string{"live", "other"}, Options{Combine: true})
	if err != nil || len(docs[0].Cases) > 0 || len(docs[0].Incomplete) != 1 {
		t.Errorf("%+v, %v", docs, err)
	}
	write(t, map[string]string{"live/main.tf": "resource \"aws_sns_topic\" \"t\" { name = var.name }\n", "live/more.tofu": "variable \"name\" { default = \"n\" }\n"})
	_, err = ReadAll(t.Context(), []string{"live"}, Options{})
	if err == nil || !strings.HasSuffix(err.Error(), "live: so Terraform reads it, without the files that end in .tofu") {
		t.Errorf("%v", err)
	}
}
