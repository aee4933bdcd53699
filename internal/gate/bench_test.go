package gate_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
)

// BenchmarkOne reads and judges one plan after the other, by the control that is
// asked for where nobody asks for any, and by all of them.
func BenchmarkOne(b *testing.B) {
	for _, asked := range []string{control, "all"} {
		b.Run(asked, func(b *testing.B) {
			controls, err := policy.Select([]string{asked})
			if err != nil {
				b.Fatal(err)
			}
			g := gate.New(context.Background(), controls, config.Default())
			text, err := os.ReadFile("../../testdata/plans/complete/plan.json")
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				doc, err := plan.Read(bytes.NewReader(text), plan.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := g.Judge(context.Background(), doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
