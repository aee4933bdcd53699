// Command duckdb counts the CloudTrail records in a folder that match filter patterns, all
// patterns in one query.
//
//	duckdb [-threads N] [-sql] FOLDER PATTERNS
//
// PATTERNS is a file with a JSON object, {"name": "{ $.errorCode = \"AccessDenied*\" }"}. The answer
// is one, too: how many records there are, and how many match each pattern.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"
)

// An answer is what is printed.
type answer struct {
	DuckDB  string           `json:"duckdb"` // its version
	Seconds float64          `json:"seconds"`
	Records int64            `json:"records"`
	Matches map[string]int64 `json:"matches"`
}

func main() {
	threads := flag.Int("threads", 2, "`N` threads to use")
	show := flag.Bool("sql", false, "print the query alone")
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Arg(1), *threads, *show); err != nil {
		fmt.Fprintln(os.Stderr, "duckdb:", err)
		os.Exit(1)
	}
}

func run(folder, file string, threads int, show bool) error {
	var patterns map[string]string
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &patterns); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	q, err := newQuery(folder, patterns)
	if err != nil {
		return err
	}
	if show {
		fmt.Println(q.text)
		return nil
	}
	start := time.Now()
	a, err := q.ask(threads)
	if err != nil {
		return err
	}
	a.Seconds = time.Since(start).Seconds()
	return json.NewEncoder(os.Stdout).Encode(a)
}
