package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// results returns the page that is committed.
func (w workshop) results(rows []row, stages string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Measured\n\nWritten by `bench/run`; run it again to check. %d counted runs of each command, in turn with the other one, after one run that is\n"+
		"not counted, and %d times as many where both take less than %v; medians. The ratio is the median over the pairs, with the smallest and the largest in brackets. Wall and CPU time and\n"+
		"the largest resident set are the operating system's, of whole processes.\n\n", w.runs, oftener, brief)
	fmt.Fprintf(&b, "| | |\n|---|---|\n| machine | %s, %d CPUs |\n| system | %s/%s |\n| Go | %s |\n", cpu(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if version, err := w.Ask(w.Dir, nil, w.Path("iacgate"), "--version"); err == nil {
		fmt.Fprintf(&b, "| iacgate | %s |\n", version)
	}
	for _, p := range peers() {
		fmt.Fprintf(&b, "| %s | %s |\n", p.name, p.pkg)
	}
	b.WriteString("\n## Whole processes\n\n| what | command | wall | CPU | peak | beside | wall | CPU | peak | wall by | target | peak by | target |\n|---|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %.2f (%.2f to %.2f) | %s | %.3f | %s |\n", r.what,
			r.of.name, short(r.a.wall), short(r.a.cpu), mib(r.a.peak), r.to.name, short(r.b.wall), short(r.b.cpu), mib(r.b.peak),
			r.wallBy, r.wallLow, r.wallTop, target(r.wall), r.peakBy, target(r.peak))
	}
	b.WriteString("\n## Stages, inside one process\n\n```\n" + stages + "\n```\n")
	return b.Bytes()
}

func short(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func mib(kib int64) string { return fmt.Sprintf("%d MiB", kib>>10) }

func target(t float64) string {
	if t == 0 {
		return ""
	}
	return fmt.Sprintf("%g", t)
}

// cpu returns the name of the processor, where the system tells it.
func cpu() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
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
