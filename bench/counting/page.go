package main

import (
	"bytes"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// page returns the page that is committed.
func (w workshop) page(m *measurement) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Backtests, measured\n\nWritten by `bench/backtest`; run it again to check. %d made-up records in %d gzip files, as a trail delivers them. %d counted runs of each\n"+
		"command, all commands in turn, after one round that is not counted; medians. A ratio is the median over the rounds. Wall and CPU time and\n"+
		"the largest resident set are the operating system's, of whole processes. DuckDB has 2 threads and answers all patterns in one query.\n\n", w.records, w.files, w.rounds)
	fmt.Fprintf(&b, "| | |\n|---|---|\n| machine | %s, %d CPUs |\n| its load before | %s |\n| Go | %s |\n\n", measure.Processor(), runtime.NumCPU(), strings.TrimSpace(m.load), runtime.Version())
	b.WriteString("| what | command | wall | CPU | peak | target | wall by DuckDB | target | CPU by DuckDB | wall by zcat | target | CPU by zcat |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	fmt.Fprintf(&b, "| reading alone | xargs -P 2 zcat | %s | | | | | | | |\n", cost(m.zcat))
	for _, a := range m.answers {
		fmt.Fprintf(&b, "| %s | DuckDB | %s | | | | | %s | | %s |\n", a.what, cost(a.duckdb), ratio(a.duckdb, m.zcat, wall), ratio(a.duckdb, m.zcat, cpu))
		if len(a.gate) > 0 {
			fmt.Fprintf(&b, "| %s | iacgate | %s | %s | %s | %s | %s | %s | %s | %s |\n", a.what, cost(a.gate), measure.MiB(peak),
				ratio(a.gate, a.duckdb, wall), target(a.question.duckdb), ratio(a.gate, a.duckdb, cpu), ratio(a.gate, m.zcat, wall), target(a.decode), ratio(a.gate, m.zcat, cpu))
		}
	}
	b.WriteString("\n## Counts\n\n| what | pattern | DuckDB | iacgate |\n|---|---|--:|--:|\n")
	for _, a := range m.answers {
		b.WriteString(a.rows())
	}
	return b.Bytes()
}

func wall(f measure.Figure) float64 { return f.Wall.Seconds() }
func cpu(f measure.Figure) float64  { return f.CPU.Seconds() }

func cost(all []measure.Figure) string {
	f := measure.MedianFigure(all)
	return measure.Time(f.Wall) + " | " + measure.Time(f.CPU) + " | " + measure.MiB(f.Peak)
}

// ratio is the median over the rounds.
func ratio(of, to []measure.Figure, by func(measure.Figure) float64) string {
	var all []float64
	for i := range of {
		all = append(all, by(of[i])/max(by(to[i]), 1e-6))
	}
	return fmt.Sprintf("%.2f", measure.Median(all))
}

func target(t float64) string {
	if t == 0 {
		return ""
	}
	return fmt.Sprintf("%g", t)
}

// rows are the counts of both, those that differ in bold.
func (a *answer) rows() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a.patterns)) {
		gate := "not asked"
		if len(a.gate) > 0 {
			gate = fmt.Sprint(a.gateCounts[name])
			if a.gateCounts[name] != a.duckdbCounts[name] {
				gate = "**" + gate + "**"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %s |\n", a.what, name, a.duckdbCounts[name], gate)
	}
	return b.String()
}
