package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

func schemaOf(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "schema", file))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func validate(t *testing.T, schema *jsonschema.Schema, name string, raw []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%s: %.2000s", name, err)
	}
}

// sarifRunOf returns the one run of a report.
func sarifRunOf(t *testing.T, r verdict.Report, o Options) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(write(t, "sarif", r, o), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

func TestSARIFKeepsItsSchema(t *testing.T) {
	schema := schemaOf(t, "sarif-schema-2.1.0.json")
	for name, r := range reports {
		validate(t, schema, name, write(t, "sarif", r, Options{Version: "0.1.0"}))
	}
	wrong := strings.Replace(string(write(t, "sarif", sample, Options{})), `"level": "error"`, `"level": "fatal"`, 1)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(wrong))
	if err != nil || schema.Validate(doc) == nil {
		t.Errorf("the schema admits a level fatal (%v)", err)
	}
}

// What GitHub asks for beyond the schema.
func TestSARIFIsWhatGitHubTakes(t *testing.T) {
	for name, r := range reports {
		run := sarifRunOf(t, r, Options{Version: "0.1.0"})
		seen := map[string]bool{}
		for _, res := range run.Results {
			hash := res.Fingerprints["primaryLocationLineHash"]
			if hash == "" || seen[hash] {
				t.Errorf("%s: fingerprint %q of %s is empty or not its own", name, hash, res.RuleID)
			}
			seen[hash] = true
			rule := run.Tool.Driver.Rules[res.RuleIndex]
			if rule.ID != res.RuleID || res.Message.Text == "" || len(res.Locations) != 1 || res.Locations[0].Physical.Region.StartLine < 1 {
				t.Errorf("%s: %+v", name, res)
			}
		}
		ids := map[string]bool{}
		for _, rule := range run.Tool.Driver.Rules {
			if ids[rule.ID] || rule.Short.Text == "" || rule.Full.Text == "" || rule.Help.Text == "" || len(rule.Properties.Tags) > 10 || len(rule.Name) > 255 {
				t.Errorf("%s: rule %.300q", name, rule.ID)
			}
			ids[rule.ID] = true
		}
	}
}

// TestEveryCodeIsARule describes each code as SARIF does.
func TestEveryCodeIsARule(t *testing.T) {
	schema := schemaOf(t, "sarif-schema-2.1.0.json")
	var findings []verdict.Finding
	for _, c := range finding.All() {
		findings = append(findings, verdict.Finding{Code: c.ID, Link: c.Link, Level: c.Level, Message: c.Title})
	}
	r := whole([]verdict.Input{{Path: "plan.json"}}, deniedResult("plan.json", verdict.Fail, nil, findings...))
	validate(t, schema, "all codes", write(t, "sarif", r, Options{}))
	for _, rule := range sarifRunOf(t, r, Options{}).Tool.Driver.Rules {
		if len(rule.Short.Text) > descriptionLimit || len(rule.Full.Text) > descriptionLimit || strings.HasSuffix(rule.Full.Text, "...") || rule.Name == rule.ID {
			t.Errorf("rule %s: name or descriptions", rule.ID)
		}
	}
}

func TestSARIFFingerprintsOutliveLines(t *testing.T) {
	before := sarifRunOf(t, sample, Options{})
	moved := sample
	moved.Results = append([]verdict.Result(nil), sample.Results...)
	findings := append([]verdict.Finding(nil), sample.Results[0].Findings...)
	findings[0].Location = &verdict.Location{File: "main.tf", Line: 99}
	findings[0].Message = "says it in other words"
	moved.Results[0].Findings = findings
	after := sarifRunOf(t, moved, Options{})
	for i := range before.Results {
		if before.Results[i].Fingerprints["iacgate/v1"] != after.Results[i].Fingerprints["iacgate/v1"] {
			t.Errorf("result %d has another fingerprint", i)
		}
	}
}

func TestSARIFSuppressesWhatIsWaived(t *testing.T) {
	var suppressed []string
	for _, res := range sarifRunOf(t, sample, Options{}).Results {
		for _, s := range res.Suppressions {
			suppressed = append(suppressed, res.RuleID+" "+s.Kind+" "+s.Status+" "+s.Justification)
		}
	}
	want := []string{"no-metric-filter external accepted waived: SEC-1234, until 2027-01-31, owner team-network"}
	if diff := cmp.Diff(want, suppressed); diff != "" {
		t.Error(diff)
	}
}

func TestSARIFPaths(t *testing.T) {
	for file, want := range map[string]sarifArtifact{
		"main.tf":             {URI: "main.tf", BaseID: sourceRoot},
		"./a/../b c/ä#1%.tf":  {URI: "b%20c/%C3%A4%231%25.tf", BaseID: sourceRoot},
		`live\prod\main.tf`:   {URI: "live/prod/main.tf", BaseID: sourceRoot},
		"../modules/x.tf":     {URI: "../modules/x.tf", BaseID: sourceRoot},
		"a:b.tf":              {URI: "./a:b.tf", BaseID: sourceRoot},
		"/abs/main.tf":        {URI: "file:///abs/main.tf"},
		`C:\work\main.tf`:     {URI: "file:///C:/work/main.tf"},
		"-":                   {URI: "stdin", BaseID: sourceRoot},
		".":                   {URI: ".", BaseID: sourceRoot},
		"a\x00\xff\u202e?.tf": {URI: "a%00%FF%E2%80%AE%3F.tf", BaseID: sourceRoot},
	} {
		if diff := cmp.Diff(want, artifact(slashed(file))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", file, diff)
		}
	}
}

// Without a source, a finding is shown in the input; what several inputs say
// together, in the first of them.
func TestPlaces(t *testing.T) {
	var relative Options
	inputs := []verdict.Input{{Path: "a.json"}, {Path: "b/plan.json"}}
	for input, want := range map[string]string{"b/plan.json": "b/plan.json", "(combined)": "a.json"} {
		if got := relative.place(verdict.Finding{}, verdict.Result{Input: input}, inputs); got.File != want || got.Line != 1 {
			t.Errorf("%s: %+v", input, got)
		}
	}
	got := relative.place(verdict.Finding{Location: &verdict.Location{File: "policy.rego", Line: -3}}, verdict.Result{}, inputs)
	if got.File != "policy.rego" || got.Line != 1 {
		t.Errorf("%+v", got)
	}
}

func TestPathsFromTheRoot(t *testing.T) {
	o := Options{Dir: "/work/repo/infra", Root: "/work/repo"}
	for file, want := range map[string]string{
		"main.tf": "infra/main.tf", "../modules/x.tf": "modules/x.tf", "/work/repo/a.tf": "a.tf", "/work/repository/a.tf": "/work/repository/a.tf",
		"../../other/x.tf": "../../other/x.tf", ".": "infra", "-": "stdin", `sub\x.tf`: "infra/sub/x.tf",
	} {
		if got := o.fromRoot(file); got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
	windows := Options{Dir: "C:/work/infra", Root: "C:/work"}
	if got := windows.fromRoot(`x.tf`) + " " + windows.fromRoot(`C:\work\a.tf`); got != "infra/x.tf a.tf" {
		t.Error(got)
	}
}

func TestGravest(t *testing.T) {
	all := []issue{
		{Finding: verdict.Finding{Code: "a", Level: verdict.Note}},
		{Finding: verdict.Finding{Code: "b", Level: verdict.Error}},
		{Finding: verdict.Finding{Code: "c", Level: verdict.Error}, result: verdict.Result{Verdict: verdict.Waived}},
		{Finding: verdict.Finding{Code: "d", Level: verdict.Unclear}},
	}
	for n, want := range map[int]string{2: "bd", 3: "bda", 4: "abcd"} {
		kept, left := mostSevere(all, n, verdict.Gate{})
		got := ""
		for _, i := range kept {
			got += i.Code
		}
		if got != want || left != len(all)-n {
			t.Errorf("%d: %s and %d left, want %s", n, got, left, want)
		}
	}
}

func TestSARIFMessagesHaveNoPlaceholders(t *testing.T) {
	got := message(`{0} matches { $.x = "[a](b)" }`).Text
	if want := `{{0}} matches {{ $.x = "[a] (b)" }}`; got != want {
		t.Errorf("%s", got)
	}
}

// A result that does not pass is told even where no finding says why.
func TestNoFailureIsLost(t *testing.T) {
	r := whole([]verdict.Input{{Path: "p"}},
		verdict.Result{Control: "silent", Title: "A silent control", Input: "p", Verdict: verdict.Fail},
		verdict.Result{Control: "blind", Input: "p", Verdict: verdict.Unknown, Findings: []verdict.Finding{{Code: "drifted", Level: verdict.Note, Message: "m"}}})
	for _, f := range Formats() {
		got := string(write(t, f.Name, r, Options{}))
		for _, control := range []string{"silent", "blind"} {
			if !strings.Contains(got, control) {
				t.Errorf("%s does not name the control %s, which does not pass:\n%s", f.Name, control, got)
			}
		}
	}
	run := sarifRunOf(t, r, Options{})
	if len(run.Results) != 3 || run.Results[0].Level != "error" || run.Results[2].Level != "warning" {
		t.Errorf("%+v", run.Results)
	}
}
