package backtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/query"
	"github.com/iacgate/iacgate/internal/tally"
)

// A queried has the columns of a query for watches, and the counter of each.
type queried struct {
	*questions
	asked    []watchQuestions
	columns  []query.Column
	counters []int // by column
	notes    []string
}

// Ask returns the query about watches, without where the records are.
func Ask(watches []Watch, e query.Engine, o Options) (query.Query, error) {
	q, err := askQuery(watches, o, e.ReadsGroup())
	if err != nil {
		return query.Query{}, err
	}
	return query.Query{Columns: q.columns, Since: o.Since, Until: o.Until, Notes: q.notes}, nil
}

// RunCounts replays what a query counted.
func RunCounts(ctx context.Context, watches []Watch, file string, in io.Reader, o Options) (*Report, error) {
	counts, err := query.ReadCounts(in)
	if err != nil {
		return nil, diag.At(file, err)
	}
	q, err := askQuery(watches, o, counts.FromGroup)
	if err != nil {
		return nil, err
	}
	counted, err := q.tally(counts)
	if err != nil {
		return nil, diag.At(file, err)
	}
	r := newRun(o, counted)
	r.report.Data.Notes = notesOf(counts)
	return r.report, r.replayAll(ctx, watches, q.asked)
}

func notesOf(c *query.Counts) []string {
	notes := []string{"counted by a query, which does not return callers: no exclusion is proposed, and calls that only look like denials are not listed"}
	if c.FromGroup {
		notes = append(notes, "approximate: Logs Insights reads fields by rules of its own")
	}
	return notes
}

// askQuery collects what watches ask. A log group holds what its trails send there and
// nothing else.
func askQuery(watches []Watch, o Options, ofGroup bool) (*queried, error) {
	q := &queried{questions: newQuestions(o)}
	q.countsOnly, q.ofGroup = true, ofGroup
	for i := range watches {
		q.asked = append(q.asked, q.ask(&watches[i]))
	}
	if q.err != nil {
		return nil, q.err
	}
	for i := range watches {
		q.addColumns(&watches[i], q.asked[i])
	}
	if q.err != nil {
		return nil, q.err
	}
	if len(q.columns) == 0 {
		err := diag.New("", "no filter whose pattern is known is to be asked about")
		if len(q.notes) > 0 {
			err.Message += ": " + q.notes[0]
		}
		return nil, err
	}
	return q, nil
}

// addColumns adds the columns of a watch, each counter once.
func (q *queried) addColumns(w *Watch, asked watchQuestions) {
	when := ""
	if w.State == Before {
		when = " (before the plan)"
	}
	for i := range w.Monitors {
		m := &w.Monitors[i]
		if len(m.Filters) == 0 && m.Unknown != "" {
			q.notes = append(q.notes, "Not asked: "+m.Alarm+": "+m.Unknown)
		}
		for j, c := range asked.filters[m.Alarm] {
			title := m.Alarm + when
			if len(m.Filters) > 1 {
				title += " by " + m.Filters[j].Address
			}
			column := query.Column{Title: title, Group: m.Filters[j].Group, Unplaced: m.Filters[j].Address != "" && m.Filters[j].Group == ""}
			q.add(c.matches, m.Alarm, column)
			column.Title = title + ": records that it does not match"
			q.add(c.rest, "others_"+m.Alarm, column)
			column.Title = title + ": matches that its trail does not record"
			q.add(c.unfed, "unrecorded_"+m.Alarm, column)
		}
	}
	for i, c := range asked.controls {
		id := w.Controls[i].ID
		q.add(c.events, id, query.Column{Title: "the events of " + id + when})
		q.add(c.missed, "missed_"+id, query.Column{Title: "the events of " + id + " that no alarm counts" + when})
	}
}

// add adds the column of a counter, unless there is one or none is needed.
func (q *queried) add(counter int, name string, column query.Column) {
	if counter < 0 {
		return
	}
	if i := slices.Index(q.counters, counter); i >= 0 {
		q.share(&q.columns[i], column)
		return
	}
	c := q.question.Counters[counter]
	if len(c.All) == 0 || isEmpty(c) {
		return // follows from the others
	}
	q.counters = append(q.counters, counter)
	for _, i := range c.All {
		column.All = append(column.All, q.question.Patterns[i])
	}
	for _, i := range c.None {
		column.None = append(column.None, q.question.Patterns[i])
	}
	column.Name = columnName(name, column)
	q.columns = append(q.columns, column)
}

// share lets one column count for another, which is of the same log group, if of one.
func (q *queried) share(column *query.Column, other query.Column) {
	if q.ofGroup && !column.SameGroup(other) {
		q.err = diag.New("", "%s reads %s, and another alarm with the same pattern reads %s: their events are not told apart", other.Title, other.GroupText(), column.GroupText()).
			WithHint("ask for one control or one input at a time, or for all records with --query duckdb or athena")
	}
	if column.IsOfAny() {
		column.Group, column.Unplaced = other.Group, other.Unplaced
	}
}

// isEmpty reports whether a counter counts nothing, because a record would have to match
// a pattern and not match it.
func isEmpty(c tally.Counter) bool {
	return slices.ContainsFunc(c.All, func(i int) bool { return slices.Contains(c.None, i) })
}

// columnName makes a name of letters, digits and _ that says what is counted, and which
// changes with the patterns: a result of other patterns is recognised. The hash
// has 64 bits, because who writes a pattern could find one that shares a short hash with
// the pattern of the result, and would be judged by it.
func columnName(name string, c query.Column) string {
	const most = 50 // bytes, of names that people compare
	name = strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '_'
	}, name), "_")
	if len(name) > most {
		name = name[:most]
	}
	if name == "" || name[0] <= '9' {
		name = "filter_" + name
	}
	hash := sha256.New()
	for _, part := range [][]*filterpattern.Pattern{c.All, c.None} {
		var texts []string
		for _, p := range part {
			texts = append(texts, p.String())
		}
		slices.Sort(texts)
		fmt.Fprintf(hash, "%q\n", texts)
	}
	return name + "_" + hex.EncodeToString(hash.Sum(nil)[:8])
}

// tally sorts the columns of a result into the counters.
func (q *queried) tally(c *query.Counts) (*tally.Tally, error) {
	var names []string
	for _, column := range q.columns {
		names = append(names, column.Name)
	}
	if err := compareColumns(names, c.Columns); err != nil {
		return nil, err
	}
	var all tally.Series
	series := make([]tally.Series, len(q.question.Counters))
	outside := int64(0)
	for _, row := range c.Rows {
		if row.Total == 0 {
			continue
		}
		if row.Minute < q.question.Since || q.question.Until > 0 && row.Minute >= q.question.Until {
			outside += row.Total
			continue
		}
		all = append(all, tally.Minute{At: row.Minute, Count: row.Total})
		for i, name := range names {
			if n := row.Counts[slices.Index(c.Columns, name)]; n > 0 {
				to := &series[q.counters[i]]
				*to = append(*to, tally.Minute{At: row.Minute, Count: n})
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no minute with a record in it")
	}
	for i, counter := range q.question.Counters {
		if len(counter.All) == 0 {
			series[i] = others(all, series[q.counter(tally.Counter{All: slices.Clone(counter.None)})])
		}
	}
	question := q.question
	question.Clock = tally.EventClock
	if c.FromGroup {
		question.Clock = tally.LogClock
	}
	return tally.OfCounts(question, all, series, c.Timeless, outside), nil
}

// others returns the records of a series that are not of a part of it.
func others(all, part tally.Series) (out tally.Series) {
	for _, m := range all {
		if len(part) > 0 && part[0].At == m.At {
			m.Count -= part[0].Count
			part = part[1:]
		}
		if m.Count > 0 {
			out = append(out, m)
		}
	}
	return out
}

// compareColumns names the columns that are missing or that nobody asked for.
func compareColumns(asked, got []string) error {
	missing := slices.DeleteFunc(slices.Clone(asked), func(name string) bool { return slices.Contains(got, name) })
	unknown := slices.DeleteFunc(slices.Clone(got), func(name string) bool { return slices.Contains(asked, name) })
	const cure = "columns are named after their patterns: ask again with --query, with the same arguments as here"
	switch {
	case len(missing) > 0 && len(unknown) > 0:
		return diag.New("", "it has no column %s, but %s", missing[0], unknown[0]).WithHint("%s", cure)
	case len(missing) > 0:
		return diag.New("", "it has no column %s", missing[0]).WithHint("%s", cure)
	case len(unknown) > 0:
		return diag.New("", "its column %s is of no filter that is asked about", unknown[0]).WithHint("%s", cure)
	}
	return nil
}
