package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/query"
)

// trino defines Trino's functions that Athena's queries use and DuckDB has not, or has with
// another meaning.
// https://trino.io/docs/current/functions/json.html
const trino = `
CREATE MACRO trino_json_extract(j, p) AS j -> p;
CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL ELSE j ->> p END;
CREATE MACRO json_format(j) AS CAST(j AS VARCHAR);
CREATE MACRO regexp_like(t, p) AS regexp_matches(t, p);
CREATE MACRO from_iso8601_timestamp(t) AS CAST(t AS TIMESTAMPTZ);
CREATE MACRO with_timezone(t, z) AS t;
CREATE MACRO to_unixtime(t) AS epoch(t);
CREATE MACRO element_at(c, i) AS c[i];
CREATE MACRO is_finite(x) AS isfinite(x);
`

// step is one of a path: Trino writes ["a"], DuckDB ."a".
var step = regexp.MustCompile(`\["([^"]*)"\]`)

// spelled are what the two dialects write differently, and no macro can change.
var spelled = strings.NewReplacer("AS array(json))", "AS JSON[])", "e -> ", "lambda e: ", "json_extract(", "trino_json_extract(", "cardinality(", "len(", "json_format(e)", "CAST(e AS VARCHAR)")

// inAthena is the query over a table with the records.
func (tr *trial) inAthena(t *testing.T, table *query.Table) (database, func(query.Query) string) {
	t.Helper()
	var rows bytes.Buffer
	for _, record := range tr.records {
		var object map[string]any
		d := json.NewDecoder(strings.NewReader(record))
		d.UseNumber()
		if err := d.Decode(&object); err != nil {
			t.Fatal(err)
		}
		row, err := json.Marshal(structure(object, table.Columns))
		if err != nil {
			t.Fatal(err)
		}
		rows.Write(append(row, '\n'))
	}
	file := filepath.Join(t.TempDir(), "rows.json")
	if err := os.WriteFile(file, rows.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	var columns, dates []string
	for _, c := range table.Columns {
		columns = append(columns, fmt.Sprintf("%q: '%s'", c.Name, duckType(c.Type)))
	}
	for _, p := range table.Partitions {
		dates = append(dates, fmt.Sprintf(", '2026/11/02' AS %q", p.Name))
	}
	db, err := open(2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, text := range []string{trino, fmt.Sprintf("CREATE TABLE %q AS SELECT *%s FROM read_json('%s', columns = {%s}, format = 'newline_delimited')",
		table.Name[len(table.Name)-1], strings.Join(dates, ""), file, strings.Join(columns, ", "))} {
		if _, err := db.Exec(text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	return db, func(q query.Query) string {
		q.Table, q.Since, q.Until = table, start, start.AddDate(0, 0, 7)
		keep(t, text(t, q, query.Athena))
		return step.ReplaceAllString(spelled.Replace(text(t, q, query.Athena)), `."$1"`)
	}
}

// keep writes a text to the folder that IACGATE_TEXTS names, for bench/queries.
func keep(t *testing.T, text string) {
	t.Helper()
	dir := os.Getenv("IACGATE_TEXTS")
	if dir == "" {
		return
	}
	name := fmt.Sprintf("%s-%x.sql", strings.ReplaceAll(t.Name(), "/", "-"), sha256.Sum256([]byte(text)))
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func duckType(of query.Type) string {
	switch of.Kind {
	case query.Struct:
		var members []string
		for _, f := range of.Fields {
			members = append(members, fmt.Sprintf("%q %s", f.Name, duckType(f.Type)))
		}
		return "STRUCT(" + strings.Join(members, ", ") + ")"
	case query.Array:
		return duckType(*of.Of) + "[]"
	case query.Map:
		return "MAP(VARCHAR, " + duckType(*of.Of) + ")"
	case query.Boolean:
		return "BOOLEAN"
	case query.Integer:
		return "BIGINT"
	case query.Timestamp:
		return "TIMESTAMP"
	}
	return "VARCHAR"
}

// structure is an object as a SerDe for JSON reads it: names in lower case, and in columns
// of strings the text of what is none.
func structure(object map[string]any, fields []query.Field) map[string]any {
	row := map[string]any{}
	for _, f := range fields {
		for name, value := range object {
			if strings.ToLower(name) == f.JSON {
				row[f.Name] = cell(value, f.Type)
			}
		}
	}
	return row
}

func cell(value any, of query.Type) any {
	switch value := value.(type) {
	case nil:
		return nil
	case map[string]any:
		if of.Kind == query.Struct {
			return structure(value, of.Fields)
		}
		if of.Kind == query.Map {
			out := map[string]any{}
			for k, v := range value {
				out[k] = cell(v, *of.Of)
			}
			return out
		}
	case []any:
		if of.Kind == query.Array {
			out := []any{}
			for _, v := range value {
				out = append(out, cell(v, *of.Of))
			}
			return out
		}
	case string:
		if of.Kind == query.Timestamp {
			return strings.TrimSuffix(value, "Z")
		}
		if of.Kind == query.String {
			return value
		}
	case bool:
		if of.Kind == query.Boolean {
			return value
		}
	}
	if of.Kind != query.String {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// other is a table that is made otherwise: JSON in strings, a Boolean, a time, a column
// with another name, no eventID.
const other = "CREATE EXTERNAL TABLE IF NOT EXISTS `logs`.`trail` (`eventTime` timestamp COMMENT 'from deserializer', `userIdentity` string, `errorCode` varchar(200),\n" +
	"`readOnly` boolean, `parameters` string, `resources` string)\n" +
	"ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('mapping.parameters' = 'requestParameters')\n" +
	"LOCATION 's3://bucket/prefix/'"

func tables(t *testing.T) map[string]*query.Table {
	t.Helper()
	read, err := query.ReadTable(strings.NewReader(other))
	if err != nil {
		t.Fatal(err)
	}
	read.Name = read.Name[1:] // DuckDB has no schema of that name here
	return map[string]*query.Table{"documented": query.Documented(), "other": read}
}

// TestAthena is TestAgreement for the text for Athena, in DuckDB with macros for the
// functions of Trino.
func TestAthena(t *testing.T) {
	t.Run("hostile", testHostileInAthena)
	for name, table := range tables(t) {
		t.Run("recorded/"+name, func(t *testing.T) { testRecordedInAthena(t, table) })
		t.Run("random/"+name, func(t *testing.T) { testRandomInAthena(t, table, wide(60, 400)) })
	}
}

// selector is the beginning of one.
var selector = regexp.MustCompile(`(^|[\s({|&])\$\.`)

// testRecordedInAthena asks what AWS was asked, below requestParameters.
func testRecordedInAthena(t *testing.T, table *query.Table) {
	var tr trial
	refused, of := []string{}, map[int]map[int]bool{}
	for _, c := range recorded(t) {
		if c.Error != "" || !strings.HasPrefix(c.Pattern, "{") {
			continue
		}
		p := parse(t, selector.ReplaceAllString(c.Pattern, "${1}$$.requestParameters."))
		if !canSay(p, query.Athena) {
			refused = append(refused, c.Pattern)
			continue
		}
		answers := map[int]bool{}
		for i, message := range c.Messages {
			var object map[string]any
			if json.Unmarshal([]byte(message), &object) == nil && object != nil {
				answers[tr.add(t, `{"requestParameters":`+message+`}`)] = slices.Contains(c.Match, i+1)
			}
		}
		of[len(tr.patterns)] = answers
		tr.patterns = append(tr.patterns, p)
	}
	db, text := tr.inAthena(t, table)
	got := tr.askIn(t, db, text)
	tr.compare(t, "Athena", got)
	asked := 0
	for i, answers := range of {
		for j, want := range answers {
			if asked++; got[i][j] != want {
				t.Errorf("%s on %s: %t, AWS %t", tr.patterns[i], tr.records[j], got[i][j], want)
			}
		}
	}
	t.Logf("%d answers of AWS the same; refused: %s", asked, strings.Join(refused, "  "))
	if asked < 200 {
		t.Errorf("%d answers of AWS", asked)
	}
}

// testRandomInAthena asks random patterns: $.a lies below requestParameters, $.b is a
// column of its own.
func testRandomInAthena(t *testing.T, table *query.Table, patterns int) {
	var tr trial
	texts := []string{"", "x", "y", "xy", "yx", "xx", "1", "1.0", "0", "z", "x_y", "x%y", "it's", `x\`}
	places := []string{"errorCode", "userIdentity.type", "userIdentity.sessionContext.sessionIssuer.userName", "resources[0].type"}
	g := filterpatterntest.Generator{Rand: rand.New(rand.NewSource(2))}
	for i, event := range filterpatterntest.World() {
		if i%7 != 0 || strings.Contains(fmt.Sprint(event["a"]), "1e309") {
			continue
		}
		record := map[string]any{"requestParameters": map[string]any{}}
		if a, ok := event["a"]; ok {
			record["requestParameters"] = map[string]any{"a": a}
		}
		pick := func() string { return texts[g.Intn(len(texts))] }
		if g.Intn(3) > 0 {
			record["errorCode"] = pick()
		}
		if g.Intn(3) > 0 {
			record["readOnly"] = g.Intn(2) == 0
		}
		if g.Intn(3) > 0 {
			record["userIdentity"] = map[string]any{"type": pick(), "sessionContext": map[string]any{"sessionIssuer": map[string]any{"userName": pick()}}}
		}
		if g.Intn(2) > 0 {
			record["resources"] = []any{map[string]any{"type": pick()}, map[string]any{"type": "y"}}
		}
		text, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		tr.add(t, string(text))
	}
	refused := 0
	for len(tr.patterns) < patterns {
		src := filterpatterntest.Closed(g.Pattern(false))
		src = strings.ReplaceAll(src, "$.a", "$.requestParameters.a")
		src = strings.ReplaceAll(src, "$.b", "$."+places[g.Intn(len(places))])
		if g.Intn(3) == 0 {
			src = strings.TrimSuffix(src, " }") + g.Pick(" && ", " || ") + g.Pick("$.readOnly IS TRUE", "$.readOnly IS FALSE", "$.readOnly NOT EXISTS", `$.errorCode != "*_y"`, `$.errorCode = "it's"`, `$.errorCode = "x\\"`) + " }"
		}
		p, err := filterpattern.Parse(src)
		if err != nil {
			continue
		}
		q := query.Query{Columns: []query.Column{{Name: "c", All: []*filterpattern.Pattern{p}}}, Table: table, Since: start, Until: start.AddDate(0, 0, 1)}
		if _, err := q.Text(query.Athena); err != nil {
			refused++
			continue
		}
		tr.patterns = append(tr.patterns, p)
	}
	db, text := tr.inAthena(t, table)
	tr.compare(t, "Athena", tr.askIn(t, db, text))
	t.Logf("%d patterns refused", refused)
}

// wide is how much is tried by default, and with IACGATE_WIDE=1.
func wide(usual, all int) int {
	if os.Getenv("IACGATE_WIDE") != "" {
		return all
	}
	return usual
}

// TestAthenaTimes: a time that cannot be read is in the row without a minute, and a record
// that is there twice counts once.
func TestAthenaTimes(t *testing.T) {
	tr := trial{records: []string{
		`{"eventTime":"2026-11-02T00:00:13Z","eventID":"1","errorCode":"x"}`, `{"eventTime":"2026-11-02T00:00:59Z","eventID":"1","errorCode":"x"}`,
		`{"eventTime":"2026-11-02T01:00:00+01:00","errorCode":"x"}`, `{"eventTime":"2026-11-02T00:00:01.5Z"}`, `{"eventTime":"soon"}`, `{}`, `{"eventTime":"2026-10-01T00:00:00Z"}`,
	}}
	q := query.Query{Columns: []query.Column{{Name: "c", All: []*filterpattern.Pattern{parse(t, `{ $.errorCode = "x" }`)}}}, Since: start, Until: start.AddDate(0, 0, 1)}
	want := [][]string{{"1793577600", "3", "2"}, {"", "2", "0"}}
	db, text := tr.inAthena(t, query.Documented())
	_, rows, err := db.table(text(q))
	if err != nil || !equal(rows, want) {
		t.Errorf("Athena: %q, %v", rows, err)
	}
	_, rows, err = db.table(tr.inDuckDB(t)(q))
	if err != nil || !equal(rows, want) {
		t.Errorf("DuckDB: %q, %v", rows, err)
	}
}

func equal(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal) }
