package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/iacgate/iacgate/internal/report"
)

// TestReportsKeepTheirSchema judges every real plan and holds the JSON report
// to the schema that ships with the binary, and SARIF to that of OASIS.
func TestReportsKeepTheirSchema(t *testing.T) {
	oasis, err := os.ReadFile("../../internal/report/testdata/schema/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	own, sarif := compile(t, report.Schema()), compile(t, oasis)
	plans, err := filepath.Glob("../../testdata/plans/*/plan.json")
	if err != nil || len(plans) == 0 {
		t.Fatalf("plans %v, %v", plans, err)
	}
	for _, plan := range plans {
		t.Run(filepath.Base(filepath.Dir(plan)), func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			file := filepath.Join(t.TempDir(), "report.sarif")
			run(context.Background(), []string{"check", "--control", "all", "-o", "json", "-o", "sarif=" + file, plan}, strings.NewReader(""), &stdout, &stderr)
			written, err := os.Open(file)
			if err != nil {
				t.Fatalf("%v\n%s", err, stderr.String())
			}
			defer written.Close()
			validate(t, own, &stdout)
			validate(t, sarif, written)
		})
	}
}

func compile(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func validate(t *testing.T, schema *jsonschema.Schema, document io.Reader) {
	t.Helper()
	instance, err := jsonschema.UnmarshalJSON(document)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(instance); err != nil {
		t.Error(err)
	}
}
