package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/query"
)

// A trial asks an engine about patterns and records, each record in a minute of its own,
// so that the counts of a minute are the answers of one record.
type trial struct {
	patterns []*filterpattern.Pattern
	records  []string // JSON objects with eventTime in front
}

// start is the minute of the first record.
var start = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

// add adds an object and returns the number of its record. What its text has else stays as
// it is.
func (tr *trial) add(t *testing.T, object string) int {
	t.Helper()
	object = strings.TrimSpace(object)
	front := fmt.Sprintf(`{"eventTime":%q`, start.Add(time.Duration(len(tr.records))*time.Minute).Format(time.RFC3339))
	if rest := strings.TrimSpace(object[1:]); rest != "}" {
		front += ","
	}
	tr.records = append(tr.records, front+object[1:])
	return len(tr.records) - 1
}

// columnsAtOnce is how many patterns one query asks about.
const columnsAtOnce = 40

// ask returns the engine's answers: whether a pattern matches a record.
func (tr *trial) ask(t *testing.T, text func(query.Query) string) [][]bool {
	t.Helper()
	db, err := open(2)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return tr.askIn(t, db, text)
}

func (tr *trial) askIn(t *testing.T, db database, text func(query.Query) string) [][]bool {
	t.Helper()
	out := make([][]bool, len(tr.patterns))
	for from := 0; from < len(tr.patterns); from += columnsAtOnce {
		to := min(from+columnsAtOnce, len(tr.patterns))
		var q query.Query
		for i, p := range tr.patterns[from:to] {
			q.Columns = append(q.Columns, query.Column{Name: fmt.Sprintf("c%d", from+i), Title: p.String(), All: []*filterpattern.Pattern{p}})
			out[from+i] = make([]bool, len(tr.records))
		}
		_, rows, err := db.table(text(q))
		if err != nil {
			t.Fatalf("%v\n%s", err, text(q))
		}
		if len(rows) != len(tr.records) {
			t.Fatalf("%d rows of %d records", len(rows), len(tr.records))
		}
		for record, row := range rows {
			if row[1] != "1" {
				t.Fatalf("total %s of %s", row[1], tr.records[record])
			}
			for i := range to - from {
				out[from+i][record] = row[i+2] == "1"
			}
		}
	}
	return out
}

// compare compares the answers with Match's.
func (tr *trial) compare(t *testing.T, engine string, got [][]bool) {
	t.Helper()
	wrong, yes := 0, 0
	for i, p := range tr.patterns {
		for j, record := range tr.records {
			want := p.Match([]byte(record))
			if want {
				yes++
			}
			if got[i][j] != want {
				if wrong++; wrong <= 20 {
					t.Errorf("%s on %s: %t, want %t", p, record, got[i][j], want)
				}
			}
		}
	}
	answers := len(tr.patterns) * len(tr.records)
	t.Logf("| %s | %s | %d | %d | %d | %d | %d |", engine, t.Name()[strings.Index(t.Name(), "/")+1:], len(tr.patterns), len(tr.records), answers, yes, wrong)
	if yes == 0 || yes == answers {
		t.Error("all answers are the same, so that they prove nothing")
	}
}

// inDuckDB is the query over a log file with the records.
func (tr *trial) inDuckDB(t *testing.T) func(query.Query) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "records.json")
	if err := os.WriteFile(file, []byte(`{"Records":[`+strings.Join(tr.records, ",\n")+`]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	return func(q query.Query) string {
		var err error
		if q.Files, err = query.NewFiles([]string{dir}); err != nil {
			t.Fatal(err)
		}
		return text(t, q, query.DuckDB)
	}
}

func text(t *testing.T, q query.Query, e query.Engine) string {
	t.Helper()
	text, err := q.Text(e)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// canSay reports whether an engine can say a pattern.
func canSay(p *filterpattern.Pattern, e query.Engine) bool {
	q := query.Query{
		Columns: []query.Column{{Name: "c", All: []*filterpattern.Pattern{p}}},
		Files:   query.Files{Globs: []string{"x"}}, Since: start, Until: start.AddDate(0, 0, 1),
	}
	_, err := q.Text(e)
	return err == nil
}

// TestAgreement compares the answers of the engines with those of Match, and, for what AWS
// answered, with AWS's.
func TestAgreement(t *testing.T) {
	t.Run("recorded", func(t *testing.T) { testRecorded(t) })
	t.Run("hostile", testHostile)
	t.Run("random", func(t *testing.T) { testRandom(t, wide(60, 500)) })
}

// testRecorded asks what AWS was asked: JSON patterns about objects.
func testRecorded(t *testing.T) {
	var tr trial
	refused, of := 0, map[int]map[int]bool{} // what AWS answered
	for _, c := range recorded(t) {
		if c.Error != "" || !strings.HasPrefix(c.Pattern, "{") {
			continue
		}
		p := parse(t, c.Pattern)
		if !canSay(p, query.DuckDB) {
			refused++
			t.Logf("refused: %s", p)
			continue
		}
		answers := map[int]bool{}
		for i, message := range c.Messages {
			var object map[string]any
			if json.Unmarshal([]byte(message), &object) == nil && object != nil {
				answers[tr.add(t, message)] = slices.Contains(c.Match, i+1)
			}
		}
		of[len(tr.patterns)] = answers
		tr.patterns = append(tr.patterns, p)
	}
	got := tr.ask(t, tr.inDuckDB(t))
	tr.compare(t, "DuckDB", got)
	asked := 0
	for i, answers := range of {
		for j, want := range answers {
			if strings.Contains(tr.patterns[i].String(), "$.*") {
				continue // sees eventTime, too
			}
			if asked++; got[i][j] != want {
				t.Errorf("%s on %s: %t, AWS %t", tr.patterns[i], tr.records[j], got[i][j], want)
			}
		}
	}
	t.Logf("%d answers of AWS the same, %d patterns refused", asked, refused)
	if asked < 200 || refused > 2 {
		t.Errorf("%d answers of AWS, %d patterns refused", asked, refused)
	}
}

// testRandom asks random patterns about a small world.
func testRandom(t *testing.T, patterns int) {
	var tr trial
	g := filterpatterntest.Generator{Rand: rand.New(rand.NewSource(1))}
	for len(tr.patterns) < patterns {
		p, err := filterpattern.Parse(filterpatterntest.Closed(g.Pattern(true)))
		if err == nil {
			tr.patterns = append(tr.patterns, p)
		}
	}
	for _, event := range filterpatterntest.World() {
		// A number beyond doubles is infinite in CloudWatch, and prints as its digits in DuckDB.
		if strings.Contains(fmt.Sprint(event), "1e309") {
			continue
		}
		text, err := json.Marshal(event)
		if err != nil {
			t.Fatal(err)
		}
		tr.add(t, string(text))
	}
	tr.compare(t, "DuckDB", tr.ask(t, tr.inDuckDB(t)))
}

func parse(t *testing.T, text string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

type recording struct {
	ID, Pattern, Error string
	Messages           []string
	Match              []int
}

func recorded(t *testing.T) []recording {
	t.Helper()
	data, err := os.ReadFile("../../internal/filterpattern/testdata/aws-answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Cases []recording }
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all.Cases
}
