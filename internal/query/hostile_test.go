package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNumbersBeyondIntegers: where an integer type would overflow, a comparison would be
// NULL, and so false.
func TestNumbersBeyondIntegers(t *testing.T) {
	for _, e := range []Engine{DuckDB, Athena} {
		for number, want := range map[string]bool{
			"5": true, "-9223372036854775808": true,
			strings.Repeat("9", 37): true, strings.Repeat("9", 40): false, "-" + strings.Repeat("9", 44): false, "5.0": false,
		} {
			text, err := of(t, "{ $.requestParameters.x < "+number+" }").Text(e)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(text, "HUGEINT) <") || strings.Contains(text, "AS decimal(38,0)) <"); got != want {
				t.Errorf("%s compares with %s as an integer: %t", e, number, got)
			}
		}
		for _, number := range []string{"1e-400", "-0.1e-330"} {
			_, err := of(t, "{ $.requestParameters.x > "+number+" }").Text(e)
			if err == nil || !strings.Contains(err.Error(), "so small that SQL takes it for 0") {
				t.Errorf("%s, %s: error %v", e, number, err)
			}
		}
		if _, err := of(t, "{ $.requestParameters.x > 0.0e-400 }").Text(e); err != nil {
			t.Errorf("%s, a zero: %v", e, err)
		}
	}
}

// TestFilesAreNoGlobs: DuckDB would read another file, or several.
func TestFilesAreNoGlobs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a[1].json")
	if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := NewFiles([]string{file})
	if err != nil || len(got.Globs) != 1 || !strings.HasSuffix(got.Globs[0], "/a[[]1].json") {
		t.Errorf("%v, %q", err, got.Globs)
	}
}

// TestOtherFiles: the query says which files of a folder it does not read.
func TestOtherFiles(t *testing.T) {
	dir := t.TempDir()
	for i, want := range []string{"", "NOT READ: " + filepath.Join(dir, "b.gz") + ", which does not end in", "NOT READ: 2 files that do not end in"} {
		name := []string{"a.json", "b.gz", "c.JSON"}[i]
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}..."), 0o644); err != nil {
			t.Fatal(err)
		}
		q := of(t, `{ $.a = 1 }`)
		var err error
		if q.Files, err = NewFiles([]string{dir}); err != nil {
			t.Fatal(err)
		}
		text, err := q.Text(DuckDB)
		if err != nil || !strings.Contains(text, want) || strings.Contains(text, "NOT READ") != (want != "") {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}

// TestOptionsOfCommands: a pattern may begin with a dash, which the AWS CLI would take for an
// option.
func TestOptionsOfCommands(t *testing.T) {
	text, err := of(t, `-ERROR`).Text(Logs)
	if err != nil || !strings.Contains(text, "--filter-pattern='-ERROR'") {
		t.Errorf("%v\n%s", err, text)
	}
}

// TestDateFormats: a condition on a partition compares texts, so that the parts of a date have
// to come in order and without a gap.
func TestDateFormats(t *testing.T) {
	for format, want := range map[string]string{
		"yyyy/MM/dd": "2006/01/02", "yyyy-MM": "2006-01", "yyyy": "2006", "yyyyMMddHH": "2006010215", "yyyy/MM/dd/HH": "2006/01/02/15",
		"": "", "yyyy/dd": "", "yyyy/MM/HH": "", "dd/MM/yyyy": "", "MM/dd": "", "yyyy/MM/dd HH": "", "yyyy/yyyy": "",
	} {
		if got := javaFormat(format); got != want {
			t.Errorf("%q is %q, want %q", format, got, want)
		}
	}
}

// TestGroupsAreNames: what the input calls a log group becomes an argument of a command.
func TestGroupsAreNames(t *testing.T) {
	q := of(t, `{ $.a = 1 }`)
	for _, e := range []Engine{Logs, Insights} {
		for group, good := range map[string]bool{
			"/aws/cloud-trail_1.x#y": true, "": true,
			"file:///etc/passwd": false, "a b": false, "a'b": false, "a\nb": false, "$(id)": false, strings.Repeat("a", 513): false,
		} {
			q.Columns[0].Group = group
			if _, err := q.Text(e); (err == nil) != good {
				t.Errorf("%s, %q: error %v", e, group, err)
			}
		}
	}
	q.Files.Globs = []string{"x"}
	if _, err := q.Text(DuckDB); err != nil {
		t.Errorf("no question to a log group: %v", err)
	}
}
