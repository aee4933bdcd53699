package document_test

import (
	"flag"
	"reflect"
	"testing"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/schematest"
)

var update = flag.Bool("update", false, "write document.schema.json anew")

// TestSchemaIsInStep holds the schema to the structs that are written: every
// field with its type and its comment, and no other.
func TestSchemaIsInStep(t *testing.T) {
	schematest.Hold(t, "document.schema.json", document.Schema(), *update, reflect.TypeFor[document.Document](), "The document that iacgate's policies judge", ".", "../config", "../verdict")
}
