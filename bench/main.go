// Command bench measures iacgate beside its peers, whole processes on the same files in
// turn, and writes what it finds to RESULTS.md.
//
// It judges nothing: a ratio beside its target is all that it says. What a stage
// costs inside the process is measured by the project's Go benchmarks, which it
// runs as well.
package main

import (
	"flag"
	"fmt"
	"os"
	"syscall"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

func main() {
	runs := flag.Int("runs", 7, "counted `runs` of each command, after one that is not")
	out := flag.String("out", "RESULTS.md", "`FILE` to write")
	large := flag.Bool("large", true, "measure plans of 117 and 580 MB, too")
	base := flag.String("base", "", "`COMMIT` of iacgate to compare with, too")
	flag.Parse()
	if err := bench(*runs, *out, *large, *base); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(runs int, out string, large bool, base string) error {
	s, err := shop.Open("..")
	if err != nil {
		return err
	}
	defer os.RemoveAll(s.Dir)
	w := workshop{s, runs, base}
	if err := w.build(); err != nil {
		return err
	}
	if err := w.inputs(large); err != nil {
		return err
	}
	syscall.Sync() // what was just written would reach the disk while the first commands are measured
	var rows []row
	for _, c := range w.comparisons(large) {
		fmt.Fprintln(os.Stderr, "==>", c.what)
		r, err := c.measure(runs)
		if err != nil {
			return fmt.Errorf("%s: %w", c.what, err)
		}
		rows = append(rows, r)
	}
	stages, err := w.stages()
	if err != nil {
		return err
	}
	return os.WriteFile(out, w.results(rows, stages), 0o644)
}
