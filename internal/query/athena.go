package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

// An athena says conditions on the columns of a table. What lies in columns that hold JSON
// is taken out once for each path.
type athena struct {
	table *Table
	paths []jsonPath
}

// A jsonPath is a path into a column that holds JSON.
type jsonPath struct{ column, path string }

func athenaText(q Query) (string, error) {
	a := &athena{table: q.Table}
	if a.table == nil {
		a.table = Documented()
	}
	formulas, err := q.formulas(a)
	if err != nil {
		return "", err
	}
	h := head{mark: "--"}
	h.say("CloudTrail records that filter patterns match, minute by minute, for Athena (engine version 3).")
	h.columns(q, true)
	h.say("A table cannot distinguish null from absent: a NULL counts as absent.")
	narrowed := a.narrow(q, &h)
	id, hasID := named(a.table.Columns, "eventID")
	if hasID {
		h.say("Records with the same eventID count once.")
	} else {
		h.say("The table has no column eventid: records that were delivered twice count twice.")
	}
	h.say("Records are counted at their eventTime; those without a readable one are in a row without a minute.")
	h.notes(q, "--counts")
	h.say("Download the result as CSV, or: aws athena get-query-results --query-execution-id ID --output json > counts.json")
	h.say("Then: iacgate backtest ... --counts counts.csv")

	var b strings.Builder
	b.WriteString(h.String() + "WITH fields AS (\n  SELECT *,\n    " + a.minute() + " AS iacgate_minute")
	for i, p := range a.paths {
		fmt.Fprintf(&b, ",\n    json_extract(%s, %s) AS j%d,\n    json_extract_scalar(%s, %s) AS s%d,\n    substr(json_format(json_extract(%s, %s)), 1, 1) AS k%d",
			p.column, quote(p.path), i+1, p.column, quote(p.path), i+1, p.column, quote(p.path), i+1)
	}
	b.WriteString("\n  FROM " + a.table.sql())
	if narrowed != "" {
		b.WriteString("\n  WHERE " + narrowed)
	}
	b.WriteString("\n), matched AS (\n  SELECT iacgate_minute AS minute")
	if hasID {
		fmt.Fprintf(&b, ",\n    %s AS id, row_number() OVER (PARTITION BY %s) AS copy", name(id.Name), name(id.Name))
	}
	for i, f := range formulas {
		fmt.Fprintf(&b, ",\n    %s AS p%d", f, i+1)
	}
	b.WriteString("\n  FROM fields")
	if within := q.within("iacgate_minute"); within != "" {
		b.WriteString("\n  WHERE iacgate_minute IS NULL OR " + within)
	}
	b.WriteString("\n)\nSELECT minute, count(*) AS total")
	for _, c := range q.Columns {
		fmt.Fprintf(&b, ",\n  count(*) FILTER (WHERE %s) AS %s", q.counted(c, sqlWords, numbered), name(c.Name))
	}
	b.WriteString("\nFROM matched")
	if hasID {
		b.WriteString("\nWHERE copy = 1 OR id IS NULL")
	}
	b.WriteString("\nGROUP BY minute\nORDER BY minute\n")
	return b.String(), nil
}

// minute is that of a record, NULL if its time cannot be read.
func (a *athena) minute() string {
	at, _ := named(a.table.Columns, "eventTime") // which every table has
	value := "with_timezone(" + name(at.Name) + ", 'UTC')"
	if at.Type.Kind == String {
		value = "CASE WHEN regexp_like(" + name(at.Name) + ", " + quote(isTime) + ")\n      THEN try(from_iso8601_timestamp(" + name(at.Name) + ")) END"
	}
	return "CAST(to_unixtime(date_trunc('minute', " + value + ")) AS bigint)"
}

// narrow returns the condition on partitions, a day wider than what is asked for: their
// date is that of the delivery. Where there is none, it says so.
func (a *athena) narrow(q Query, h *head) string {
	if q.Since.IsZero() && q.Until.IsZero() {
		h.say("Without --since and --until this reads the whole table, and AWS bills what is read: see its price before you run it.")
		return ""
	}
	var all []string
	bound := func(partition string, literal func(time.Time) string) {
		if !q.Since.IsZero() {
			all = append(all, partition+" >= "+literal(q.Since.UTC().AddDate(0, 0, -1)))
		}
		if !q.Until.IsZero() {
			all = append(all, partition+" <= "+literal(q.Until.UTC().AddDate(0, 0, 1)))
		}
	}
	for _, f := range a.table.Partitions {
		switch format := javaFormat(a.table.formats[f.Name]); {
		case format != "" && f.Type.Kind == String:
			bound(name(f.Name), func(t time.Time) string { return quote(t.Format(format)) })
		case f.Type.Kind == Date:
			bound(name(f.Name), func(t time.Time) string { return "DATE " + quote(t.Format(time.DateOnly)) })
		}
	}
	if len(all) == 0 && a.hasPartitions("year", "month", "day") {
		day := fmt.Sprintf("CAST(%s AS integer) * 10000 + CAST(%s AS integer) * 100 + CAST(%s AS integer)", name("year"), name("month"), name("day"))
		bound(day, func(t time.Time) string { return t.Format("20060102") })
	}
	if len(all) == 0 {
		h.say("No partition is known to hold dates, so that this reads the whole table: see its price before you run it.")
	}
	return strings.Join(all, " AND ")
}

func (a *athena) hasPartitions(names ...string) bool {
	return !slices.ContainsFunc(names, func(n string) bool {
		f, ok := named(a.table.Partitions, n)
		return !ok || f.Type.Kind != String && f.Type.Kind != Integer
	})
}

// javaFormat turns a date format of Java's into Go's, "" if it has other parts than year,
// month, day and hour, or not in this order: texts of dates are compared.
func javaFormat(format string) string {
	replaced := strings.NewReplacer("yyyy", "2006", "MM", "01", "dd", "02", "HH", "15", "'", "").Replace(format)
	rest := strings.NewReplacer("2006", "", "01", "", "02", "", "15", "").Replace(replaced)
	if strings.Trim(rest, "/-_") != "" || !strings.HasPrefix("2006010215", digits.Replace(replaced)) || replaced == "" {
		return ""
	}
	return replaced
}

// digits leaves the digits of a format alone.
var digits = strings.NewReplacer("/", "", "-", "", "_", "")

func (*athena) words() words { return sqlWords }

// condition says a condition on the column, or on the place in it, that a selector names.
func (a *athena) condition(c *filterpattern.Condition) (string, error) {
	if err := checkValue(c); err != nil {
		return "", err
	}
	if c.Selector.HasWildcard() {
		return "", cannot(c, "a wildcard has no column of Athena's table").WithHint("--query duckdb and logs can say it")
	}
	place, err := a.find(c)
	if err != nil {
		return "", err
	}
	return place.condition(c)
}

// A place is where a selector leads in a table.
type place interface {
	condition(*filterpattern.Condition) (string, error)
}

// find follows a selector into the columns.
func (a *athena) find(c *filterpattern.Condition) (place, error) {
	if len(c.Selector) == 0 || c.Selector[0].Kind != filterpattern.Property {
		return nil, cannot(c, "the record as a whole has no column")
	}
	names := c.Selector.Names()
	if spelled := strings.Join(cloudtrail.Spelling(names), "."); spelled != strings.Join(names, ".") {
		return nil, cannot(c, "CloudTrail spells the field %s: the pattern matches no record, and a table would not see that", spelled)
	}
	f, ok := named(a.table.Columns, names[0])
	if !ok {
		return nil, cannot(c, "the table %s has no column %s", strings.Join(a.table.Name, "."), strings.ToLower(names[0])).
			WithHint("--table-ddl FILE describes another table, and --query duckdb needs none")
	}
	expr, typ := name(f.Name), f.Type
	for i, step := range c.Selector[1:] {
		switch {
		case typ.Kind == Struct && step.Kind == filterpattern.Property:
			member, ok := named(typ.Fields, step.Name)
			if !ok {
				return nil, cannot(c, "the column %s has no member %s", f.Name, strings.ToLower(step.Name)).
					WithHint("--table-ddl FILE describes another table, and --query duckdb needs none")
			}
			expr, typ = expr+"."+name(member.Name), member.Type
		case typ.Kind == Array && step.Kind == filterpattern.Element:
			expr, typ = fmt.Sprintf("element_at(%s, %d)", expr, step.Index+1), *typ.Of
		case typ.Kind == Map && step.Kind == filterpattern.Property:
			expr, typ = fmt.Sprintf("element_at(%s, %s)", expr, quote(step.Name)), *typ.Of
		case typ.Kind == String:
			return a.inJSON(c, f, expr, c.Selector[i+1:])
		default:
			return absent{}, nil // such a value has no such part
		}
	}
	return column{expr: expr, name: f.Name, typ: typ, path: names}, nil
}

// inJSON is a place in a column that holds JSON as text.
func (a *athena) inJSON(c *filterpattern.Condition, f Field, expr string, steps filterpattern.Selector) (place, error) {
	if above := c.Selector[:len(c.Selector)-len(steps)].Names(); cloudtrail.HoldsText(above) || cloudtrail.HoldsBoolean(above) {
		return absent{}, nil
	}
	path := "$"
	for _, step := range steps {
		if step.Kind == filterpattern.Element {
			path += fmt.Sprintf("[%d]", step.Index)
			continue
		}
		if step.Name == "" || strings.ContainsAny(step.Name, "\"\\\x00") || strings.Trim(step.Name, "0123456789") == "" {
			return nil, cannot(c, "no path into the JSON of the column %s can name that", f.Name)
		}
		path += `["` + step.Name + `"]`
	}
	p := jsonPath{expr, path}
	i := slices.Index(a.paths, p)
	if i < 0 {
		i = len(a.paths)
		a.paths = append(a.paths, p)
	}
	return jsonPlace(i + 1), nil
}
