package iampolicy

import (
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
)

const yes, no, unknown = truth.Yes, truth.No, truth.Unknown

// One row per operator: a value that holds, one that does not, and what an absent key gives.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
var operatorRows = []struct {
	operator, policy string
	holds, fails     string
	absent           truth.Truth
}{
	{"StringEquals", "Alice", "Alice", "alice", no},
	{"StringNotEquals", "Alice", "alice", "Alice", yes},
	{"StringEqualsIgnoreCase", "Alice", "ALICE", "bob", no},
	{"StringNotEqualsIgnoreCase", "Alice", "bob", "ALICE", yes},
	{"StringLike", "home/*/?", "home/a/b/c", "home/a", no},
	{"StringNotLike", "home/*", "var", "home/", yes},
	{"StringEquals", "a*", "a*", "ab", no},
	{"NumericEquals", "10", "10.0", "11", no},
	{"NumericNotEquals", "10", "11", "1e1", yes},
	{"NumericLessThan", "10", "9", "10", no},
	{"NumericLessThanEquals", "10", "10", "10.5", no},
	{"NumericGreaterThan", "10", "11", "10", no},
	{"NumericGreaterThanEquals", "10", "10", "9", no},
	{"DateEquals", "2026-01-01T00:00:00Z", "2026-01-01", "2026-01-02", no},
	{"DateNotEquals", "2026-01-01", "2026-01-02", "2026-01-01T00:00:00Z", yes},
	{"DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", "2026-01-01", no},
	{"DateLessThanEquals", "2026-01-01", "2026", "2026-01-02", no},
	{"DateGreaterThan", "2026-01-01", "1798761600", "2026-01-01", no},
	{"DateGreaterThanEquals", "2026-01-01", "2026-01-01T01:00+01:00", "2025", no},
	{"Bool", "true", "TRUE", "false", no},
	{"BinaryEquals", "QmluYXJ5", "QmluYXJ5", "Qm", no},
	{"IpAddress", "203.0.113.0/24", "203.0.113.7", "203.0.114.7", no},
	{"IpAddress", "2001:db8::1", "2001:0DB8:0::1", "2001:db8::2", no},
	{"NotIpAddress", "203.0.113.0/24", "10.0.0.1", "203.0.113.7", yes},
	{"ArnEquals", "arn:aws:sns:*:1:t", "arn:aws:sns:eu-west-1:1:t", "arn:aws:sns:eu-west-1:2:t", no},
	{"ArnLike", "arn:aws:cloudwatch:*:1:alarm:*", "arn:aws:cloudwatch:eu-west-1:1:alarm:a:b", "arn:aws:cloudwatch:eu-west-1:1:insight-rule/a", no},
	{"ArnNotEquals", "arn:aws:sns:*:1:t", "arn:aws:sns:eu-west-1:2:t", "arn:aws:sns:eu-west-1:1:t", yes},
	{"ArnNotLike", "arn:aws:sns:*:1:t", "arn:aws:sns:eu-west-1:1:T", "arn:aws:sns:eu-west-1:1:t", yes},
	// The documentation's own example of what ArnLike does not match and StringLike does.
	{"StringLike", "arn:aws:someservice:*:111122223333:finance/*", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt", "", no},
	{"ArnLike", "arn:aws:someservice:*:111122223333:finance/*", "arn:aws:someservice:us-east-2:111122223333:finance/document.txt",
		"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt", no},
}

func TestOperators(t *testing.T) {
	const key = "aws:Tested"
	ask := func(operator, policy string, context map[string][]Text) truth.Truth {
		return Condition{Operator: operator, Key: key, Values: Texts(policy)}.holds(Request{Context: context}, true)
	}
	with := func(value string) map[string][]Text { return map[string][]Text{"AWS:tested": Texts(value)} }
	for _, row := range operatorRows {
		for _, c := range []struct {
			name      string
			got, want truth.Truth
		}{
			{"holds", ask(row.operator, row.policy, with(row.holds)), yes},
			{"fails", ask(row.operator, row.policy, with(row.fails)), no},
			{"absent", ask(row.operator, row.policy, nil), row.absent},
			{"IfExists holds", ask(row.operator+"IfExists", row.policy, with(row.holds)), yes},
			{"IfExists fails", ask(row.operator+"IfExists", row.policy, with(row.fails)), no},
			{"IfExists absent", ask(row.operator+"IfExists", row.policy, nil), yes},
			{"ForAllValues holds", ask("ForAllValues:"+row.operator, row.policy, with(row.holds)), yes},
			{"ForAllValues absent", ask("ForAllValues:"+row.operator, row.policy, nil), yes},
			{"ForAnyValue fails", ask("ForAnyValue:"+row.operator, row.policy, with(row.fails)), no},
			{"ForAnyValue absent", ask("ForAnyValue:"+row.operator, row.policy, nil), no},
		} {
			if c.got != c.want {
				t.Errorf("%s %q, %s: %d, want %d", row.operator, row.policy, c.name, c.got, c.want)
			}
		}
	}
}

func TestSetOperatorsAndSeveralValues(t *testing.T) {
	two := map[string][]Text{"k": Texts("a", "b")}
	for _, c := range []struct {
		operator string
		policy   []Text
		want     truth.Truth
	}{
		{"StringEquals", Texts("x", "a"), yes},
		{"StringNotEquals", Texts("x", "a"), no},
		{"StringNotEquals", Texts("x", "y"), yes},
		{"ForAllValues:StringEquals", Texts("a"), no},
		{"ForAllValues:StringEquals", Texts("b", "a"), yes},
		{"ForAnyValue:StringEquals", Texts("a"), yes},
		{"ForAnyValue:StringEquals", Texts("x"), no},
		{"ForAnyValue:StringNotEquals", Texts("a"), yes},
		{"ForAllValues:StringNotEquals", Texts("a"), no},
		{"ForAllValues:StringNotEquals", Texts("x"), yes},
		{"ForAllValues:StringEquals", []Text{Known("a"), {Unknown: true}}, unknown},
		{"StringEquals", []Text{{Unknown: true}, Known("b")}, yes},
		{"StringNotEquals", []Text{{Unknown: true}, Known("b")}, no},
		{"StringNotEquals", []Text{{Unknown: true}, Known("c")}, unknown},
		{"StringEquals", []Text{}, no},
	} {
		got := Condition{c.operator, "k", c.policy}.holds(Request{Context: two}, true)
		if got != c.want {
			t.Errorf("%s %v: %d, want %d", c.operator, c.policy, got, c.want)
		}
	}
}

func TestNull(t *testing.T) {
	r := Request{Context: map[string][]Text{"there": Texts("x")}, UnknownKeys: []string{"perhaps"}}
	for _, c := range []struct {
		key, value string
		want       truth.Truth
	}{
		{"there", "true", no}, {"there", "false", yes}, {"gone", "true", yes}, {"gone", "false", no},
		{"perhaps", "true", unknown}, {"perhaps", "false", unknown},
	} {
		if got := (Condition{"Null", c.key, Texts(c.value)}).holds(r, true); got != c.want {
			t.Errorf("Null %s %s: %d, want %d", c.key, c.value, got, c.want)
		}
	}
}

func TestUnknownKeys(t *testing.T) {
	r := Request{UnknownKeys: []string{"K"}}
	for _, c := range []struct {
		operator, value string
		want            truth.Truth
	}{
		{"StringEquals", "x", unknown}, {"StringNotEquals", "x", unknown}, {"StringLike", "*", unknown},
		{"StringLikeIfExists", "*", yes}, {"StringNotLike", "*", unknown}, {"ForAllValues:StringLike", "*", yes},
		{"ForAnyValue:StringNotLike", "*", no},
	} {
		if got := (Condition{c.operator, "k", Texts(c.value)}).holds(r, true); got != c.want {
			t.Errorf("%s %s: %d, want %d", c.operator, c.value, got, c.want)
		}
	}
}

func TestUnreadableOperators(t *testing.T) {
	for _, name := range []string{"", "Equals", "NullIfExists", "ForSomeValues:StringEquals", "StringLikeIfExistsIfExists", "NumericNotLessThan"} {
		if got := (Condition{name, "k", Texts("x")}).holds(Request{}, true); got != unknown {
			t.Errorf("%q: %s, want unknown", name, got)
		}
	}
	for _, c := range []Condition{{"NumericEquals", "k", Texts("ten")}, {"DateEquals", "k", Texts("soon")}, {"IpAddress", "k", Texts("home")}} {
		if got := c.holds(Request{Context: map[string][]Text{"k": Texts("10")}}, true); got != unknown {
			t.Errorf("%s %s: %s, want unknown", c.Operator, c.Values[0], got)
		}
	}
}
