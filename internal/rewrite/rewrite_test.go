package rewrite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/verdict"
)

// world is an input in a file of its own: lines of text, which rules judge.
type world struct {
	t    *testing.T
	file string
	// judge says which findings each control has, by what is written.
	judge   func(text string) map[string][]verdict.Finding
	judged  int
	modules map[string]string
}

func newWorld(t *testing.T, name, text string, judge func(string) map[string][]verdict.Finding) *world {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return &world{t: t, file: filepath.ToSlash(file), judge: judge}
}

func (w *world) options() Options {
	return Options{Judge: func(_ context.Context, edits *overlay.Files, _ []string) ([]Judged, error) {
		w.judged++
		text, ok := edits.Text(w.file)
		if !ok {
			raw, err := os.ReadFile(w.file)
			if err != nil {
				return nil, err
			}
			text = raw
		}
		if strings.Contains(string(text), "unreadable") {
			return nil, errors.New("unreadable")
		}
		in := Judged{Path: filepath.Dir(w.file), Modules: w.modules}
		if in.Modules == nil {
			in.Modules = map[string]string{"": filepath.Dir(w.file)}
		}
		found := w.judge(string(text))
		for _, control := range slices.Sorted(keys(found)) {
			r := verdict.Result{Control: control, Verdict: verdict.Pass, Findings: found[control]}
			for _, f := range r.Findings {
				if f.Level == verdict.Error {
					r.Verdict = verdict.Fail
				}
			}
			in.Results = append(in.Results, r)
		}
		return []Judged{in}, nil
	}}
}

func keys(m map[string][]verdict.Finding) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// plan plans, and returns the text of the one file afterwards.
func (w *world) plan() (*Plan, string) {
	w.t.Helper()
	p, err := New(context.Background(), w.options())
	if err != nil {
		w.t.Fatal(err)
	}
	if len(p.Files) == 0 {
		return p, ""
	}
	return p, string(p.Files[0].After)
}

// lacks is a finding where the text lacks something, which a change adds.
func lacks(text, part, add string, file string) []verdict.Finding {
	if strings.Contains(text, part) {
		return nil
	}
	c := &verdict.Change{Language: "hcl", File: file, Add: add}
	return []verdict.Finding{{Code: "lacks-" + part, Level: verdict.Error, Message: "it lacks " + part, Change: c, Wanted: c}}
}

// TestSharedPartsAreAddedOnce: what the first control needed, the second one finds.
func TestSharedPartsAreAddedOnce(t *testing.T) {
	var w *world
	w = newWorld(t, "main.tf", "", func(text string) map[string][]verdict.Finding {
		topic := ""
		if !strings.Contains(text, `"topic"`) {
			topic = "resource \"sns\" \"topic\" {}\n\n"
		}
		return map[string][]verdict.Finding{
			"a": lacks(text, `"alarm_a"`, topic+`resource "alarm" "alarm_a" {}`, w.file),
			"b": lacks(text, `"alarm_b"`, topic+`resource "alarm" "alarm_b" {}`, w.file),
		}
	})
	p, text := w.plan()
	if strings.Count(text, `"topic"`) != 1 || !strings.Contains(text, "alarm_a") || !strings.Contains(text, "alarm_b") {
		t.Error(text)
	}
	for _, r := range p.Judged[0].Results {
		if r.Verdict != verdict.Pass {
			t.Errorf("%s: %s", r.Control, r.Verdict)
		}
	}
}

// TestNothingIsTakenFromAnotherControl: two controls that want one argument otherwise do
// not rewrite it for ever, and the one that has it keeps it.
func TestNothingIsTakenFromAnotherControl(t *testing.T) {
	var w *world
	wants := func(text, control string) []verdict.Finding {
		if strings.Contains(text, `"`+control+`"`) {
			return nil
		}
		c := &verdict.Change{Language: "hcl", File: w.file, Resource: "t.n", Set: `pattern = "` + control + `"`}
		return []verdict.Finding{{Code: "pattern", Level: verdict.Error, Message: control + " has another pattern", Change: c, Wanted: c}}
	}
	w = newWorld(t, "main.tf", "resource \"t\" \"n\" {\n  pattern = \"a\"\n}\n", func(text string) map[string][]verdict.Finding {
		return map[string][]verdict.Finding{"a": wants(text, "a"), "b": wants(text, "b")}
	})
	p, _ := w.plan()
	if len(p.Files) != 0 || w.judged != 2 {
		t.Errorf("%d files after %d judgements", len(p.Files), w.judged)
	}
	if why := p.Refused[FindingKey(p.Judged[0].Results[1].Findings[0])]; why != "it would make a fail" {
		t.Errorf("refused: %q", why)
	}
}

// TestChangesThatDoNotHelp are not made: those that leave the finding, that cannot be read,
// that are for a place that is not there or not ours.
func TestChangesThatDoNotHelp(t *testing.T) {
	for name, c := range map[string]struct {
		change    verdict.Change
		generated bool
		want      string
	}{
		"no use":      {verdict.Change{Language: "hcl", Resource: "t.n", Set: "x = 2"}, false, "the finding would remain"},
		"no code":     {verdict.Change{Language: "hcl", Add: "# unreadable"}, false, "with it the input could not be read: unreadable"},
		"no place":    {verdict.Change{Language: "hcl", Resource: "t.other", Set: "x = 2"}, false, "no block of t.other"},
		"no file":     {verdict.Change{Language: "hcl", File: "-", Add: "x"}, false, "the file is not known"},
		"not our own": {verdict.Change{Language: "hcl", File: "a/.terraform/modules/m/main.tf", Add: "x"}, false, "the module is installed, and not part of this code"},
		"generated":   {verdict.Change{Language: "hcl", Add: "x"}, true, "the file is generated; change what it is generated from"},
	} {
		t.Run(name, func(t *testing.T) {
			var w *world
			w = newWorld(t, "main.tf", "resource \"t\" \"n\" {\n  x = 1\n}\n", func(string) map[string][]verdict.Finding {
				change := c.change
				if change.File == "" {
					change.File = w.file
				}
				return map[string][]verdict.Finding{"a": {{Code: "code", Level: verdict.Error, Change: &change, Wanted: &change}}}
			})
			o := w.options()
			judge := o.Judge
			o.Judge = func(ctx context.Context, edits *overlay.Files, paths []string) ([]Judged, error) {
				in, err := judge(ctx, edits, paths)
				for i := range in {
					in[i].Generated = c.generated
				}
				return in, err
			}
			p, err := New(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Files) > 0 {
				t.Errorf("it changes %s", p.Files[0].After)
			}
			for _, why := range p.Refused {
				if !strings.HasSuffix(why, c.want) {
					t.Errorf("refused: %q, want %q", why, c.want)
				}
			}
			if len(p.Refused) != 1 {
				t.Errorf("%v", p.Refused)
			}
		})
	}
}

// TestValuesAreChangedWhereTheyAreWritten: in the table, not at the resource, and only
// where that is the one that counts.
func TestValuesAreChangedWhereTheyAreWritten(t *testing.T) {
	const table = "locals {\n  other = 5\n  t = { a = { threshold = 5 }, b = { threshold = 5 } }\n}\n\n"
	var w *world
	w = newWorld(t, "main.tf", table+"resource \"t\" \"n\" {\n  for_each  = local.t\n  threshold = each.value.threshold\n}\n", func(text string) map[string][]verdict.Finding {
		if strings.Contains(text, "b = { threshold = 1 }") {
			return map[string][]verdict.Finding{"c": nil}
		}
		wanted := &verdict.Change{Language: "hcl", File: w.file, Resource: "t.n", Values: []verdict.Value{{Attribute: "threshold", Old: "5", New: "1"}}}
		return map[string][]verdict.Finding{"c": {{Code: "burst", Level: verdict.Error, Resource: `t.n["b"]`, Wanted: wanted}}}
	})
	_, text := w.plan()
	if want := strings.Replace(table, "b = { threshold = 5 }", "b = { threshold = 1 }", 1); !strings.HasPrefix(text, want) {
		t.Errorf("%s\nwant\n%s", text, want)
	}
	if w.judged != 2 {
		t.Errorf("%d judgements: the entry of the instance is the likeliest", w.judged)
	}
}

// TestInsteadIsTheLastResort: what adds another resource is tried where the change of the
// resource itself does not help.
func TestInsteadIsTheLastResort(t *testing.T) {
	var w *world
	w = newWorld(t, "main.tf", "resource \"t\" \"n\" {\n  x = 1\n}\n", func(text string) map[string][]verdict.Finding {
		if strings.Contains(text, "beside") {
			return map[string][]verdict.Finding{"c": nil}
		}
		c := &verdict.Change{Language: "hcl", File: w.file, Resource: "t.n", Set: "x = 2"}
		instead := func() *verdict.Change {
			return &verdict.Change{Language: "hcl", File: w.file, Add: "resource \"t\" \"beside\" {}"}
		}
		return map[string][]verdict.Finding{"c": {{Code: "code", Level: verdict.Error, Change: c, Wanted: c, Instead: instead}}}
	})
	if _, text := w.plan(); !strings.Contains(text, "x = 1") || !strings.Contains(text, `"beside"`) {
		t.Error(text)
	}
}

// TestInputsArePassed through every call between the module and the root, in the syntax of
// each, and declared once.
func TestInputsArePassed(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(file)
	}
	write("main.tf", "module \"a\" {\n  source = \"./a\"\n}\n")
	write("a/main.tf.json", `{"module": {"b": {"source": "../b"}}}`)
	inner := write("b/main.tf", "")
	change := &verdict.Change{Language: "hcl", File: inner, Module: "module.a.module.b", Input: "email", Add: "variable \"email\" {}\n\nresource \"t\" \"n\" {}"}
	finding := verdict.Finding{Code: "code", Level: verdict.Error, Change: change, Wanted: change}
	judge := func(_ context.Context, edits *overlay.Files, _ []string) ([]Judged, error) {
		r := verdict.Result{Control: "c", Verdict: verdict.Fail, Findings: []verdict.Finding{finding}}
		if _, ok := edits.Text(inner); ok {
			r = verdict.Result{Control: "c", Verdict: verdict.Pass}
		}
		return []Judged{{Path: root, Results: []verdict.Result{r}, Modules: map[string]string{
			"": root, "module.a": filepath.Join(root, "a"), "module.a.module.b": filepath.Join(root, "b"),
		}}}, nil
	}
	p, err := New(context.Background(), Options{Judge: judge})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range p.Files {
		rel, _ := filepath.Rel(root, f.Name)
		got[filepath.ToSlash(rel)] = string(f.After)
	}
	for file, parts := range map[string][]string{
		"main.tf":        {"email  = var.email", `variable "email"`},
		"a/main.tf.json": {`"email": "${var.email}"`, `"variable"`},
		"b/main.tf":      {`variable "email"`},
	} {
		for _, part := range parts {
			if strings.Count(got[file], part) != 1 {
				t.Errorf("%s has not one %s\n%s", file, part, got[file])
			}
		}
	}
	if want := []Input{{"email", root}}; !slices.Equal(p.Inputs, want) {
		t.Errorf("%v, want %v", p.Inputs, want)
	}
}

// TestErrorsOfTheInputItself are errors of the plan, and no plan is made when nobody waits.
func TestErrorsOfTheInputItself(t *testing.T) {
	wrong := errors.New("no such file")
	if _, err := New(context.Background(), Options{Judge: func(context.Context, *overlay.Files, []string) ([]Judged, error) { return nil, wrong }}); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	w := newWorld(t, "main.tf", "", nil)
	w.judge = func(text string) map[string][]verdict.Finding {
		if w.judged == 2 {
			cancel(wrong)
		}
		return map[string][]verdict.Finding{"a": lacks(text, "never", "# more", w.file)}
	}
	if _, err := New(ctx, w.options()); !errors.Is(err, wrong) {
		t.Errorf("after its context has ended: %v", err)
	}
}

// TestOnlyWhatAChangeConcernsIsJudgedAnew: the input itself, and others that share the file.
func TestOnlyWhatAChangeConcernsIsJudgedAnew(t *testing.T) {
	root := t.TempDir()
	var files []string
	for _, dir := range []string{"a", "b", "c", "shared"} {
		file := filepath.Join(root, dir, "main.tf")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.ToSlash(file))
	}
	var asked [][]string
	judge := func(_ context.Context, edits *overlay.Files, paths []string) (out []Judged, err error) {
		asked = append(asked, paths)
		for i, dir := range []string{"a", "b", "c"} {
			path := filepath.Join(root, dir)
			if paths != nil && !slices.Contains(paths, path) {
				continue
			}
			in := Judged{Path: path, Modules: map[string]string{"": path}}
			at := files[i]
			if dir != "c" {
				in.Modules["module.shared"] = filepath.Join(root, "shared")
			}
			if dir == "b" {
				at = files[3]
			}
			r := verdict.Result{Control: "x", Verdict: verdict.Pass}
			if _, done := edits.Text(at); !done && dir != "a" {
				c := &verdict.Change{Language: "hcl", File: at, Add: "# " + dir}
				r = verdict.Result{Control: "x", Verdict: verdict.Fail, Findings: []verdict.Finding{{Code: dir, Level: verdict.Error, Change: c, Wanted: c}}}
			}
			in.Results = []verdict.Result{r}
			out = append(out, in)
		}
		return out, nil
	}
	p, err := New(context.Background(), Options{Judge: judge})
	if err != nil || len(p.Files) != 2 {
		t.Fatalf("%d files, %v", len(p.Files), err)
	}
	want := [][]string{nil, {filepath.Join(root, "b"), filepath.Join(root, "a")}, {filepath.Join(root, "c")}}
	if len(asked) != len(want) {
		t.Fatalf("judged %q", asked)
	}
	for i := range want {
		if !slices.Equal(asked[i], want[i]) {
			t.Errorf("judged %q, want %q", asked[i], want[i])
		}
	}
}
