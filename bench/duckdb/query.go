package main

import (
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	_ "github.com/duckdb/duckdb-go/v2" // registers itself

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/query"
)

// newQuery asks for the records in a folder that match each of some patterns, with the
// query that iacgate backtest --query duckdb writes. Duplicates count each: iacgate's
// bounds on the search for them are not DuckDB's.
func newQuery(folder string, patterns map[string]string) (string, error) {
	q := query.Query{KeepDuplicates: true}
	for _, name := range slices.Sorted(maps.Keys(patterns)) {
		p, err := filterpattern.Parse(patterns[name])
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		q.Columns = append(q.Columns, query.Column{Name: name, Title: name, All: []*filterpattern.Pattern{p}})
	}
	var err error
	if q.Files, err = query.NewFiles([]string{folder}); err != nil {
		return "", err
	}
	return q.Text(query.DuckDB)
}

// A database is DuckDB in memory.
type database struct{ *sql.DB }

func open(threads int) (database, error) {
	db, err := sql.Open("duckdb", fmt.Sprintf("?threads=%d", threads))
	return database{db}, err
}

func (db database) version() (v string, err error) {
	err = db.QueryRow("SELECT version()").Scan(&v)
	return v, err
}

// table runs a query and returns its columns and rows; NULL is an empty text.
func (db database) table(text string) (columns []string, rows [][]string, err error) {
	found, err := db.Query(text)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	if columns, err = found.Columns(); err != nil {
		return nil, nil, err
	}
	for found.Next() {
		row, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, nil, err
		}
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = v.String
		}
		rows = append(rows, texts)
	}
	return columns, rows, found.Err()
}

// writeCSV runs a query and writes its result as duckdb -csv does.
func (db database) writeCSV(w io.Writer, text string) error {
	columns, rows, err := db.table(text)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	return errors.Join(out.Write(columns), out.WriteAll(rows))
}
