package query

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
)

var update = flag.Bool("update", false, "write the golden files")

func parse(t testing.TB, text string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

// of asks for one pattern over a week.
func of(t testing.TB, pattern string) Query {
	t.Helper()
	return Query{
		Columns: []Column{{Name: "denied", Title: "alarm", All: []*filterpattern.Pattern{parse(t, pattern)}}},
		Since:   time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 11, 8, 0, 0, 30, 0, time.UTC),
		Files: Files{Globs: []string{"s3://bucket/**/*.json.gz"}},
	}
}

// rich has every kind of condition that an engine says, and texts that would end a string.
func rich(t testing.TB, e Engine) Query {
	q := of(t, `{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }`)
	add := func(name string, patterns ...string) {
		c := Column{Name: name, Title: "filter " + name, Group: "/its/trail#1"}
		for _, p := range patterns {
			if none, ok := strings.CutPrefix(p, "not "); ok {
				c.None = append(c.None, parse(t, none))
				continue
			}
			c.All = append(c.All, parse(t, p))
		}
		q.Columns = append(q.Columns, c)
	}
	q.Notes = []string{"Not asked: an alarm\nDROP TABLE x: of a pattern that is sensitive"}
	add("quotes", `{ $.errorMessage = "it's 100%_\\x\"*end" }`)
	add("missed", `{ $.eventSource = "iam.amazonaws.com" }`, `not { $.errorCode = "AccessDenied*" }`, `not { $.eventName != "Get*" }`)
	add("regexps", `{ $.sourceIPAddress = %^10\.[0-9]+/% || $.userAgent != %a b$% }`)
	add("identity", `{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.sessionContext.sessionIssuer.userName = "a*b" }`)
	add("below", `{ $.requestParameters.items[0].name = "x" && $.additionalEventData.MFAUsed != "Yes" && $.requestParameters.count >= 5 && $.requestParameters.n = 1.50 }`)
	if e == DuckDB {
		add("any", `{ $.resources[*].type != "AWS::S3::Bucket" || $.requestParameters.* IS NULL || $.a.['b c'] IS TRUE }`)
	}
	if e == DuckDB || e == Athena {
		add("kinds", `{ $.readOnly IS FALSE && $.requestParameters.x IS NULL && $.responseElements.y IS TRUE }`)
	}
	if e == Logs {
		add("text", `?ERROR "it's"`)
	}
	return q
}

// TestGolden holds the texts for the engines. Made anew with -update; bench/queries has a
// grammar read those for Athena, and runs others.
func TestGolden(t *testing.T) {
	other, err := os.Open(filepath.Join("testdata", "other.ddl"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	table, err := ReadTable(other)
	if err != nil {
		t.Fatal(err)
	}
	for name, e := range map[string]Engine{"duckdb.sql": DuckDB, "athena.sql": Athena, "athena-other.sql": Athena, "insights.txt": Insights, "logs.sh": Logs} {
		q := rich(t, e)
		if strings.Contains(name, "other") {
			q.Table = table
			q.Columns = q.Columns[:2]
		}
		got, err := q.Text(e)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

// TestRefusals: what an engine cannot say is named, with what can say it.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		engine        Engine
		pattern, want string
	}{
		{DuckDB, `ERROR`, "alarm: ERROR is no JSON pattern"},
		{DuckDB, `[a, b]`, "is no JSON pattern"},
		{DuckDB, `{ $.['a"b'] = 1 }`, `have no quotes`},
		{Athena, `ERROR`, "is no JSON pattern"},
		{Athena, `{ $.requestParameters[*] = 1 }`, "$.requestParameters[*] = 1: a wildcard has no column"},
		{Athena, `{ $.responseElements IS NULL }`, "$.responseElements IS NULL: the column responseelements does not tell null from absent"},
		{Athena, `{ $.responseElements NOT EXISTS }`, "the column responseelements does not tell absent from null"},
		{Athena, `{ $.requestParameters = "x" }`, "the column requestparameters holds JSON"},
		{Athena, `{ $.errorCode IS NULL }`, "the column errorcode does not tell null"},
		{Athena, `{ $.errorCode IS TRUE }`, "the column errorcode is a string"},
		{Athena, `{ $.errorCode > 5 }`, "the column errorcode is a string"},
		{Athena, `{ $.readOnly = "true" }`, "readOnly holds true or false"},
		{Athena, `{ $.managementEvent IS TRUE }`, "the table cloudtrail_logs has no column managementevent"},
		{Athena, `{ $.userIdentity.credentialId = "x" }`, "the column useridentity has no member credentialid"},
		{Athena, `{ $.eventname = "x" }`, "CloudTrail spells the field eventName"},
		{Athena, `{ $.userIdentity.sessionContext.attributes.mfaauthenticated = "x" }`, "CloudTrail spells the field userIdentity.sessionContext.attributes.mfaAuthenticated"},
		{Athena, `{ $.requestParameters.['0'] = "x" }`, "no path into the JSON of the column requestparameters"},
		{Athena, `{ $.* = "x" }`, "a wildcard"},
		{Insights, `{ $.readOnly IS TRUE }`, "$.readOnly IS TRUE: Logs Insights does not tell TRUE from a text"},
		{Insights, `{ $.a IS NULL }`, "does not tell NULL"},
		{Insights, `{ $.a[*] = 1 }`, "Logs Insights has no wildcard"},
		{Insights, `{ $.['a.b'] = 1 }`, "cannot name that field"},
		{Insights, `[a, b]`, "is no JSON pattern"},
	} {
		_, err := of(t, c.pattern).Text(c.engine)
		var d *diag.Diagnostic
		if err == nil || !strings.Contains(err.Error(), c.want) || !errors.As(err, &d) {
			t.Errorf("%s, %s: error %v, want %q", c.engine, c.pattern, err, c.want)
		}
	}
}

// TestBounds: queries that cannot be answered whole are refused.
func TestBounds(t *testing.T) {
	for want, change := range map[string]func(*Query) Engine{
		"there are 11520 minutes":                 func(q *Query) Engine { q.Until = q.Since.AddDate(0, 0, 8); return Insights },
		"there is no filter":                      func(q *Query) Engine { q.Columns = nil; return DuckDB },
		"it is not known where the log files are": func(q *Query) Engine { q.Files = Files{}; return DuckDB },
		"no engine":                               func(*Query) Engine { return "spark" },
		"no column is one filter pattern":         func(q *Query) Engine { q.Columns[0].None = q.Columns[0].All; return Logs },
		"read several log groups (a, b)": func(q *Query) Engine {
			q.Columns = append(q.Columns, q.Columns[0])
			q.Columns[0].Group, q.Columns[1].Group = "a", "b"
			return Insights
		},
		"x reads a log group that is not known, and one query of Logs Insights would count it in /its/trail#1": func(q *Query) Engine {
			q.Columns = append(q.Columns, Column{Title: "x", All: q.Columns[0].All, Unplaced: true})
			q.Columns[0].Group = "/its/trail#1"
			return Insights
		},
		"characters, and Logs Insights admits 10000": func(q *Query) Engine { q.Columns[0].Title = strings.Repeat("x", 10_000); return Insights },
	} {
		q := of(t, `{ $.errorCode = "x" }`)
		_, err := q.Text(change(&q))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// TestGroupsOfCommands: a filter is asked in its own log group, and in no other if that is not
// known; what is of any group is asked in the only one.
func TestGroupsOfCommands(t *testing.T) {
	const known = "--log-group-name='/its/trail#1'"
	q := of(t, `{ $.errorCode = "x" }`)
	q.Columns[0].Group = "/its/trail#1"
	q.Columns = append(q.Columns, Column{Name: "any", All: q.Columns[0].All}, Column{Name: "unplaced", All: q.Columns[0].All, Unplaced: true})
	text, err := q.Text(Logs)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(text, known) != 2 || strings.Count(text, "--log-group-name="+groupPlaceholder) != 1 || !strings.Contains(text, "LOG_GROUP is the log group to ask") {
		t.Error(text)
	}
}

// TestControls: every engine but Logs Insights says the reference patterns of all controls.
func TestControls(t *testing.T) {
	unsaid := map[Engine]int{}
	controls := filterpatterntest.Controls(t, filepath.Join("..", "filterpattern", "testdata", "controls.json"))
	for id, patterns := range controls {
		for _, e := range []Engine{DuckDB, Athena, Insights, Logs} {
			if _, err := of(t, patterns[0]).Text(e); err != nil {
				unsaid[e]++
				t.Logf("%s, %s: %v", id, e, err)
			}
		}
	}
	if diff := cmp.Diff(map[Engine]int{}, unsaid); diff != "" {
		t.Error(diff)
	}
}

// TestHeads: nothing of an input ends a comment.
func TestHeads(t *testing.T) {
	for _, e := range Engines() {
		q := of(t, `{ $.errorCode = "x" }`)
		q.Columns[0].Title = "a\nDROP TABLE x\r\u2028; \u202e rm"
		q.Notes = []string{"b\n$(rm)"}
		text, err := q.Text(Engine(e))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "DROP") || strings.HasPrefix(line, "$(") || strings.ContainsAny(line, "\r\u2028\u202e") {
				t.Errorf("%s: %q", e, line)
			}
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	json := write("a[1]/b/x.json", "{}...")
	write("a[1]/c/y.json.gz", "compressed\x07\x01\x00\x00")
	write("none/readme.md", "")
	short := write("short/z.json.gz", "1")
	base := filepath.ToSlash(dir)
	for _, c := range []struct {
		paths []string
		want  Files
	}{
		{[]string{filepath.Join(dir, "a[1]")}, Files{Globs: []string{base + "/a[[]1]/**/*.json.gz", base + "/a[[]1]/**/*.json"}, Longest: 263}},
		{[]string{json}, Files{Globs: []string{base + "/a[[]1]/b/x.json"}, Longest: 5}},
		{[]string{json, "s3://b/*.json"}, Files{Globs: []string{base + "/a[[]1]/b/x.json", "s3://b/*.json"}}},
	} {
		got, err := NewFiles(c.paths)
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%q: %v %s", c.paths, err, diff)
		}
	}
	for path, want := range map[string]string{
		"-": "reads files", filepath.Join(dir, "absent"): "no such file", filepath.Join(dir, "none"): "no file in it ends in .json.gz",
		short: "too short for gzip", filepath.Dir(short): "too short for gzip",
	} {
		if _, err := NewFiles([]string{path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
	}
}
