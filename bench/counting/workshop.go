package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// A workshop holds the programs of one session, and the records.
type workshop struct {
	shop.Shop
	rounds, records, files int
	data                   string
	program                string // iacgate, "" to build it
	silent                 bool   // it has no backtest
}

// build makes iacgate, DuckDB's program and the one that makes records.
func (w *workshop) build() error {
	if err := w.gate(); err != nil {
		return err
	}
	w.silent = exec.Command(w.Path("iacgate"), "backtest", "--help").Run() != nil
	if err := w.Do(filepath.Join(w.Root, "bench/duckdb"), []string{"CGO_ENABLED=1"}, "go", "build", "-o", w.Path("duckdb"), "."); err != nil {
		return err
	}
	return w.Do(filepath.Join(w.Root, "bench"), nil, "go", "build", "-o", w.Path("records"), "./records")
}

// gate builds iacgate or takes the one that is given.
func (w *workshop) gate() error {
	if w.program == "" {
		return w.Gate()
	}
	path, err := filepath.Abs(w.program)
	if err != nil {
		return err
	}
	return os.Symlink(path, w.Path("iacgate"))
}

// bucket is the folder with the records.
func (w workshop) bucket() string { return filepath.Join(w.data, "trail") }

// makeRecords makes them unless the same are there.
func (w workshop) makeRecords() error {
	label := filepath.Join(w.data, "label")
	want := fmt.Sprintf("%d records in %d files\n", w.records, w.files)
	if got, err := os.ReadFile(label); err == nil && string(got) == want {
		return nil
	}
	if _, err := os.Stat(w.data); err == nil {
		return fmt.Errorf("%s: there are other records; remove it or choose another -data", w.data)
	}
	fmt.Fprint(os.Stderr, "==> ", want)
	if err := w.Do(w.Dir, nil, w.Path("records"), "-n", fmt.Sprint(w.records), "-files", fmt.Sprint(w.files), w.bucket()); err != nil {
		return err
	}
	return os.WriteFile(label, []byte(want), 0o644)
}

// controls are the reference patterns of all controls, by their names.
func (w workshop) controls() (map[string]string, error) {
	said, err := w.Ask(w.Dir, nil, w.Path("iacgate"), "list", "-o", "json")
	if err != nil {
		return nil, err
	}
	var all []struct {
		ID        string `json:"id"`
		MustMatch string `json:"must_match"`
	}
	if err := json.Unmarshal([]byte(said), &all); err != nil {
		return nil, err
	}
	patterns := map[string]string{}
	for _, c := range all {
		if c.MustMatch != "" {
			patterns[c.ID] = c.MustMatch
		}
	}
	return patterns, nil
}
