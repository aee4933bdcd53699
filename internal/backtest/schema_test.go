package backtest_test

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/schematest"
)

var update = flag.Bool("update", false, "write backtest.schema.json anew")

// TestSchemaIsInStep holds the schema to the structs that are written.
func TestSchemaIsInStep(t *testing.T) {
	want := schematest.Make(t, reflect.TypeFor[backtest.Report](), "What iacgate backtest says", ".", "../tally")
	if *update {
		if err := os.WriteFile("backtest.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(backtest.Schema(), want) {
		t.Error("backtest.schema.json is out of step: go generate ./internal/backtest")
	}
}
