// Package query writes queries that count, minute by minute, the CloudTrail records that
// filter patterns match, for engines that have the records: DuckDB over log files, Athena
// over a table, Logs Insights and filter-log-events over a log group. It reads what they
// answer, too. It runs nothing.
//
// Every answer has the same columns: the minute (seconds since 1970, UTC), the number of
// all records in it, and one for each [Column]. What an engine cannot say is an error that
// names the selector, the operator or the column of the table.
package query

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
)

// An Engine runs queries.
type Engine string

// The engines.
const (
	DuckDB   Engine = "duckdb"
	Athena   Engine = "athena"
	Insights Engine = "insights"
	Logs     Engine = "logs"
)

var engines = []struct {
	name  Engine
	write func(Query) (string, error)
}{
	{DuckDB, duckdbText},
	{Athena, athenaText},
	{Insights, insightsText},
	{Logs, logsText},
}

// Engines returns the names of the engines.
func Engines() []string {
	var names []string
	for _, e := range engines {
		names = append(names, string(e.name))
	}
	return names
}

// ReadsGroup reports whether an engine asks a log group, which holds what the trails send
// there and nothing else.
func (e Engine) ReadsGroup() bool { return e == Insights || e == Logs }

// Text returns the query as text for an engine.
func (q Query) Text(e Engine) (string, error) {
	if len(q.Columns) == 0 {
		return "", diag.New("", "there is no filter to ask about")
	}
	for _, known := range engines {
		if known.name == e {
			if err := q.checkGroups(); e.ReadsGroup() && err != nil {
				return "", err
			}
			return known.write(q)
		}
	}
	return "", diag.New("", "no engine %q", e)
}

// within returns a condition of SQL on the minutes that are asked for; "" for all.
func (q Query) within(minute string) string {
	var all []string
	if !q.Since.IsZero() {
		all = append(all, fmt.Sprintf("%s >= %d", minute, q.Since.Unix()/60*60))
	}
	if !q.Until.IsZero() {
		all = append(all, fmt.Sprintf("%s < %d", minute, q.Until.Unix()))
	}
	return strings.Join(all, " AND ")
}
