package query

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
)

// Counts are what a query answered.
type Counts struct {
	Columns []string // without those of the minute and the total
	Rows    []Row    // in the order of their minutes; the others have no record
	// Timeless are records of which the query could not read the time.
	Timeless int64
	// FromGroup says that Logs Insights counted log events: at the time of the log event,
	// and by its own reading of fields.
	FromGroup bool
}

// A Row is one minute with a record.
type Row struct {
	Minute int64 // since 1970
	Total  int64
	Counts []int64 // of each column
}

// maxCounts bounds a result in bytes: a year of minutes with twenty columns has some
// 40 MB of CSV. JSON, which repeats the names in every row, has as much in a month.
const maxCounts = 64 << 20

// maxInsightsRows is how many rows Logs Insights gives at most, without saying that there
// are more.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatchlogs-query-quotas.html
const maxInsightsRows = 10_000

// ReadCounts reads the result of a query: CSV as DuckDB and Athena write it, JSON of
// duckdb -json, of aws athena get-query-results or of aws logs get-query-results. One that
// may be cut is refused.
func ReadCounts(in io.Reader) (*Counts, error) {
	raw, err := intake.All(in, maxCounts)
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	table, err := readTable(raw)
	if err != nil {
		return nil, err
	}
	return table.counts()
}

// A table is a result as text; lines are those of its rows, in CSV.
type table struct {
	header   []string
	rows     [][]string
	lines    []int
	insights bool
}

var errNoTable = errors.New("not the result of a query: CSV, or JSON of duckdb, aws athena get-query-results or aws logs get-query-results")

func readTable(raw []byte) (table, error) {
	switch start := bytes.TrimSpace(raw); {
	case len(start) == 0:
		return table{}, errors.New("it is empty")
	case start[0] == '[':
		return readObjects(raw)
	case start[0] == '{':
		return readAnswer(raw)
	}
	return readCSV(raw)
}

func readCSV(raw []byte) (t table, err error) {
	if raw[len(raw)-1] != '\n' {
		return t, diag.New("", "its last line has no end, so that it may be cut")
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.ReuseRecord = false
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return t, fmt.Errorf("not the CSV of a query: %w", err)
		}
		if t.header == nil {
			t.header = row
			continue
		}
		line, _ := r.FieldPos(0)
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
	return t, nil
}

// readObjects reads an array of objects, as duckdb -json prints it.
func readObjects(raw []byte) (t table, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if _, err := d.Token(); err != nil {
		return t, fmt.Errorf("%w: %w", errNoTable, err)
	}
	for d.More() {
		var object map[string]any
		if err := d.Decode(&object); err != nil {
			return t, fmt.Errorf("%w: %w", errNoTable, err)
		}
		if t.header == nil {
			t.header = slices.Sorted(maps.Keys(object))
		}
		row := make([]string, len(t.header))
		for j, key := range t.header {
			value, ok := object[key]
			if !ok || len(object) != len(t.header) {
				return t, fmt.Errorf("row %d has other columns than the first", len(t.rows)+1)
			}
			if value != nil {
				row[j] = fmt.Sprint(value)
			}
		}
		t.rows = append(t.rows, row)
	}
	if _, err := d.Token(); err != nil {
		return t, fmt.Errorf("%w: %w", errNoTable, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return t, errors.New("there is more after the result: it should hold one alone")
	}
	return t, nil
}

// readAnswer reads what the AWS CLI prints.
// https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
func readAnswer(raw []byte) (t table, err error) {
	var answer struct {
		NextToken string
		ResultSet *struct {
			Rows []struct {
				Data []struct{ VarCharValue string }
			}
		}
		Results *[][]struct{ Field, Value string } `json:"results"`
		Status  string                             `json:"status"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return t, fmt.Errorf("%w: %w", errNoTable, err)
	}
	switch {
	case answer.NextToken != "":
		return t, diag.New("", "it is one page of several: the answer has a token for the next one").
			WithHint("leave out --no-paginate and --max-items, or download the CSV of the result")
	case answer.ResultSet != nil:
		for i, r := range answer.ResultSet.Rows {
			var row []string
			for _, d := range r.Data {
				row = append(row, d.VarCharValue)
			}
			if i == 0 {
				t.header = row
				continue
			}
			t.rows = append(t.rows, row)
		}
		return t, nil
	case answer.Results != nil:
		if answer.Status != "Complete" {
			return t, fmt.Errorf("the status of the query is %q, so that minutes are missing: ask again when it is Complete", answer.Status)
		}
		t.insights = true
		return t, t.addResults(*answer.Results)
	}
	return t, errNoTable
}

// addResults adds rows of Logs Insights, which leave out what has no value.
func (t *table) addResults(results [][]struct{ Field, Value string }) error {
	number := map[string]int{}
	for _, r := range results {
		for _, f := range r {
			if _, ok := number[f.Field]; !ok && f.Field != "@ptr" {
				number[f.Field] = len(t.header)
				t.header = append(t.header, f.Field)
			}
		}
	}
	for i, r := range results {
		row := slices.Repeat([]string{"0"}, len(t.header))
		seen := map[string]bool{}
		for _, f := range r {
			if seen[f.Field] {
				return fmt.Errorf("row %d has %q twice", i+1, f.Field)
			}
			if seen[f.Field] = true; f.Field != "@ptr" {
				row[number[f.Field]] = f.Value
			}
		}
		t.rows = append(t.rows, row)
	}
	return nil
}

// The names of the columns that every result has. Logs Insights calls the minute by its
// function.
const (
	minuteColumn   = "minute"
	totalColumn    = "total"
	insightsMinute = "bin(1m)"
)

// counts reads the texts of a table as numbers.
func (t *table) counts() (*Counts, error) {
	c := &Counts{FromGroup: t.insights}
	minute, total := -1, -1
	var own []int
	for i, name := range t.header {
		switch {
		case slices.Index(t.header, name) != i, minute >= 0 && (name == minuteColumn || name == insightsMinute):
			return nil, fmt.Errorf("it has two columns %q", name)
		case name == minuteColumn:
			minute = i
		case name == insightsMinute:
			minute, c.FromGroup = i, true
		case name == totalColumn:
			total = i
		default:
			c.Columns, own = append(c.Columns, name), append(own, i)
		}
	}
	if minute < 0 || total < 0 {
		return nil, diag.New("", "it has no columns minute and total").WithHint("iacgate backtest --query writes the query whose result this should be, with its header")
	}
	if c.FromGroup && len(t.rows) == maxInsightsRows {
		return nil, diag.New("", "it has exactly 10,000 rows, which is as many as Logs Insights gives: it is cut").WithHint("ask for less than a week at a time")
	}
	for i, texts := range t.rows {
		if err := c.add(t, texts, minute, total, own); err != nil {
			return nil, t.at(i, err)
		}
	}
	slices.SortFunc(c.Rows, func(a, b Row) int { return int(a.Minute - b.Minute) })
	for i := range c.Rows {
		if i > 0 && c.Rows[i].Minute == c.Rows[i-1].Minute {
			return nil, fmt.Errorf("it has two rows of the minute %d", c.Rows[i].Minute*60)
		}
	}
	return c, nil
}

func (t *table) at(i int, err error) error {
	if t.lines != nil {
		return &diag.Diagnostic{Line: t.lines[i], Message: err.Error()}
	}
	return fmt.Errorf("row %d: %w", i+1, err)
}

func (c *Counts) add(t *table, texts []string, minute, total int, own []int) (err error) {
	if len(texts) != len(t.header) {
		return fmt.Errorf("it has %d values, and there are %d columns", len(texts), len(t.header))
	}
	row := Row{Counts: make([]int64, len(own))}
	if row.Total, err = readCount(totalColumn, texts[total]); err != nil {
		return err
	}
	for i, column := range own {
		if row.Counts[i], err = readCount(t.header[column], texts[column]); err != nil {
			return err
		}
		if row.Counts[i] > row.Total {
			return fmt.Errorf("%s is %d, more than the total of %d", t.header[column], row.Counts[i], row.Total)
		}
	}
	if isNull(texts[minute]) {
		c.Timeless += row.Total
		return nil
	}
	if row.Minute, err = readMinute(texts[minute], c.FromGroup); err != nil {
		return err
	}
	c.Rows = append(c.Rows, row)
	return nil
}

func isNull(text string) bool { return text == "" || strings.EqualFold(text, "null") }

// maxCount bounds one count, so that no sum of them overflows.
const maxCount = 1 << 40

func readCount(name, text string) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimSuffix(text, ".0"), 10, 64)
	if err != nil || n < 0 || n > maxCount {
		return 0, fmt.Errorf("%s is %s, not a count", name, excerpt(text))
	}
	return n, nil
}

// readMinute reads seconds, or of Logs Insights a time.
func readMinute(text string, insights bool) (int64, error) {
	seconds, err := strconv.ParseInt(text, 10, 64)
	if insights {
		var at time.Time
		at, err = time.Parse("2006-01-02 15:04:05.000", text)
		seconds = at.Unix()
	}
	// CloudTrail began in 2013; a time far away would make ages without records.
	const from, to = 1_356_998_400, 4_102_444_800 // the years 2013 to 2099
	switch {
	case err != nil || seconds < from || seconds >= to:
		return 0, fmt.Errorf("minute is %s, not seconds since 1970", excerpt(text))
	case seconds%60 != 0:
		return 0, fmt.Errorf("minute is %s, which is not the beginning of one", excerpt(text))
	}
	return seconds / 60, nil
}

// excerpt quotes the beginning of a text.
func excerpt(text string) string {
	const most = 30
	if len(text) > most {
		text = text[:most] + "..."
	}
	return strconv.Quote(text)
}
