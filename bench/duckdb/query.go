package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // registers itself
)

// A query counts all records and those that match each of some patterns.
type query struct {
	names []string
	text  string
}

func newQuery(folder string, patterns map[string]string) (query, error) {
	names := slices.Sorted(maps.Keys(patterns))
	var s statement
	counts := []string{"count(*)"}
	for _, name := range names {
		condition, err := s.pattern(patterns[name])
		if err != nil {
			return query{}, fmt.Errorf("%s: %w", name, err)
		}
		counts = append(counts, "count(*) FILTER (WHERE "+condition+")")
	}
	source, err := records(folder)
	return query{names, "SELECT " + strings.Join(counts, ",\n  ") + "\nFROM (" + s.fields(source) + ")"}, err
}

// records is the table of all records, one in each row.
func records(folder string) (string, error) {
	files, largest, err := logFiles(folder)
	if err != nil {
		return "", err
	}
	for i, file := range files {
		files[i] = quote(file)
	}
	return fmt.Sprintf("SELECT unnest(Records) AS r FROM read_json([%s], columns = {Records: 'JSON[]'}, format = 'unstructured', maximum_object_size = %d)",
		strings.Join(files, ","), largest), nil
}

// logFiles are the files with records below a folder, and the length of the longest as text:
// DuckDB's buffers grow with the limit that it is given.
func logFiles(folder string) (files []string, largest int64, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".json.gz") {
			return err
		}
		n, err := textLength(path)
		files, largest = append(files, path), max(largest, n)
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s: no .json and no .json.gz", folder)
	}
	return files, largest + 1, err
}

// textLength is that of a file's text. Compressed files end with it (RFC 1952, ISIZE).
func textLength(path string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !strings.HasSuffix(path, ".gz") {
		return info.Size(), nil
	}
	var b [4]byte
	_, err = f.ReadAt(b[:], info.Size()-4)
	return int64(b[0]) | int64(b[1])<<8 | int64(b[2])<<16 | int64(b[3])<<24, err
}

// ask runs the query in a database in memory.
func (q query) ask(threads int) (a answer, err error) {
	db, err := sql.Open("duckdb", fmt.Sprintf("?threads=%d", threads))
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.QueryRow("SELECT version()").Scan(&a.DuckDB); err != nil {
		return a, err
	}
	counts := make([]int64, len(q.names))
	into := []any{&a.Records}
	for i := range counts {
		into = append(into, &counts[i])
	}
	if err := db.QueryRow(q.text).Scan(into...); err != nil {
		return a, err
	}
	a.Matches = map[string]int64{}
	for i, name := range q.names {
		a.Matches[name] = counts[i]
	}
	return a, nil
}
