package backtest_test

import (
	"flag"
	"reflect"
	"testing"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/schematest"
)

var update = flag.Bool("update", false, "write backtest.schema.json anew")

// TestSchemaIsInStep holds the schema to the structs that are written.
func TestSchemaIsInStep(t *testing.T) {
	schematest.Hold(t, "backtest.schema.json", backtest.Schema(), *update, reflect.TypeFor[backtest.Report](), "What iacgate backtest says", ".", "../tally")
}
