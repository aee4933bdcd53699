package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/source"
	"github.com/iacgate/iacgate/internal/verdict"
)

// BenchmarkMany judges plans in one call, as users do, and one after the other
// in the same process, with policies that are compiled already: what the call
// adds, and what the second core takes off, is between the two.
func BenchmarkMany(b *testing.B) {
	const many = 200
	text, err := os.ReadFile("../../testdata/plans/complete/plan.json")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	args := []string{"check"}
	for i := range many {
		name := filepath.Join(dir, fmt.Sprintf("plan%03d.json", i))
		if err := os.WriteFile(name, text, 0o644); err != nil {
			b.Fatal(err)
		}
		args = append(args, name)
	}
	b.Run("in-one-call", func(b *testing.B) {
		for b.Loop() {
			if status := run(context.Background(), args, nil, io.Discard, io.Discard); status != 0 {
				b.Fatalf("exit status %d", status)
			}
		}
	})
	b.Run("one-by-one", func(b *testing.B) {
		controls, err := control.Select([]string{"unauthorized-api-calls"})
		if err != nil {
			b.Fatal(err)
		}
		g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
		for b.Loop() {
			for _, name := range args[1:] {
				docs, err := source.ReadAll(context.Background(), []string{name}, source.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := g.Judge(context.Background(), docs[0]); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
