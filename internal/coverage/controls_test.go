package coverage

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestOnce: a value is worked out once, however many ask at a time.
func TestOnce(t *testing.T) {
	var values once[string, int32]
	var made atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if got := values.get("a", func() int32 { return made.Add(1) }); got != 1 {
				t.Errorf("the value is %d", got)
			}
		})
	}
	all.Wait()
	if values.get("b", func() int32 { return made.Add(1) }) != 2 {
		t.Error("another key has the same value")
	}
}

// BenchmarkControls asks what the pattern of every control means for every control:
// the first time in a run, and again, as the further filters of an input do.
func BenchmarkControls(b *testing.B) {
	controls, err := control.Select([]string{"all"})
	if err != nil {
		b.Fatal(err)
	}
	var patterns []Question
	for _, c := range controls {
		patterns = append(patterns, Question{Pattern: c.MustMatch})
	}
	read := func() *Controls {
		c, err := NewControls(controls, func() ([]verdict.Control, error) { return controls, nil }, config.Default())
		if err != nil {
			b.Fatal(err)
		}
		return c
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			read().Decide(patterns)
		}
	})
	b.Run("again", func(b *testing.B) {
		c := read()
		for b.Loop() {
			c.Decide(patterns)
		}
	})
}
