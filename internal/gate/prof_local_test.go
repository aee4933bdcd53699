package gate_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/analysis"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
)

func TestProfLocal(t *testing.T) {
	t0 := time.Now()
	lap := func(s string) { fmt.Printf("%-20s %v\n", s, time.Since(t0)); t0 = time.Now() }
	f, _ := os.Open("../../testdata/plans/complete/plan.json")
	doc, _ := plan.Read(f, plan.Options{})
	lap("read")
	cs, _ := policy.Select([]string{"unauthorized-api-calls"})
	lap("select")
	e, err := policy.Load(context.Background(), cs)
	if err != nil {
		t.Fatal(err)
	}
	lap("load")
	w := graph.Build(doc.Resources)
	lap("graph")
	d, _ := analysis.Build(doc, w, analysis.Question{Controls: cs, Others: policy.Controls, Config: config.Default()})
	lap("analysis")
	raw, _ := d.JSON(analysis.NewRedactor(nil))
	lap("json")
	e.Judge(context.Background(), raw)
	lap("judge")
	e.Judge(context.Background(), raw)
	lap("judge again")
}
