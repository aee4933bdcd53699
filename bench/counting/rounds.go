package main

import (
	"fmt"
	"os"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// A measurement is all that was measured and counted.
type measurement struct {
	load    string // of the machine before
	zcat    []measure.Figure
	answers []*answer
}

// An answer is how both answered a question: in each round a figure of each.
type answer struct {
	question
	duckdb, gate             []measure.Figure
	duckdbCounts, gateCounts counts
}

// measure asks all questions in each round, so that a machine that drifts drifts for all. The first
// round warms caches and does not count.
func (w workshop) measure(questions []question) (*measurement, error) {
	load, _ := os.ReadFile("/proc/loadavg")
	m := &measurement{load: string(load)}
	for _, q := range questions {
		m.answers = append(m.answers, &answer{question: q})
	}
	for i := 0; i <= w.rounds; i++ {
		fmt.Fprintf(os.Stderr, "==> round %d of %d\n", i, w.rounds)
		f, err := w.zcat().Run()
		if err != nil {
			return nil, err
		}
		m.zcat = append(m.zcat, f)
		for _, a := range m.answers {
			if err := w.round(a); err != nil {
				return nil, fmt.Errorf("%s: %w", a.what, err)
			}
		}
	}
	m.zcat = m.zcat[1:]
	for _, a := range m.answers {
		a.duckdb, a.gate = a.duckdb[1:], a.gate[min(1, len(a.gate)):]
	}
	return m, nil
}

func (w workshop) round(a *answer) error {
	got, f, err := w.askDuckDB(a.question, w.bucket())
	if err != nil {
		return err
	}
	a.duckdb, a.duckdbCounts = append(a.duckdb, f), got
	if w.silent {
		return nil
	}
	got, f, err = w.askGate(a.question, w.bucket())
	a.gate, a.gateCounts = append(a.gate, f), got
	return err
}

// zcat decompresses all files, two at a time.
func (w workshop) zcat() measure.Command {
	line := fmt.Sprintf("find '%s' -name '*.gz' -print0 | xargs -0 -P 2 -n %d zcat >/dev/null", w.bucket(), max(1, w.files/8))
	return measure.Command{Name: "zcat", Args: []string{"sh", "-c", line}, Dir: w.Dir, Status: []int{0}}
}
