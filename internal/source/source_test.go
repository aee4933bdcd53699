package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/resource"
)

const complete = "../../testdata/plans/complete/plan.json"

func TestReadAllKeepsTheOrder(t *testing.T) {
	f, err := os.Open(complete)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	other := "../../testdata/plans/modules/plan.json"
	docs, err := ReadAll(context.Background(), []string{other, format.Stdin, complete}, Options{Stdin: f})
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range []string{other, format.Stdin, complete} {
		if docs[i].Path != path || docs[i].Format != resource.Plan || len(docs[i].Resources) == 0 {
			t.Errorf("document %d: path %s, format %s, %d resources", i, docs[i].Path, docs[i].Format, len(docs[i].Resources))
		}
	}
}

func TestReadAllNamesEveryBadInput(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	paths := []string{
		filepath.Join(dir, "absent"), dir, file("empty", ""), file("text", "hello"), complete,
		file("other", `{"resources":{}}`), file("template", `{"Resources":{}}`),
	}
	_, err := ReadAll(context.Background(), paths, Options{})
	want := []string{"absent: no such file or directory", ": a directory without Terraform code", "empty: empty", "text: none of the formats", "other: none of the formats", "template: line 1, column 1: the template has no Resources"}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("errors %q", lines)
	}
	for i, w := range want {
		if !strings.Contains(lines[i], w) {
			t.Errorf("error %q, want %q in it", lines[i], w)
		}
	}
}

func TestAskedFormatExplainsItself(t *testing.T) {
	_, err := ReadAll(context.Background(), []string{format.Stdin}, Options{Search: Search{From: "plan"}, Stdin: strings.NewReader("hello")})
	var d *diag.Diagnostic
	if !errors.As(err, &d) || d.File != format.Stdin || d.Message == "" {
		t.Errorf("error %v", err)
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ReadAll(ctx, []string{complete}, Options{}); err == nil || !strings.Contains(err.Error(), "canceled") {
		t.Errorf("error %v", err)
	}
}

func TestPanicsReachTheCaller(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.HasPrefix(got, "-: out of luck\n") {
			t.Errorf("recovered %q", got)
		}
	}()
	_, _ = ReadAll(context.Background(), []string{format.Stdin}, Options{Stdin: unlucky{}})
}

type unlucky struct{}

func (unlucky) Read([]byte) (int, error) { panic("out of luck") }

// What gzip has packed is read as it is, and an end that comes too early is
// said.
func TestPackedInputs(t *testing.T) {
	raw, err := os.ReadFile(complete)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(raw); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	docs, err := ReadAll(context.Background(), []string{format.Stdin}, Options{Stdin: bytes.NewReader(packed.Bytes())})
	if err != nil || len(docs[0].Resources) == 0 {
		t.Errorf("%v, %v", docs, err)
	}
	_, err = ReadAll(context.Background(), []string{format.Stdin}, Options{Stdin: bytes.NewReader(packed.Bytes()[:packed.Len()/2])})
	if err == nil || err.Error() != "-: gzip: the file ends too early" {
		t.Errorf("error %v", err)
	}
}

// Of the raw document stay the types that are asked for, whatever it comes from
// and however it is packed; several inputs together have none.
func TestRawOfSomeTypes(t *testing.T) {
	plan, err := os.ReadFile(complete)
	if err != nil {
		t.Fatal(err)
	}
	with := bytes.Replace(plan, []byte(`"resource_changes": [`), []byte(`"resource_changes": [`+
		`{"address":"a.b","type":"a","mode":"managed","change":{"actions":["create"]}},{"address":"b.b","type":"b","mode":"managed","change":{"actions":["create"]}},`), 1)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(with); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	const template = `{"Resources": {"A": {"Type": "a"}, "B": {"Type": "b"}, "T": {"Type": "AWS::SNS::Topic"}}}`
	onlyA := func(typ string) bool { return typ == "a" }
	for name, tt := range map[string]struct {
		text  []byte
		list  string
		types func(string) bool
		want  int
	}{
		"plan":          {with, "resource_changes", onlyA, 9},
		"packed plan":   {packed.Bytes(), "resource_changes", onlyA, 9},
		"whole plan":    {with, "resource_changes", nil, 10},
		"template":      {[]byte(template), "Resources", onlyA, 2},
		"all templates": {[]byte(template), "Resources", nil, 3},
	} {
		docs, err := ReadAll(context.Background(), []string{format.Stdin}, Options{Stdin: bytes.NewReader(tt.text), Given: format.Options{Raw: true, Types: tt.types}})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := docs[0].Raw(resource.Veil{})
		if err != nil {
			t.Fatal(err)
		}
		var got int
		switch list := raw.(map[string]any)[tt.list].(type) {
		case []any:
			got = len(list)
		case map[string]any:
			got = len(list)
		}
		if got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
	docs, err := ReadAll(context.Background(), []string{complete, format.Stdin}, Options{Stdin: strings.NewReader(template), Given: format.Options{Raw: true, Types: onlyA}, Combine: true})
	if err != nil || docs[0].Raw != nil {
		t.Errorf("combined: %v", err)
	}
	_, err = ReadAll(context.Background(), []string{format.Stdin}, Options{Stdin: bytes.NewReader(plan[:len(plan)/2]), Given: format.Options{Raw: true, Types: onlyA}})
	if err == nil || !strings.Contains(err.Error(), "ends in the middle") {
		t.Errorf("half a plan: %v", err)
	}
}
