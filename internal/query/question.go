package query

import (
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A Query counts records by minute and column.
type Query struct {
	Columns      []Column
	Since, Until time.Time // zero for no bound; Until is exclusive
	// Notes are said in the head of the text, such as what is not asked for.
	Notes []string

	Files Files  // for DuckDB
	Table *Table // for Athena; nil for the table of AWS's documentation
	// KeepDuplicates counts records with the same eventID each, where the engine could
	// leave them out: for measurements.
	KeepDuplicates bool
}

// A Column counts the records that all of some patterns match and none of others.
type Column struct {
	Name  string
	Title string // what it is, for people
	All   []*filterpattern.Pattern
	None  []*filterpattern.Pattern
	Group string // the log group of its records; "" for any
	// Unplaced: they are of one log group, which is not known.
	Unplaced bool
}

// SameGroup reports whether the records of two columns are of one log group, as far as
// both are of one.
func (c Column) SameGroup(o Column) bool {
	return c.IsOfAny() || o.IsOfAny() || c.Group == o.Group
}

// IsOfAny reports whether the records of a column may be of any log group.
func (c Column) IsOfAny() bool { return c.Group == "" && !c.Unplaced }

// GroupText names the log group, for people.
func (c Column) GroupText() string {
	if c.Unplaced {
		return "a log group that is not known"
	}
	return "the log group " + c.Group
}

// patterns returns the patterns of all columns, each once. Patterns with one text match
// alike.
func (q Query) patterns() (all []*filterpattern.Pattern) {
	for _, c := range q.Columns {
		for _, p := range slices.Concat(c.All, c.None) {
			if indexOf(all, p) < 0 {
				all = append(all, p)
			}
		}
	}
	return all
}

func indexOf(all []*filterpattern.Pattern, p *filterpattern.Pattern) int {
	return slices.IndexFunc(all, func(other *filterpattern.Pattern) bool { return other.String() == p.String() })
}

// titleOf returns what a pattern is asked for.
func (q Query) titleOf(p *filterpattern.Pattern) string {
	for _, c := range q.Columns {
		if indexOf(c.All, p) >= 0 || indexOf(c.None, p) >= 0 {
			return c.Title
		}
	}
	return ""
}

// groups returns the log groups of the columns that are known.
func (q Query) groups() (names []string) {
	for _, c := range q.Columns {
		if c.Group != "" && !slices.Contains(names, c.Group) {
			names = append(names, c.Group)
		}
	}
	return names
}
