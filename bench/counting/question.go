package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// A question is what both count, with the targets for the ratio of wall times; 0 for none.
type question struct {
	what           string
	patterns       map[string]string // by control, by alone if there is one
	args           []string          // that ask iacgate
	duckdb, decode float64           // beside DuckDB, and beside zcat
}

// alone names the pattern of a question that asks for one.
const alone = "pattern"

// peak is the target for iacgate's largest resident set.
const peak = 64 << 10 // KiB

// wide matches nearly all records, and has to look at two fields of each.
const wide = `{ $.eventSource = "*" && $.userIdentity.type != "AWSService" }`

func questions(controls map[string]string) []question {
	denied := controls["unauthorized-api-calls"]
	return []question{
		{"denied calls", map[string]string{alone: denied}, []string{"--pattern", denied}, 0.5, 0.8},
		{"a wide pattern", map[string]string{alone: wide}, []string{"--pattern", wide}, 1, 0},
		everything(controls),
	}
}

// everything asks for all controls at once.
func everything(controls map[string]string) question {
	return question{"all controls", controls, []string{"--control", "all"}, 0.25, 0}
}

// counts are how many records match, by the names of the patterns.
type counts map[string]int64

// askDuckDB has DuckDB count in a folder.
func (w workshop) askDuckDB(q question, folder string) (counts, measure.Figure, error) {
	text, err := json.Marshal(q.patterns)
	if err != nil {
		return nil, measure.Figure{}, err
	}
	file := w.Path("patterns.json")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return nil, measure.Figure{}, err
	}
	c := measure.Command{Name: "duckdb", Args: []string{w.Path("duckdb"), "-threads", "2", folder, file}, Dir: w.Dir, Status: []int{0}}
	var said struct{ Matches counts }
	f, err := ask(c, &said)
	return said.Matches, f, err
}

// askGate has iacgate count in a folder, with an alarm on each pattern.
func (w workshop) askGate(q question, folder string) (counts, measure.Figure, error) {
	args := append([]string{w.Path("iacgate"), "backtest", "--events", folder, "-o", "json"}, q.args...)
	c := measure.Command{Name: "iacgate backtest", Args: args, Dir: w.Dir, Status: []int{0}}
	var said struct {
		Alarms []struct {
			Controls []string
			Matches  int64
		}
	}
	f, err := ask(c, &said)
	got := counts{}
	for _, a := range said.Alarms {
		if q.patterns[alone] != "" {
			a.Controls = []string{alone}
		}
		for _, control := range a.Controls {
			got[control] += a.Matches
		}
	}
	return got, f, err
}

// ask runs a command and reads the JSON that it prints.
func ask(c measure.Command, into any) (measure.Figure, error) {
	out, f, err := c.Output()
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(out, into); err != nil {
		return f, fmt.Errorf("%s: %w", c.Name, err)
	}
	return f, nil
}
