package query

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	first  = 1793577600 / 60
	second = first + 1
)

// TestReadCounts: the forms of one result say the same.
func TestReadCounts(t *testing.T) {
	want := &Counts{Columns: []string{"a", "b"}, Rows: []Row{{first, 3, []int64{0, 2}}, {second, 1, []int64{1, 0}}}, Timeless: 4}
	for name, text := range map[string]string{
		"duckdb -csv":  "minute,total,a,b\n1793577660,1,1,0\n1793577600,3,0,2\n,4,0,1\n",
		"athena":       "\"minute\",\"total\",\"a\",\"b\"\n\"1793577600\",\"3\",\"0\",\"2\"\n\"1793577660\",\"1\",\"1\",\"0\"\n,\"4\",\"0\",\"1\"\n",
		"windows":      "\ufeffminute,total,a,b\r\n1793577600,3,0,2\r\n1793577660,1,1,0\r\nNULL,4,0,1\r\n",
		"duckdb -json": `[{"minute":1793577600,"total":3,"a":0,"b":2},` + "\n" + `{"minute":1793577660,"total":1,"a":1,"b":0},{"minute":null,"total":4,"a":0,"b":1}]`,
		"get-query-results": `{"UpdateCount":0,"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"minute"},{"VarCharValue":"total"},{"VarCharValue":"a"},{"VarCharValue":"b"}]},
			{"Data":[{"VarCharValue":"1793577600"},{"VarCharValue":"3"},{"VarCharValue":"0"},{"VarCharValue":"2"}]},
			{"Data":[{"VarCharValue":"1793577660"},{"VarCharValue":"1"},{"VarCharValue":"1"},{"VarCharValue":"0"}]},
			{"Data":[{},{"VarCharValue":"4"},{"VarCharValue":"0"},{"VarCharValue":"1"}]}],"ResultSetMetadata":{"ColumnInfo":[]}}}`,
	} {
		got, err := ReadCounts(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sortColumns(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	insights := `{"results":[[{"field":"bin(1m)","value":"2026-11-02 00:00:00.000"},{"field":"total","value":"3"},{"field":"b","value":"2.0"}],
		[{"field":"bin(1m)","value":"2026-11-02 00:01:00.000"},{"field":"total","value":"1"},{"field":"a","value":"1"},{"field":"b","value":"0"}]],"status":"Complete"}`
	got, err := ReadCounts(strings.NewReader(insights))
	if err != nil {
		t.Fatal(err)
	}
	sortColumns(got)
	want.Timeless, want.FromGroup = 0, true
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func sortColumns(c *Counts) {
	if len(c.Columns) == 2 && c.Columns[0] == "b" {
		slices.Reverse(c.Columns)
		for _, r := range c.Rows {
			slices.Reverse(r.Counts)
		}
	}
}

// TestReadCountsRefuses: what is cut, or is no result, is refused.
func TestReadCountsRefuses(t *testing.T) {
	insights := func(n int, status string) string {
		var rows []string
		for i := range n {
			rows = append(rows, fmt.Sprintf(`[{"field":"bin(1m)","value":"2026-11-%02d %02d:%02d:00.000"},{"field":"total","value":"1"}]`, 1+i/1440, i/60%24, i%60))
		}
		return `{"results":[` + strings.Join(rows, ",") + `],"status":"` + status + `"}`
	}
	if _, err := ReadCounts(strings.NewReader(insights(9_999, "Complete"))); err != nil {
		t.Errorf("9,999 rows: %v", err)
	}
	for text, want := range map[string]string{
		"":                             "it is empty",
		" \n":                          "it is empty",
		"minute,total,a\n1793577600,3": "its last line has no end, so that it may be cut",
		`{"NextToken":"x","ResultSet":{"Rows":[]}}`:       "one page of several",
		insights(10_000, "Complete"):                      "exactly 10,000 rows",
		insights(1, "Running"):                            `the status of the query is "Running"`,
		`{"Records":[]}`:                                  "not the result of a query",
		`{`:                                               "not the result of a query",
		`[{"minute":1},{"minute":1}`:                      "not the result of a query",
		`[{"minute":1793577600,"total":1}] x`:             "more after the result",
		`[{"minute":1793577600,"total":1},{"minute":1}]`:  "row 2 has other columns",
		"a,b\n1,2\n":                                      "no columns minute and total",
		"minute,total,total\n1,2,2\n":                     `two columns "total"`,
		"minute,bin(1m),total\n1,1,1\n":                   `two columns "bin(1m)"`,
		"minute,total\n1793577600,1\n1793577600,1\n":      "two rows of the minute 1793577600",
		"minute,total\n1793577601,1\n":                    "line 2: minute is \"1793577601\", which is not the beginning of one",
		"minute,total\n60,1\n":                            "not seconds since 1970",
		"minute,total\n1793577600000,1\n":                 "not seconds since 1970",
		"minute,total\n2026-11-02,1\n":                    "not seconds since 1970",
		"minute,total\n1793577600,-1\n":                   `total is "-1", not a count`,
		"minute,total\n1793577600,99999999999999999999\n": "not a count",
		"minute,total,a\n1793577600,1,2\n":                "a is 2, more than the total of 1",
		"minute,total,a\n1793577600,1,x\n":                `a is "x", not a count`,
		"minute,total,a\n1793577600,1\n":                  "wrong number of fields",
		"minute,total\n\"1793577600,1\n":                  "not the CSV of a query",
		`{"results":[[{"field":"a","value":"1"},{"field":"a","value":"1"}]],"status":"Complete"}`:                                         `has "a" twice`,
		`{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"minute"},{"VarCharValue":"total"}]},{"Data":[{"VarCharValue":"1793577600"}]}]}}`: "row 1: it has 1 values, and there are 2 columns",
	} {
		if _, err := ReadCounts(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80q: error %v, want %q", text, err, want)
		}
	}
	if _, err := ReadCounts(failing{}); err == nil {
		t.Error("no error of the reader")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken") }

// FuzzReadCounts: what is read adds up, minute by minute in order.
func FuzzReadCounts(f *testing.F) {
	for _, seed := range []string{
		"minute,total,a\n1793577600,3,1\n,2,0\n", `[{"minute":1793577600,"total":3,"a":1}]`,
		`{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"minute"},{"VarCharValue":"total"}]},{"Data":[{"VarCharValue":"1793577600"},{"VarCharValue":"1"}]}]}}`,
		`{"results":[[{"field":"bin(1m)","value":"2026-11-02 00:00:00.000"},{"field":"total","value":"3"}]],"status":"Complete"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := ReadCounts(strings.NewReader(string(raw)))
		if err != nil {
			return
		}
		last := int64(0)
		for _, r := range c.Rows {
			if r.Minute <= last || r.Total < 0 || len(r.Counts) != len(c.Columns) {
				t.Fatalf("%q: %+v", raw, c)
			}
			last = r.Minute
			for _, n := range r.Counts {
				if n < 0 || n > r.Total {
					t.Fatalf("%q: %+v", raw, c)
				}
			}
		}
	})
}
