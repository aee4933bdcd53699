package replay

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/alarmrule"
)

func TestComposite(t *testing.T) {
	children := map[string]Timeline{
		"denied":  timeline(100, 2, "-00XXX0-0"),
		"root":    timeline(100, 1, "00-00XXX0"),
		"arn:x:y": timeline(102, 3, "0X0X0X0X0X"),
	}
	for _, c := range []struct {
		rule   string
		from   int64
		warmUp int
		want   string
	}{
		{`ALARM(denied)`, 100, 2, "000XXX000"},
		{`NOT ALARM(denied)`, 100, 2, "XXX000XXX"},
		{`ALARM(denied) AND ALARM(root)`, 100, 2, "00000X000"},
		{`ALARM(denied) OR ALARM(root)`, 100, 2, "000XXXXX0"},
		{`INSUFFICIENT_DATA(denied) OR INSUFFICIENT_DATA(root)`, 100, 2, "X0X0000X0"},
		{`OK(root) AND NOT (ALARM(denied) OR FALSE)`, 100, 2, "XX000000X"},
		{`TRUE OR ALARM(root)`, 100, 1, "XXXXXXXXX"},
		{`AT_LEAST(2, ALARM, (denied, root, "arn:x:y"))`, 102, 3, "0X0X0X0"},
		{`ALARM("arn:x:y")`, 102, 3, "0X0X0X0X0X"},
	} {
		rule, err := alarmrule.Parse(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Composite(rule, children)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		if got.From != c.from || got.WarmUp != c.warmUp || got.text() != c.want {
			t.Errorf("%s: %s from %d after %d, want %s from %d after %d", c.rule, got.text(), got.From, got.WarmUp, c.want, c.from, c.warmUp)
		}
	}
}

func TestCompositeRefuses(t *testing.T) {
	children := map[string]Timeline{"early": timeline(100, 0, "000"), "late": timeline(103, 0, "000")}
	for text, want := range map[string]string{
		`ALARM(early) OR ALARM(other)`:  `names alarm "other"`,
		`ALARM(early) OR ALARM(late)`:   "no minute in common",
		`TRUE`:                          "names no alarm",
		"ALARM(early) OR \uFFF9x\uFFFB": "not known",
	} {
		rule, err := alarmrule.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Composite(rule, children); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// TestCompositeOfFewData: one alarm warms up as long as the other has data.
func TestCompositeOfFewData(t *testing.T) {
	rule, _ := alarmrule.Parse("ALARM(a) OR ALARM(b)")
	got, err := Composite(rule, map[string]Timeline{"a": timeline(100, 1, "0X0"), "b": timeline(100, 5, "00000X")})
	if err != nil || got.Judged() != 0 || len(got.Episodes()) != 0 {
		t.Errorf("%+v %v", got, err)
	}
}

// TestCompositeOfComposite: a composite alarm may name another.
func TestCompositeOfComposite(t *testing.T) {
	inner, _ := alarmrule.Parse("ALARM(a)")
	outer, _ := alarmrule.Parse("NOT ALARM(b)")
	b, err := Composite(inner, map[string]Timeline{"a": timeline(0, 1, "-0X0")})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Composite(outer, map[string]Timeline{"b": b})
	if err != nil || got.text() != "XX0X" || got.WarmUp != 1 {
		t.Errorf("%s %v", got.text(), err)
	}
}
