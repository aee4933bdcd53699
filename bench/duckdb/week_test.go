package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the results in testdata/counts anew")

// TestWeek holds the committed results of iacgate's own queries over the made week, which
// the tests of the command replay.
func TestWeek(t *testing.T) {
	dir := t.TempDir()
	records, gate := filepath.Join(dir, "records"), filepath.Join(dir, "iacgate")
	if out, err := exec.Command("go", "build", "-C", "../..", "-o", gate, "./cmd/iacgate").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	writeLogFiles(t, "../../testdata/records/week.log.gz", records)
	db, err := open(2)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, args := range map[string][]string{
		"complete":           {"../../testdata/plans/complete/plan.json"},
		"loosens":            {"../../testdata/plans/loosens-the-pattern/plan.json"},
		"reference-patterns": {"--control", "all", "--since", "2026-11-04"},
	} {
		var text, got bytes.Buffer
		cmd := exec.Command(gate, append([]string{"backtest", "--query", "duckdb", "--events", records}, args...)...)
		cmd.Stdout, cmd.Stderr = &text, os.Stderr
		if err := cmd.Run(); err != nil {
			t.Fatal(err)
		}
		if err := db.writeCSV(&got, text.String()); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("../../testdata/counts", name+".csv")
		if *update {
			if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("%s is not the result of today's query: go test -C bench/duckdb -run Week -update .", file)
		}
	}
}

// writeLogFiles makes log files of an export of a log group: a time and a record a line.
// One record is delivered twice.
func writeLogFiles(t *testing.T, export, dir string) {
	t.Helper()
	f, err := os.Open(export)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		_, record, _ := strings.Cut(strings.TrimSpace(line), " ")
		all = append(all, record)
	}
	const half = 500
	for name, records := range map[string][]string{"a/first.json.gz": all[:half], "b/second.json.gz": all[half-1:], "CloudTrail-Digest/x.json.gz": nil} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		out := gzip.NewWriter(&b)
		if records == nil {
			io.WriteString(out, `{"digestStartTime":"2026-11-02T00:00:00Z"}`)
		} else {
			io.WriteString(out, `{"Records":[`+strings.Join(records, ",")+`]}`)
		}
		out.Close()
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNoLogFile: a file without records ends the query with its name.
func TestNoLogFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "plan.json"), []byte(`{"format_version":"1.2"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := newQuery(dir, map[string]string{"a": `{ $.a = 1 }`})
	if err != nil {
		t.Fatal(err)
	}
	db, err := open(2)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, _, err := db.table(text); err == nil || !strings.Contains(err.Error(), "plan.json is no log file of CloudTrail") {
		t.Errorf("error %v", err)
	}
}
