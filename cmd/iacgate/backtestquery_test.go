package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCountsOfTheWeek: what DuckDB has counted in the made week (bench/duckdb, TestWeek)
// gives the figures of its records by the clock of the event.
func TestCountsOfTheWeek(t *testing.T) {
	data := filepath.Join("..", "..", "testdata")
	for file, args := range map[string][]string{
		"complete":           {filepath.Join(data, "plans", "complete", "plan.json")},
		"loosens":            {filepath.Join(data, "plans", "loosens-the-pattern", "plan.json")},
		"reference-patterns": {"--control", "all", "--since", "2026-11-04"},
	} {
		want := figuresOf(t, append(slices.Clone(args), "--events", filepath.Join(data, "records"), "--clock", "event")...)
		got := figuresOf(t, append(slices.Clone(args), "--counts", filepath.Join(data, "counts", file+".csv"))...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

// figuresOf is a report without what counts do not tell.
func figuresOf(t *testing.T, args ...string) map[string]any {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), append([]string{"backtest", "-o", "json"}, args...), nil, &out, &errs); code != 0 {
		t.Fatalf("%q: %d %s", args, code, errs.String())
	}
	var r map[string]any
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	about := r["data"].(map[string]any)
	for _, key := range []string{"reads", "outside", "notes", "regions"} {
		delete(about, key)
	}
	if about["records"].(float64) == 0 {
		t.Errorf("%q: no records", args)
	}
	deleteKeys(r, "because_of", "groups", "matches_of_other_groups", "exclusions", "lost_because_of", "kept_because_of", "perhaps_missed")
	return r
}

// deleteKeys deletes keys everywhere.
func deleteKeys(v any, keys ...string) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range keys {
			delete(v, key)
		}
		for _, child := range v {
			deleteKeys(child, keys...)
		}
	case []any:
		for _, child := range v {
			deleteKeys(child, keys...)
		}
	}
}
