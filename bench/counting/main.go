// Command counting measures who counts what filter patterns match, and how fast: iacgate
// backtest beside DuckDB, on the same records in turn, and beside zcat, which reads them and
// does nothing. It writes what it finds to BACKTEST.md. With -real it measures nothing and
// compares the counts on records of the user's.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

func main() {
	var w workshop
	flag.IntVar(&w.rounds, "rounds", 5, "counted `N` runs of each command, after one that is not")
	flag.IntVar(&w.records, "n", 1_000_000, "made-up `RECORDS` to count in")
	flag.IntVar(&w.files, "files", 200, "`N` files of them")
	flag.StringVar(&w.data, "data", filepath.Join(os.TempDir(), "bt-records"), "`DIR` to make them in, and to find them in the next time")
	flag.StringVar(&w.program, "iacgate", "", "measure this `PROGRAM` (default: build it)")
	out := flag.String("out", "BACKTEST.md", "`FILE` to write")
	real := flag.String("real", "", "`FOLDER` with records to compare the counts on")
	flag.Parse()
	if err := w.count(*out, *real); err != nil {
		fmt.Fprintln(os.Stderr, "counting:", err)
		os.Exit(1)
	}
}

func (w workshop) count(out, real string) error {
	s, err := shop.Open("..")
	if err != nil {
		return err
	}
	defer os.RemoveAll(s.Dir)
	w.Shop = s
	if err := w.build(); err != nil {
		return err
	}
	controls, err := w.controls()
	if err != nil {
		return err
	}
	if real != "" {
		return w.compare(real, controls)
	}
	if err := w.makeRecords(); err != nil {
		return err
	}
	m, err := w.measure(questions(controls))
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, append(w.page(m), section(out)...), 0o644); err != nil {
		return err
	}
	return m.differ()
}

// section returns the section of a page that bench/queries writes, which stays.
func section(file string) []byte {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil // the first page
	}
	at := bytes.Index(text, []byte("\n## Queries\n"))
	if at < 0 {
		return nil
	}
	return text[at:]
}
