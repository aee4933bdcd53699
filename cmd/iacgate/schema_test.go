package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/iacgate/iacgate/internal/report"
)

// TestReportsKeepTheirSchema judges every real plan and holds the JSON report
// to the schema that ships with the binary.
func TestReportsKeepTheirSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	plans, err := filepath.Glob("../../testdata/plans/*/plan.json")
	if err != nil || len(plans) == 0 {
		t.Fatalf("plans %v, %v", plans, err)
	}
	for _, plan := range plans {
		t.Run(filepath.Base(filepath.Dir(plan)), func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(context.Background(), []string{"check", "--control", "all", "-o", "json", plan}, strings.NewReader(""), &stdout, &stderr)
			instance, err := jsonschema.UnmarshalJSON(&stdout)
			if err != nil {
				t.Fatalf("%v\n%s", err, stderr.String())
			}
			if err := schema.Validate(instance); err != nil {
				t.Error(err)
			}
		})
	}
}
