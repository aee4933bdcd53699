package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/iacgate/iacgate/internal/verdict"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); -update rewrites it:\n%s", name, diff)
	}
}

func write(t *testing.T, format string, r verdict.Report, o Options) []byte {
	t.Helper()
	f, ok := Lookup(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// reports are all the goldens: every verdict, shared resources, remarks
// without a link, hostile names.
var reports = map[string]verdict.Report{
	"loosened":  loosened,
	"estate":    estate,
	"nothing":   {Summary: verdict.Summarise(nil)},
	"composite": combined,
	"sample":    sample,
	"hostile":   evilReport,
}

func TestGoldens(t *testing.T) {
	for _, name := range []string{"loosened", "estate", "nothing", "composite"} {
		r := reports[name]
		t.Run(name, func(t *testing.T) {
			golden(t, name+".txt", write(t, "text", r, Options{}))
			golden(t, name+".json", write(t, "json", r, Options{Version: "0.1.0"}))
		})
	}
	golden(t, "estate-quiet.txt", write(t, "text", estate, Options{Quiet: true}))
}

// TestEveryFormatHasItsGolden holds each format to one report for all.
func TestEveryFormatHasItsGolden(t *testing.T) {
	for _, f := range Formats() {
		golden(t, "sample."+f.Name, write(t, f.Name, sample, Options{Version: "0.1.0"}))
	}
}

func TestJSONKeepsItsSchema(t *testing.T) {
	compiled := compileSchema(t)
	for name, r := range reports {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, "json", r, Options{Version: "0.1.0"})))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefusesWhatIsWrong(t *testing.T) {
	compiled := compileSchema(t)
	text := string(write(t, "json", loosened, Options{Version: "0.1.0"}))
	for _, edit := range [][2]string{
		{`"version": "1"`, `"version": "2"`},
		{`"verdict": "fail"`, `"verdict": "failed"`},
		{`"link": "pattern"`, `"link": "filter"`},
		{`"findings"`, `"found"`},
	} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(text, edit[0], edit[1], 1)))
		if err != nil {
			t.Fatal(err)
		}
		if compiled.Validate(doc) == nil {
			t.Errorf("the schema admits %s", edit[1])
		}
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestJSONHasNoNull(t *testing.T) {
	got := write(t, "json", verdict.Report{Inputs: []verdict.Input{{Path: "p"}}, Results: []verdict.Result{{Control: "c"}}}, Options{})
	if bytes.Contains(got, []byte("null")) {
		t.Errorf("%s", got)
	}
}

func TestColourIsOnlyPaint(t *testing.T) {
	painted := string(write(t, "text", estate, Options{Color: true}))
	if !strings.Contains(painted, "\x1b[") {
		t.Error("no colour")
	}
	for _, code := range []tint{red, green, yellow, faint, bold} {
		painted = strings.ReplaceAll(painted, "\x1b["+string(code)+"m", "")
	}
	painted = strings.ReplaceAll(painted, "\x1b[0m", "")
	if diff := cmp.Diff(string(write(t, "text", estate, Options{})), painted); diff != "" {
		t.Errorf("colour changes the text (-plain +painted):\n%s", diff)
	}
}

// Lines end before column 80 unless a single word, a pattern, an event or a
// fix in code does not break.
func TestTextFitsATerminal(t *testing.T) {
	for name, r := range reports {
		if name == "hostile" {
			continue // its words do not break
		}
		for line := range strings.Lines(string(write(t, "text", r, Options{}))) {
			if utf8.RuneCountInString(line) <= width+1 || strings.ContainsAny(line, "{") {
				continue
			}
			if len(strings.Fields(line)) > 3 {
				t.Errorf("%s: long line %q", name, line)
			}
		}
	}
}

// A row may join all links and have nothing to say of them.
func TestNothingIsJudged(t *testing.T) {
	var none []verdict.Step
	for _, l := range verdict.Links {
		none = append(none, verdict.Step{Link: l})
	}
	got := string(write(t, "text", verdict.Report{Results: []verdict.Result{{Control: "c", Verdict: verdict.Fail, Links: none}}}, Options{}))
	if !strings.Contains(got, "  -     trail, log group, metric filter, pattern, metric, alarm, action, topic, subscription\n") {
		t.Errorf("%s", got)
	}
}

func TestWritersPassErrorsOn(t *testing.T) {
	for _, f := range Formats() {
		if err := f.Write(brokenPipe{}, loosened, Options{}); err == nil {
			t.Errorf("%s hides a write error", f.Name)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWrap(t *testing.T) {
	got := wrap("aa bb cc "+strings.Repeat("x", 12)+" d", 5)
	if diff := cmp.Diff([]string{"aa bb", "cc", strings.Repeat("x", 12), "d"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestSpaced(t *testing.T) {
	in := map[string]any{"a": []any{1, "x:y,\"z"}, "b": nil}
	got := compactJSON(in)
	if got != `{"a": [1, "x:y,\"z"], "b": null}` {
		t.Error(got)
	}
	var back map[string]any
	if err := json.Unmarshal([]byte(got), &back); err != nil {
		t.Error(err)
	}
}

// TestSharedCausesAreSaidOnce: what several controls find at one place is said whole in a
// block of its own, and nowhere else.
func TestSharedCausesAreSaidOnce(t *testing.T) {
	shared := verdict.Finding{
		Code: "trail-not-multi-region", Link: "trail", Level: verdict.Error, Resource: "aws_cloudtrail.t", Message: "only one region is recorded",
		Location: &verdict.Location{File: "main.tf", Line: 3}, Fix: "is_multi_region_trail = true",
	}
	own := verdict.Finding{Code: "alarm-cannot-fire", Link: "alarm", Level: verdict.Error, Resource: "aws_cloudwatch_metric_alarm.b", Message: "it never goes off"}
	var results []verdict.Result
	for _, control := range []string{"a", "b", "c"} {
		r := verdict.Result{Control: control, Input: "live", Verdict: verdict.Fail, Findings: []verdict.Finding{shared}}
		for _, l := range verdict.Links {
			r.Links = append(r.Links, verdict.Step{Link: l, State: verdict.State("ok"), Resource: "x"})
		}
		r.Links[0].State = verdict.Broken
		if control == "b" {
			r.Findings = append(r.Findings, own)
		}
		results = append(results, r)
	}
	r := whole([]verdict.Input{{Path: "live"}}, results...)
	for format, once := range map[string][]string{
		"text":     {"only one region is recorded", "fix: is_multi_region_trail = true", "in all 3 controls", "it never goes off"},
		"markdown": {"only one region is recorded", "is_multi_region_trail = true", "in 3 controls"},
		"html":     {"only one region is recorded", "In 3 controls"},
		"sarif":    {"only one region is recorded", "It is found in 3 controls: a, b, c"},
		"gitlab":   {"only one region is recorded", "a and 2 more"},
		"github":   {"only one region is recorded", "a and 2 more"},
		"azure":    {"only one region is recorded"},
	} {
		got := string(write(t, format, r, Options{}))
		for _, text := range once {
			if n := strings.Count(got, text); n != 1 {
				t.Errorf("%s has %q %d times\n%s", format, text, n, got)
			}
		}
	}
	if got := string(write(t, "text", r, Options{})); strings.Count(got, "as above") != 1 || strings.Count(got, "\nFAIL ") != 5 {
		t.Errorf("the block of b refers to the cause, a and c are lines of the table\n%s", got)
	}
}
