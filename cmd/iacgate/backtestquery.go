package main

import (
	"io"
	"slices"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/query"
)

// queryFlags are the flags of queries and their results.
type queryFlags struct {
	flags  *pflag.FlagSet
	engine string
	ddl    string // --table-ddl
	counts string
}

func (q *queryFlags) register(f *pflag.FlagSet) {
	q.flags = f
	f.StringVar(&q.engine, "query", "", "print a query for `ENGINE` that counts the records, and run nothing: "+orList(query.Engines()))
	f.StringVar(&q.ddl, "table-ddl", "", "`FILE` with the CREATE TABLE statement of the table that Athena reads (default: AWS's documented one, cloudtrail_logs)")
	f.StringVar(&q.counts, "counts", "", "`FILE` with the result of a --query, instead of records")
}

// checkSource checks that there is one source of what is replayed, and that a query is not
// asked for what it does not do.
func (o backtestFlags) checkSource() error {
	q := o.query
	var given []string
	for _, source := range []string{"events", "metric", "counts"} {
		if q.flags.Changed(source) {
			given = append(given, "--"+source)
		}
	}
	switch {
	case q.ddl != "" && q.engine != string(query.Athena):
		return usagef("--table-ddl describes a table of Athena; give it with --query athena")
	case q.engine != "":
		return o.checkQuery(given)
	case len(given) == 0:
		return usagef("backtest needs records: --events with a folder or a file, such as the AWSLogs folder of the trail's bucket, or --metric, or --counts with the result of a --query")
	case len(given) > 1:
		return usagef("backtest takes one of --events, --metric and --counts, got %s", nearest.List(given))
	case o.clock != "" && q.counts != "":
		return usagef("--clock is for records: a query has counted by its own clock")
	}
	return nil
}

func (o backtestFlags) checkQuery(given []string) error {
	if !slices.Contains(query.Engines(), o.query.engine) {
		return usagef("no engine %q; known: %s", o.query.engine, nearest.List(query.Engines()))
	}
	for _, flag := range []string{"metric", "counts", "history", "clock", "max-per-week", "show", "redact", "output"} {
		if o.query.flags.Changed(flag) {
			return usagef("--query prints a query and replays nothing; give --%s with the run that has its result in --counts", flag)
		}
	}
	switch e := query.Engine(o.query.engine); {
	case e != query.DuckDB && len(given) > 0:
		return usagef("--query %s reads no files; leave out --events", e)
	}
	return nil
}

// usualFiles are the log files of a trail's bucket that was copied to the working directory.
const usualFiles = "AWSLogs/**/*.json.gz"

// writeQuery prints the query.
func (p *program) writeQuery(watches []backtest.Watch, o backtestFlags, options backtest.Options) (int, error) {
	engine := query.Engine(o.query.engine)
	q, err := backtest.Ask(watches, engine, options)
	if err != nil {
		return 0, err
	}
	if engine == query.DuckDB {
		events := o.events
		if len(events) == 0 {
			events = []string{usualFiles}
			q.Notes = append(q.Notes, usualFiles+" is a placeholder: name the log files with --events, a folder or a glob such as s3://BUCKET/AWSLogs/**/*.json.gz.")
		}
		if q.Files, err = query.NewFiles(events); err != nil {
			return 0, err
		}
	}
	if o.query.ddl != "" {
		err := p.withFile(o.query.ddl, func(in io.Reader) error {
			q.Table, err = query.ReadTable(in)
			return diag.At(o.query.ddl, err)
		})
		if err != nil {
			return 0, err
		}
	}
	text, err := q.Text(engine)
	if err != nil {
		return 0, err
	}
	_, err = io.WriteString(p.stdout, text)
	return 0, err
}
