package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// compare counts all controls in a folder, prints the counts, and is an error unless they are equal.
func (w workshop) compare(folder string, controls map[string]string) error {
	a := &answer{question: everything(controls)}
	var err error
	if a.duckdbCounts, _, err = w.askDuckDB(a.question, folder); err != nil {
		return err
	}
	if !w.silent {
		got, f, err := w.askGate(a.question, folder)
		if err != nil {
			return err
		}
		a.gate, a.gateCounts = append(a.gate, f), got
	}
	fmt.Print("| what | pattern | DuckDB | iacgate |\n|---|---|--:|--:|\n", a.rows())
	if w.silent {
		return errors.New("this iacgate has no backtest")
	}
	return a.differ()
}

// differ is an error that names the patterns whose counts differ.
func (a *answer) differ() error {
	var names []string
	for name := range a.patterns {
		if len(a.gate) > 0 && a.gateCounts[name] != a.duckdbCounts[name] {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return fmt.Errorf("%s: the counts differ: %s", a.what, strings.Join(names, ", "))
}

func (m *measurement) differ() error {
	var all []error
	for _, a := range m.answers {
		all = append(all, a.differ())
	}
	return errors.Join(all...)
}
