package main

import (
	"bytes"
	"fmt"
	"runtime"
	"time"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// page returns the page that is committed.
func (w workshop) page(m *measurement) []byte {
	var b bytes.Buffer
	documents, size, verdicts, exits := m.counts()
	var walls []float64
	for _, d := range m.rounds {
		walls = append(walls, float64(d))
	}
	wall := time.Duration(measure.Median(walls))
	fmt.Fprintf(&b, "# A fleet, judged by an OPA server\n\nWritten by `bench/fleet`; run it again to check. Every plan and template of the test data, in turn and changed in up to four things (names,\n"+
		"thresholds, patterns, regions, missing links; seed %d), is judged by `iacgate check` and, as the documents that `iacgate graph` prints, by OPA with\n"+
		"`iacgate bundle` on loopback, half of them on all controls and half on unauthorized-api-calls. The answers are compared one by\n"+
		"one: verdict of each control; code, level, link and resource of each finding; exit status. Client and server share the machine.\n\n", w.seed)
	fmt.Fprintf(&b, "| | |\n|---|--:|\n| inputs | %d |\n| documents of them | %d, %.1f MB |\n| answers compared | %d |\n| answers that differ | %d |\n", len(m.judged), documents, float64(size)/1e6, len(m.judged)*(w.rounds+1), len(m.differences))
	fmt.Fprintf(&b, "| results that pass, fail, are unknown, are skipped | %d, %d, %d, %d |\n", verdicts["pass"], verdicts["fail"], verdicts["unknown"], verdicts["skip"])
	fmt.Fprintf(&b, "| inputs with exit status 0, 1, 3 | %d, %d, %d |\n", exits[0], exits[1], exits[3])
	fmt.Fprintf(&b, "| requests at once | %d |\n| wall time of a round, median of %d after one that is not counted | %s |\n| requests per second | %.0f |\n| latency, median | %s |\n| latency, 95th percentile | %s |\n| largest resident set of the server | %s |\n",
		w.connections, w.rounds, measure.Time(wall), float64(len(m.judged))/wall.Seconds(), measure.Time(m.quantile(0.5)), measure.Time(m.quantile(0.95)), m.peak)
	fmt.Fprintf(&b, "| machine | %s, %d CPUs |\n| its load before | %s |\n| Go | %s |\n", measure.Processor(), runtime.NumCPU(), m.load, runtime.Version())
	return b.Bytes()
}
