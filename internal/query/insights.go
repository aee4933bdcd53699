package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

// insights says conditions in the language of Logs Insights, which discovers the fields of
// JSON by itself, at most 200 of an event, and does not publish how it compares.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
type insights struct{}

// maxInsightsText is how many characters Logs Insights admits in a query.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
const maxInsightsText = 10_000

func insightsText(q Query) (string, error) {
	if minutes := q.Until.Sub(q.Since) / time.Minute; !q.Since.IsZero() && minutes >= maxInsightsRows {
		return "", diag.New("", "Logs Insights gives at most 10,000 rows, and there are %d minutes between --since and --until", minutes).
			WithHint("ask for six days; --query logs has no such bound")
	}
	group := groupPlaceholder
	unplaced := slices.IndexFunc(q.Columns, func(c Column) bool { return c.Unplaced })
	switch groups := q.groups(); {
	case len(groups) > 0 && unplaced >= 0:
		return "", diag.New("", "%s reads a log group that is not known, and one query of Logs Insights would count it in %s", q.Columns[unplaced].Title, strings.Join(groups, ", ")).
			WithHint("give the log group a value, or ask for one control at a time")
	case len(groups) > 1:
		return "", diag.New("", "the alarms read several log groups (%s), and one query of Logs Insights would count each filter in all of them", strings.Join(groups, ", ")).
			WithHint("ask for one control at a time")
	case len(groups) == 1:
		group = shell(groups[0])
	}
	formulas, err := q.formulas(insights{})
	if err != nil {
		return "", err
	}
	h := head{mark: "#"}
	h.say("APPROXIMATE: log events that filter patterns match, minute by minute, by Logs Insights' own reading of fields.")
	h.say("It sees at most 200 fields of an event. --query logs lets CloudWatch match the patterns themselves.")
	h.columns(q, false)
	h.notes(q, "--counts")
	h.sayGroup(group)
	since, until := "START", "END"
	if !q.Since.IsZero() {
		since = fmt.Sprint(q.Since.Unix() / 60 * 60)
	}
	if !q.Until.IsZero() {
		until = fmt.Sprint(q.Until.Unix() - 1)
	}
	if q.Since.IsZero() || q.Until.IsZero() {
		h.say("START and END are seconds since 1970, at most six days apart: it gives at most 10,000 rows. --since and --until fill them in.")
	}
	h.say("aws logs start-query --log-group-name=%s --start-time %s --end-time %s --query-string file://THIS-FILE", group, since, until)
	h.say("aws logs get-query-results --query-id ID --output json > counts.json")
	h.say("Then: iacgate backtest ... --counts counts.json")

	var fields, sums []string
	for i, c := range q.Columns {
		counted := q.counted(c, insights{}.words(), func(i int) string { return formulas[i] })
		fields = append(fields, fmt.Sprintf("(%s) as c%d", counted, i+1))
		sums = append(sums, fmt.Sprintf("sum(c%d) as %s", i+1, c.Name))
	}
	text := "fields " + strings.Join(fields, ",\n  ") + "\n| stats count(*) as total, " + strings.Join(sums, ", ") + " by bin(1m)\n| limit 10000\n"
	if n := len(h.String() + text); n > maxInsightsText {
		return "", diag.New("", "the query has %d characters, and Logs Insights admits %d", n, maxInsightsText).WithHint("ask for fewer controls at a time")
	}
	return h.String() + text, nil
}

func (insights) words() words { return words{" and ", " or ", "not "} }

// condition says a condition. Each is in parentheses.
func (insights) condition(c *filterpattern.Condition) (string, error) {
	const instead = "--query logs and duckdb can say it"
	field, err := insightsField(c)
	if err != nil {
		return "", err
	}
	switch c.Op {
	case filterpattern.NotExists:
		return "(not ispresent(" + field + "))", nil
	case filterpattern.IsNull, filterpattern.IsTrue, filterpattern.IsFalse:
		return "", cannot(c, "Logs Insights does not tell %s from a text", strings.TrimPrefix(c.Op.String(), "IS ")).WithHint(instead)
	}
	l := c.Value
	if l.Kind == filterpattern.NumberLiteral {
		return "(ispresent(" + field + ") and " + field + " " + c.Op.String() + " " + l.Text + ")", nil
	}
	equal := field + " = " + insightsQuote(l.Text)
	if l.Kind == filterpattern.RegexpLiteral {
		re, err := portable(c)
		if err != nil {
			return "", err
		}
		equal = field + " like /" + re + "/"
	} else if parts := l.Parts(); len(parts) > 1 {
		equal = field + " like /" + globRegexp(parts) + "/"
	}
	if c.Op == filterpattern.NotEqual {
		equal = "not (" + equal + ")"
	}
	return "(ispresent(" + field + ") and " + equal + ")", nil
}

// insightsField is a selector as Logs Insights writes it: userIdentity.type, items.0.
func insightsField(c *filterpattern.Condition) (string, error) {
	var parts []string
	plain := true
	for _, step := range c.Selector {
		switch {
		case step.Kind == filterpattern.Wildcard:
			return "", cannot(c, "Logs Insights has no wildcard in the names of fields").WithHint("--query logs and duckdb can say it")
		case step.Kind == filterpattern.Element:
			parts = append(parts, fmt.Sprint(step.Index))
		case step.Name == "" || strings.ContainsAny(step.Name, "`.\\\n\r"):
			return "", cannot(c, "Logs Insights cannot name that field").WithHint("--query logs and duckdb can say it")
		default:
			plain = plain && strings.Trim(step.Name, letters) == ""
			parts = append(parts, step.Name)
		}
	}
	if !plain {
		return "`" + strings.Join(parts, ".") + "`", nil
	}
	return strings.Join(parts, "."), nil
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

func insightsQuote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text) + `"`
}

// globRegexp is a text with stars as a regular expression.
func globRegexp(parts []string) string {
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i > 0 && (i < len(parts)-1 || part != ""):
			b.WriteString(`(?:.|\n)*`)
		case i == 0 && part != "":
			b.WriteString("^")
		}
		for _, r := range part {
			b.WriteString(portableRune(r))
		}
	}
	if parts[len(parts)-1] != "" {
		b.WriteString(`\z`)
	}
	return b.String()
}
