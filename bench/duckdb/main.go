// Command duckdb counts the CloudTrail records in a folder that match filter patterns, all
// patterns in one query.
//
//	duckdb [-threads N] [-sql] FOLDER < PATTERNS
//
// PATTERNS is a JSON object, {"name": "{ $.errorCode = \"AccessDenied*\" }"}. The answer is one,
// too: how many records there are, and how many match each pattern.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
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
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdin, flag.Arg(0), *threads, *show); err != nil {
		fmt.Fprintln(os.Stderr, "duckdb:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, folder string, threads int, show bool) error {
	var patterns map[string]string
	if err := json.NewDecoder(in).Decode(&patterns); err != nil {
		return fmt.Errorf("patterns: %w", err)
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
