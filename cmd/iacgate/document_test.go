package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestDocumentsKeepTheirSchema holds what graph prints of every real plan and
// template to the schema that explain prints.
func TestDocumentsKeepTheirSchema(t *testing.T) {
	schema := compile(t, document.Schema())
	count, all := 0, 0
	for _, glob := range []string{"plans/*/plan.json", "templates/*.json", "templates/*.yaml"} {
		files, err := filepath.Glob("../../testdata/" + glob)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", glob, files, err)
		}
		for _, file := range files {
			if all++; !widetest.Skips(all) {
				count += holdDocuments(t, schema, file)
			}
		}
	}
	floor := 200
	if !widetest.All() {
		floor /= 10
	}
	if count < floor {
		t.Errorf("only %d documents of %d inputs", count, all)
	}
}

// holdDocuments validates the documents of one input, and counts them; inputs
// that cannot be read have none.
func holdDocuments(t *testing.T, schema *jsonschema.Schema, file string) (count int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run(context.Background(), []string{"graph", "--control", "all", file}, strings.NewReader(""), &stdout, &stderr)
	for documents := json.NewDecoder(&stdout); documents.More(); count++ {
		var document json.RawMessage
		if err := documents.Decode(&document); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := schema.Validate(instance); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	return count
}
