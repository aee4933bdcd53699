package gate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// BenchmarkOne reads and judges one plan after the other, by the control that is
// asked for if nobody asks for any, and by all of them.
func BenchmarkOne(b *testing.B) {
	for _, asked := range []string{deniedCalls, "all"} {
		b.Run(asked, func(b *testing.B) {
			controls, err := control.Select([]string{asked})
			if err != nil {
				b.Fatal(err)
			}
			g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
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

// BenchmarkWide judges a plan with hundreds of filters and alarms of other
// things, as an account's one root module has them.
func BenchmarkWide(b *testing.B) {
	controls, err := control.Select([]string{deniedCalls})
	if err != nil {
		b.Fatal(err)
	}
	g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
	for _, n := range []int{100, 400} {
		var edits []edit
		for i := range n {
			f, a := fmt.Sprintf("%s%d", filter, i), fmt.Sprintf("%s%d", alarm, i)
			edits = append(edits,
				copies(filter, f, setAttribute(f, "name", f), setAttribute(f, "pattern", `{ $.level = "ERROR" }`), setAttribute(f, "metric_transformation.0.name", f)),
				copies(alarm, a, setAttribute(a, "alarm_name", a), setAttribute(a, "metric_name", f)))
		}
		text := newDraft(b, "complete", edits).text()
		b.Run(fmt.Sprint(n), func(b *testing.B) {
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

// BenchmarkBaselines judges whole baselines in one directory by all controls: each has a
// trail of its own, and a filter and an alarm for every control.
func BenchmarkBaselines(b *testing.B) {
	controls, err := control.Select([]string{"all"})
	if err != nil {
		b.Fatal(err)
	}
	engine := policy.Load(verdict.IDs(controls))
	for _, n := range []int{1, 4, 16} {
		dir := baselines(b, n, controls)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				doc, err := hcl.Read(context.Background(), hcl.Options{Dir: dir, Boundary: dir})
				if err != nil {
					b.Fatal(err)
				}
				j, err := gate.New(engine, controls, config.Default()).Judge(context.Background(), doc)
				if err != nil {
					b.Fatal(err)
				}
				for _, r := range j.Results {
					if r.Verdict != verdict.Pass {
						b.Fatalf("%s: %s", r.Control, r.Verdict)
					}
				}
			}
		})
	}
}

// baselines writes the code of bench/baselines, n of them, and returns its directory.
func baselines(b *testing.B, n int, controls []verdict.Control) string {
	b.Helper()
	patterns := map[string]string{}
	for _, c := range controls {
		patterns[c.ID] = c.MustMatch
	}
	locals, err := json.Marshal(object{"locals": object{"baselines": n, "patterns": patterns}})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	err = errors.Join(os.CopyFS(dir, os.DirFS("../../bench/baselines")), os.WriteFile(filepath.Join(dir, "patterns.tf.json"), locals, 0o644))
	if err != nil {
		b.Fatal(err)
	}
	return dir
}
