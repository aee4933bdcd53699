package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A duckdb collects the distinct fields that its conditions ask for. The list x has their
// texts, the list t their kinds: DuckDB parses a record once for each list, where it would
// once for each column.
type duckdb struct{ paths []string }

// duckdbText is for DuckDB 1.3 and later, whose lambdas it uses; checked with 1.5.
func duckdbText(q Query) (string, error) {
	d := &duckdb{}
	minute, id := d.at(`$."eventTime"`), d.at(`$."eventID"`)
	formulas, err := q.formulas(d)
	if err != nil {
		return "", err
	}
	source, err := q.Files.source()
	if err != nil {
		return "", err
	}
	h := head{mark: "--"}
	h.say("CloudTrail records that filter patterns match, minute by minute, for DuckDB.")
	h.columns(q, true)
	if !q.KeepDuplicates {
		h.say("Records with the same eventID count once.")
	}
	h.say("Records are counted at their eventTime; those without a readable one are in a row without a minute.")
	switch n, other := q.Files.Others, q.Files.Other; {
	case n == 1:
		h.say("NOT READ: %s, which does not end in .json or .json.gz. If it has records, name it with --events, too.", other)
	case n > 1:
		h.say("NOT READ: %d files that do not end in .json or .json.gz, such as %s. If they have records, name each with --events, too.", n, other)
	}
	h.notes(q, "--counts")
	h.say("duckdb -csv < THIS-FILE > counts.csv, then iacgate backtest ... --counts counts.csv")

	var b strings.Builder
	b.WriteString(h.String())
	b.WriteString("WITH records AS (\n" + source + "\n), fields AS (\n")
	var paths []string
	for _, path := range d.paths {
		paths = append(paths, quote(path))
	}
	list := "[" + strings.Join(paths, ", ") + "]"
	b.WriteString("  SELECT r, json_extract_string(r, " + list + ") AS x,\n    json_type(r, " + list + ") AS t\n  FROM records\n), matched AS (\n")
	b.WriteString("  SELECT " + duckdbMinute(minute.text) + " AS minute, " + id.text + " AS id")
	for i, f := range formulas {
		fmt.Fprintf(&b, ",\n    %s AS p%d", f, i+1)
	}
	b.WriteString("\n  FROM fields\n), counted AS (\n  SELECT * FROM matched" + duckdbBounds(q))
	if !q.KeepDuplicates {
		b.WriteString("\n  QUALIFY id IS NULL OR row_number() OVER (PARTITION BY id) = 1")
	}
	b.WriteString("\n)\nSELECT minute, count(*) AS total")
	for _, c := range q.Columns {
		fmt.Fprintf(&b, ",\n  count(*) FILTER (WHERE %s) AS %s", q.counted(c, sqlWords, numbered), name(c.Name))
	}
	b.WriteString("\nFROM counted\nGROUP BY minute\nORDER BY minute;\n")
	return b.String(), nil
}

// numbered is the column of a pattern.
func numbered(i int) string { return fmt.Sprintf("p%d", i+1) }

// isTime is the form of the times that iacgate reads: RFC 3339, in the years 2013 to 2099,
// in which CloudTrail records. Engines read more forms, such as a day alone.
const isTime = `^20(1[3-9]|[2-9][0-9])-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z`

// duckdbMinute is the minute of a time in seconds; NULL if it is none.
func duckdbMinute(text string) string {
	return "CASE WHEN regexp_matches(" + text + ", " + quote(isTime) + ")\n    THEN epoch_us(TRY_CAST(" + text + " AS TIMESTAMPTZ)) // 60000000 * 60 END"
}

func duckdbBounds(q Query) string {
	if within := q.within("minute"); within != "" {
		return "\n  WHERE minute IS NULL OR " + within
	}
	return ""
}

func (*duckdb) words() words { return sqlWords }

// condition says a condition about one place or, with a wildcard, about several.
func (d *duckdb) condition(c *filterpattern.Condition) (string, error) {
	i := c.Selector.WildcardIndex()
	if i < 0 {
		path, err := duckdbPath(c, c.Selector)
		if err != nil {
			return "", err
		}
		f := d.at(path)
		f.elements = "json_type(r, " + quote(path+"[*]") + ")"
		return f.condition(c)
	}
	before, err := duckdbPath(c, c.Selector[:i])
	if err != nil {
		return "", err
	}
	after, err := duckdbPath(c, c.Selector[i+1:])
	if err != nil {
		return "", err
	}
	after = strings.TrimPrefix(after, "$")
	all := fmt.Sprintf("list_concat(json_extract(r, %s), json_extract(r, %s))", quote(before+"[*]"+after), quote(before+".*"+after))
	one := duckdbField{text: "json_extract_string(v, '$')", kind: "json_type(v)"}
	some := func(c *filterpattern.Condition) (string, error) {
		condition, err := one.condition(c)
		return fmt.Sprintf("(len(list_filter(%s, lambda v: %s)) > 0)", all, condition), err
	}
	switch c.Op {
	case filterpattern.NotExists:
		return "(len(" + all + ") = 0)", nil
	case filterpattern.NotEqual:
		// What the wildcard walks through has to exist, and none may be equal.
		found, err := some(&filterpattern.Condition{Op: filterpattern.Equal, Value: c.Value})
		return fmt.Sprintf("(json_type(r, %s) IS NOT NULL AND NOT %s)", quote(before), found), err
	case filterpattern.IsNull:
		return fmt.Sprintf("(len(list_filter(%s, lambda v: json_type(v) = 'NULL')) > 0)", all), nil
	}
	return some(c)
}

// at returns the columns of a path.
func (d *duckdb) at(path string) duckdbField {
	i := slices.Index(d.paths, path)
	if i < 0 {
		i = len(d.paths)
		d.paths = append(d.paths, path)
	}
	return duckdbField{text: fmt.Sprintf("x[%d]", i+1), kind: fmt.Sprintf("t[%d]", i+1)}
}

// duckdbPath returns steps without a wildcard as a path of DuckDB's.
func duckdbPath(c *filterpattern.Condition, steps filterpattern.Selector) (string, error) {
	path := "$"
	for _, step := range steps {
		switch {
		case step.Kind == filterpattern.Element:
			path += fmt.Sprintf("[%d]", step.Index)
		case step.Name == "" || strings.ContainsAny(step.Name, "\"\\*\x00"):
			return "", cannot(c, "paths of DuckDB have no quotes, backslashes and stars in names")
		default:
			path += `."` + step.Name + `"`
		}
	}
	return path, nil
}
