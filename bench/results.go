package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// results returns the page that is committed.
func (w workshop) results(rows []row, stages string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Measured\n\nWritten by `bench/run`; run it again to check. %d counted runs of each command, in turn with the other one, after one run that is\n"+
		"not counted, and %d times as many where both take less than %v; medians. The ratio is the median over the pairs, with the smallest and the largest in brackets. Wall and CPU time and\n"+
		"the largest resident set are the operating system's, of whole processes.\n\n", w.runs, oftener, brief)
	fmt.Fprintf(&b, "| | |\n|---|---|\n| machine | %s, %d CPUs |\n| system | %s/%s |\n| Go | %s |\n", measure.Processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if version, err := w.Ask(w.Dir, nil, w.Path("iacgate"), "--version"); err == nil {
		fmt.Fprintf(&b, "| iacgate | %s |\n", version)
	}
	for _, p := range peers() {
		fmt.Fprintf(&b, "| %s | %s |\n", p.name, p.pkg)
	}
	b.WriteString("\n## Whole processes\n\n| what | command | wall | CPU | peak | beside | wall | CPU | peak | wall by | target | peak by | target |\n|---|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %.2f (%.2f to %.2f) | %s | %.3f | %s |\n", r.what,
			r.of.Name, measure.Time(r.a.Wall), measure.Time(r.a.CPU), measure.MiB(r.a.Peak), r.to.Name, measure.Time(r.b.Wall), measure.Time(r.b.CPU), measure.MiB(r.b.Peak),
			r.wallBy, r.wallLow, r.wallTop, target(r.wall), r.peakBy, target(r.peak))
	}
	b.WriteString("\n## Stages, inside one process\n\n```\n" + stages + "\n```\n")
	return b.Bytes()
}

func target(t float64) string {
	if t == 0 {
		return ""
	}
	return fmt.Sprintf("%g", t)
}

// stages runs the Go benchmarks of the project and returns their lines.
func (w workshop) stages() (string, error) {
	fmt.Fprintln(os.Stderr, "==> go test -bench")
	out, err := w.Ask(w.Root, nil, "go", "test", "-run", "^$", "-bench", ".", "-benchtime", "1s", "./internal/...", "./cmd/iacgate")
	if err != nil {
		return "", err
	}
	var lines []string
	for line := range strings.Lines(out) {
		if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "Benchmark") || strings.HasPrefix(line, "pkg: ") {
			lines = append(lines, line)
		}
	}
	return strings.Join(withBenchmarks(lines), "\n"), nil
}

// withBenchmarks drops the packages that measure nothing.
func withBenchmarks(lines []string) []string {
	var out []string
	for i, line := range lines {
		last := i+1 == len(lines)
		if strings.HasPrefix(line, "pkg: ") && (last || strings.HasPrefix(lines[i+1], "pkg: ")) {
			continue
		}
		out = append(out, line)
	}
	return out
}
