package main

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestSameBytes: the same seed writes the same files, another one others.
func TestSameBytes(t *testing.T) {
	first, again, other := written(t, 1), written(t, 1), written(t, 2)
	if len(first) != 5 {
		t.Fatalf("%d files, want 5", len(first))
	}
	for name, text := range first {
		if again[name] != text {
			t.Errorf("%s differs", name)
		}
		if other[name] == text {
			t.Errorf("%s is the same with another seed", name)
		}
	}
}

// TestRecords: names and contents are those of a trail, and no identifier is there twice.
func TestRecords(t *testing.T) {
	name := regexp.MustCompile(`^AWSLogs/(\d{12})/CloudTrail/([a-z0-9-]+)/2026/03/0\d/\d{12}_CloudTrail_[a-z0-9-]+_2026030\dT\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$`)
	seen := map[string]bool{}
	for file, text := range written(t, 1) {
		if !name.MatchString(file) {
			t.Errorf("file %s", file)
		}
		var content struct {
			Records []struct{ EventID, EventTime, EventName, RecipientAccountID string }
		}
		if err := json.Unmarshal([]byte(text), &content); err != nil {
			t.Fatal(err)
		}
		for _, r := range content.Records {
			if r.EventName == "" || r.EventTime == "" || seen[r.EventID] {
				t.Errorf("record %+v", r)
			}
			seen[r.EventID] = true
		}
	}
	if len(seen) != 503 {
		t.Errorf("%d records, want 503", len(seen))
	}
}

func written(t *testing.T, seed uint64) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := (trail{dir, 503, 5, seed}).write(); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = inflated(t, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func inflated(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var text json.RawMessage
	if err := json.NewDecoder(z).Decode(&text); err != nil {
		t.Fatal(err)
	}
	return string(text)
}
