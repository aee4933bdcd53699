package present_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// newGate judges denied calls, and shows all candidates and some code.
func newGate(t *testing.T) *gate.Gate {
	t.Helper()
	controls, err := control.Select([]string{"unauthorized-api-calls"})
	if err != nil {
		t.Fatal(err)
	}
	g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
	g.Candidates = true
	g.Excerpt = func(_ string, line int) (int, []string) { return line, []string{"code"} }
	return g
}

func resultOf(t *testing.T, g *gate.Gate, doc *resource.Document) verdict.Result {
	t.Helper()
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j.Results[0]
}

func readPlan(t *testing.T, file string) *resource.Document {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := plan.Read(bytes.NewReader(raw), plan.Options{})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return doc
}

// TestFindingsOfPlans: every finding says what its code is called, where it is unless
// something is missing, and, unless it is a note, what to do about it.
func TestFindingsOfPlans(t *testing.T) {
	files, err := filepath.Glob("../../testdata/plans/*/plan.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	g := newGate(t)
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			r := resultOf(t, g, readPlan(t, file))
			if r.Verdict != verdict.Skip && (len(r.Links) == 0 || len(r.Candidates) == 0) {
				t.Errorf("%s: %d links, %d candidates", r.Verdict, len(r.Links), len(r.Candidates))
			}
			for _, f := range r.Findings {
				code, known := finding.Lookup(f.Code)
				if title := strings.ReplaceAll(code.Title, "from this input", "from this plan"); !known || !strings.HasPrefix(f.Message, title) {
					t.Errorf("%s says %q", f.Code, f.Message)
				}
				if (f.Fix == "") != (f.Level == verdict.Note) {
					t.Errorf("%s, a %s, is fixed by %q", f.Code, f.Level, f.Fix)
				}
			}
		})
	}
}

// TestFindingsOfTemplates: findings of templates name nothing of Terraform.
func TestFindingsOfTemplates(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/agree/complete/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const (
		parameters = "Parameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}\n  Most: {Type: String}\nConditions:\n  IsProd: !Equals [!Ref Env, prod]\n"
		threshold  = "      Threshold: 1\n"
		pattern    = "($.errorCode = \"AccessDenied*\")"
	)
	for name, c := range map[string]struct {
		old, new string
		code     string
		message  string // what it contains
		fix      string
	}{
		"a threshold that is too high":         {threshold, "      Threshold: 5000\n", "alarm-needs-large-burst", "", "Threshold"},
		"a threshold in one case":              {threshold, "      Threshold: !If [IsProd, 1, 5000]\n", "alarm-needs-large-burst", `(where Env is "dev")`, "Threshold"},
		"a verdict that a parameter decides":   {threshold, "      Threshold: !If [IsProd, 1, 5000]\n", "depends-on-parameter", `pass where Env is "prod"`, ""},
		"a pattern that misses some":           {pattern, "($.errorCode = \"AccessDeniedException\")", "pattern-misses-events", "", "FilterPattern: '"},
		"a threshold that a parameter decides": {threshold, "      Threshold: !Ref Most\n", "alarm-undecided", "", "--parameter Most=VALUE"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(raw), c.old) {
				t.Fatalf("the template has no %q", c.old)
			}
			text := strings.Replace(string(raw), c.old, c.new, 1)
			text = strings.Replace(text, "Resources:\n", parameters+"Resources:\n", 1)
			doc := readTemplate(t, text)
			r := resultOf(t, newGate(t), doc)
			i := slices.IndexFunc(r.Findings, func(f verdict.Finding) bool { return f.Code == c.code })
			if i < 0 {
				said, _ := json.MarshalIndent(r.Findings, "", " ")
				t.Fatalf("no %s in %s", c.code, said)
			}
			f := r.Findings[i]
			if !strings.Contains(f.Message, c.message) || !strings.Contains(f.Fix, c.fix) || strings.Contains(f.Fix, "aws_") {
				t.Errorf("%q, to be fixed by %q", f.Message, f.Fix)
			}
		})
	}
}

func readTemplate(t *testing.T, text string) *resource.Document {
	t.Helper()
	path := filepath.Join(t.TempDir(), "template.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	doc, err := cfn.Read(context.Background(), []cfn.Input{{Path: path, Reader: in}}, cfn.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestUnreadModules: what was not read is named, as far as it is little, with the entry
// that declares that it holds nothing.
func TestUnreadModules(t *testing.T) {
	for name, c := range map[string]struct {
		modules      []string
		incomplete   []string
		message, fix string
		declares     bool
	}{
		"one":                {[]string{"module.a"}, nil, "module.a is not installed", "external:\n  - module: \"module.a\"\n    reason: ...", true},
		"one, several times": {[]string{"module.a", "module.a"}, nil, "; module.a is not installed", "- module: \"module.a\"", true},
		"three":              {[]string{"module.a", "module.b", "module.c"}, nil, "; module.c is not installed", "- module: \"module.c\"", true},
		"four":               {[]string{"module.a", "module.b", "module.c", "module.d"}, nil, "; and 1 more", "", false},
		"something else":     {[]string{"module.a", ""}, nil, "; a file is not read", "", false},
		"and more":           {[]string{"module.a"}, []string{"planned with -target"}, "planned with -target; ", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			doc := &resource.Document{Path: "main", Format: resource.HCL, Incomplete: c.incomplete}
			for _, m := range c.modules {
				text := m + " is not installed"
				if m == "" {
					text = "a file is not read"
				}
				doc.Gaps = append(doc.Gaps, resource.Gap{Text: text, Module: m})
			}
			j, err := newGate(t).Judge(context.Background(), doc)
			if err != nil {
				t.Fatal(err)
			}
			f := j.Results[0].Findings[0]
			if f.Code != "input-not-read" || !strings.Contains(f.Message, c.message) || !strings.Contains(f.Fix, c.fix) || strings.Contains(f.Fix, "external:") != c.declares {
				t.Errorf("%s: %q, %q", f.Code, f.Message, f.Fix)
			}
			if len(j.Input.Notes) != len(c.modules)+len(c.incomplete) {
				t.Errorf("notes %q", j.Input.Notes)
			}
		})
	}
}
