// Command duckdb runs the queries of iacgate backtest --query duckdb.
//
//	duckdb [-threads N] [-sql] FOLDER PATTERNS
//	duckdb [-threads N] -csv < QUERY
//
// The first form counts the CloudTrail records in a folder that match filter patterns, all
// patterns in one query. PATTERNS is a file with a JSON object, {"name": "{ $.errorCode =
// \"AccessDenied*\" }"}. The answer is one, too: how many records there are, and how many
// match each pattern. The second form runs a query and prints CSV.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
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
	csv := flag.Bool("csv", false, "run the query on standard input and print CSV")
	flag.Parse()
	var err error
	switch {
	case *csv && flag.NArg() == 0:
		err = runQuery(*threads)
	case flag.NArg() == 2:
		err = run(flag.Arg(0), flag.Arg(1), *threads, *show)
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "duckdb:", err)
		os.Exit(1)
	}
}

func runQuery(threads int) error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	db, err := open(threads)
	if err != nil {
		return err
	}
	return errors.Join(db.writeCSV(os.Stdout, string(text)), db.Close())
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
	query, err := newQuery(folder, patterns)
	if err != nil {
		return err
	}
	if show {
		fmt.Print(query)
		return nil
	}
	start := time.Now()
	a, err := ask(query, threads)
	if err != nil {
		return err
	}
	a.Seconds = time.Since(start).Seconds()
	return json.NewEncoder(os.Stdout).Encode(a)
}

// ask adds up what a query counts minute by minute.
func ask(query string, threads int) (a answer, err error) {
	db, err := open(threads)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if a.DuckDB, err = db.version(); err != nil {
		return a, err
	}
	columns, rows, err := db.table(query)
	if err != nil {
		return a, err
	}
	a.Matches = map[string]int64{}
	for i, name := range columns[1:] { // behind the minute
		sum := int64(0)
		for _, row := range rows {
			n, err := strconv.ParseInt(row[i+1], 10, 64)
			if err != nil {
				return a, err
			}
			sum += n
		}
		if a.Matches[name] = sum; i == 0 {
			a.Records = sum
			delete(a.Matches, name)
		}
	}
	return a, nil
}
