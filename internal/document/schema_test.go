package document_test

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/schematest"
)

var update = flag.Bool("update", false, "write document.schema.json anew")

// TestSchemaIsInStep holds the schema to the structs that are written: every
// field with its type and its comment, and no other.
func TestSchemaIsInStep(t *testing.T) {
	want := schematest.Make(t, reflect.TypeFor[document.Document](), "The document that iacgate's policies judge", ".", "../config", "../verdict")
	if *update {
		if err := os.WriteFile("document.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(document.Schema(), want) {
		t.Error("document.schema.json is out of step: go generate ./internal/document")
	}
}
