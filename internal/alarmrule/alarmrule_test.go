package alarmrule

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
)

const yes, no, unknown = truth.Yes, truth.No, truth.Unknown

func TestParsePrints(t *testing.T) {
	for _, c := range []struct{ rule, want string }{
		{`ALARM(CPUUtilizationTooHigh) AND ALARM(DiskReadOpsTooHigh)`, `ALARM("CPUUtilizationTooHigh") AND ALARM("DiskReadOpsTooHigh")`},
		{`ALARM (a) and not ok("b c")`, `ALARM("a") AND NOT OK("b c")`},
		{`(((ALARM("a"))) OR (TRUE AND False))`, `ALARM("a") OR TRUE AND FALSE`},
		{`(ALARM(a) OR ALARM(b)) AND ALARM(c)`, `(ALARM("a") OR ALARM("b")) AND ALARM("c")`},
		{`NOT (ALARM(a) OR ALARM(b))`, `NOT (ALARM("a") OR ALARM("b"))`},
		{`INSUFFICIENT_DATA(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x)`, `INSUFFICIENT_DATA("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x")`},
		{`ALARM("say \"hi\" \\o")`, `ALARM("say \"hi\" \\o")`},
		{`AT_LEAST(2, ALARM, (AZ1Health, AZ2Health, AZ3Health)) AND NOT ALARM(MaintenanceWindow)`,
			`AT_LEAST(2, ALARM, ("AZ1Health", "AZ2Health", "AZ3Health")) AND NOT ALARM("MaintenanceWindow")`},
		{`AT_LEAST("50%", NOT OK, ("a", "b"))`, `AT_LEAST(50%, NOT OK, ("a", "b"))`},
		{"ALARM(a)\n  OR\n\tALARM(b)", `ALARM("a") OR ALARM("b")`},
		{"ALARM(\uFFF9x[\"a (b)\"] of y\uFFFB) OR ALARM(\"\uFFF9y\uFFFB\")", "ALARM(\"\uFFF9x[\"a (b)\"] of y\uFFFB\") OR ALARM(\"\uFFF9y\uFFFB\")"},
		{"ALARM(pre-\uFFF9x.y\uFFFB-post)", "ALARM(\"pre-\uFFF9x.y\uFFFB-post\")"},
		{"\uFFF9rule\uFFFB OR ALARM(a)", "\uFFF9rule\uFFFB OR ALARM(\"a\")"},
		{"ALARM(a\uFFF9) OR ALARM(\"b \uFFF9 \\\"\")", "ALARM(\"a\uFFF9\") OR ALARM(\"b \uFFF9 \\\"\")"},
		{`ALARM("a ${ \" b") OR ALARM($${c)`, `ALARM("a ${ \" b") OR ALARM("$${c")`},
		{`ALARM(NOT)`, `ALARM("NOT")`},
	} {
		r, err := Parse(c.rule)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		if got := r.String(); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.rule, got, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		rule   string
		offset int
	}{
		{``, 0}, {`   `, 3}, {`ALARM`, 5}, {`ALARM()`, 6}, {`ALARM("")`, 6}, {`ALARM("a`, 6}, {`ALARM(a b)`, 8},
		{`ALARM(a) ALARM(b)`, 9}, {`ALARM(a) &&`, 9}, {`(ALARM(a)`, 9}, {`ALARM(a))`, 8}, {`ALARMED(a)`, 0},
		{`NOT`, 3}, {`ALARM(a) AND`, 12}, {`AT_LEAST(0, ALARM, (a))`, 9}, {`AT_LEAST(101%, ALARM, (a))`, 9},
		{`AT_LEAST(1, ALARM, ())`, 20}, {`AT_LEAST(2, ALARM("a"), ALARM("b"))`, 17}, {`WARNING(a)`, 0},
	} {
		_, err := Parse(c.rule)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: no syntax error but %v", c.rule, err)
			continue
		}
		if syntax.Offset != c.offset {
			t.Errorf("%q: error at %d, want %d: %v", c.rule, syntax.Offset, c.offset, err)
		}
	}
}

func TestEval(t *testing.T) {
	states := map[string]State{"a": Alarm, "o": OK, "i": InsufficientData}
	for _, c := range []struct {
		rule string
		want truth.Truth
	}{
		{`ALARM(a)`, yes}, {`ALARM(o)`, no}, {`ALARM(u)`, unknown}, {`OK(o)`, yes}, {`INSUFFICIENT_DATA(i)`, yes},
		{`NOT ALARM(a)`, no}, {`NOT ALARM(u)`, unknown}, {`NOT NOT ALARM(a)`, yes},
		{`ALARM(a) AND ALARM(u)`, unknown}, {`ALARM(o) AND ALARM(u)`, no}, {`ALARM(a) OR ALARM(u)`, yes}, {`ALARM(o) OR ALARM(u)`, unknown},
		{`TRUE OR FALSE AND FALSE`, yes}, {`(TRUE OR FALSE) AND FALSE`, no}, {`NOT FALSE OR TRUE`, yes}, {`NOT (FALSE OR TRUE)`, no},
		{`AT_LEAST(1, ALARM, (a, o, i))`, yes}, {`AT_LEAST(2, ALARM, (a, o, i))`, no}, {`AT_LEAST(2, ALARM, (a, o, u))`, unknown},
		{`AT_LEAST(2, NOT ALARM, (a, o, i))`, yes}, {`AT_LEAST(3, NOT ALARM, (a, o, i))`, no},
		{`AT_LEAST(50%, ALARM, (a, o))`, yes}, {`AT_LEAST(51%, ALARM, (a, o))`, no}, {`AT_LEAST(34%, ALARM, (a, o, i))`, no},
		{`AT_LEAST(100%, NOT OK, (a, i))`, yes}, {`AT_LEAST(5, ALARM, (a))`, no},
		{"\uFFF9rule\uFFFB", unknown}, {"\uFFF9rule\uFFFB OR ALARM(a)", yes}, {"\uFFF9rule\uFFFB AND ALARM(o)", no},
	} {
		r, err := Parse(c.rule)
		if err != nil {
			t.Fatalf("%s: %v", c.rule, err)
		}
		if got := r.Eval(func(name string) State { return states[name] }); got != c.want {
			t.Errorf("%s: %s, want %s", c.rule, got, c.want)
		}
	}
}

func TestFires(t *testing.T) {
	child := func(name string) bool { return name == "denied" || strings.HasSuffix(name, ":alarm:denied") }
	for _, c := range []struct {
		rule string
		// child before and others: OK OK, OK IN, IN OK, IN IN
		want [4]truth.Truth
		all  truth.Truth
	}{
		{`ALARM(denied)`, [4]truth.Truth{yes, yes, yes, yes}, yes},
		{`ALARM("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:denied") OR ALARM(b)`, [4]truth.Truth{yes, yes, yes, yes}, yes},
		{`ALARM(denied) AND NOT ALARM(deployment)`, [4]truth.Truth{yes, yes, yes, yes}, yes},
		{`ALARM(denied) AND ALARM(b)`, [4]truth.Truth{no, no, no, no}, no},
		{`ALARM(denied) AND OK(b)`, [4]truth.Truth{yes, no, yes, no}, unknown},
		{`ALARM(b)`, [4]truth.Truth{no, no, no, no}, no},
		{`NOT ALARM(denied)`, [4]truth.Truth{no, no, no, no}, no},
		{`NOT OK(denied)`, [4]truth.Truth{yes, yes, no, no}, unknown},
		{`TRUE`, [4]truth.Truth{no, no, no, no}, no},
		{`FALSE AND ALARM(denied)`, [4]truth.Truth{no, no, no, no}, no},
		{`ALARM(denied) OR INSUFFICIENT_DATA(b)`, [4]truth.Truth{yes, no, yes, no}, unknown},
		{`AT_LEAST(1, ALARM, (denied, b, c))`, [4]truth.Truth{yes, yes, yes, yes}, yes},
		{`AT_LEAST(50%, ALARM, (denied, b, c))`, [4]truth.Truth{no, no, no, no}, no},
		{`AT_LEAST(1, NOT OK, (denied, b))`, [4]truth.Truth{yes, no, no, no}, unknown},
		{"ALARM(denied) AND \uFFF9more\uFFFB", [4]truth.Truth{unknown, unknown, unknown, unknown}, unknown},
		{"ALARM(denied) OR \uFFF9more\uFFFB", [4]truth.Truth{unknown, unknown, unknown, unknown}, unknown},
	} {
		r, err := Parse(c.rule)
		if err != nil {
			t.Fatalf("%s: %v", c.rule, err)
		}
		unseen := func(string) State { return Unseen }
		got := [4]truth.Truth{
			r.firesFrom(child, atRest(child, unseen, OK, OK)), r.firesFrom(child, atRest(child, unseen, OK, InsufficientData)),
			r.firesFrom(child, atRest(child, unseen, InsufficientData, OK)), r.firesFrom(child, atRest(child, unseen, InsufficientData, InsufficientData)),
		}
		if got != c.want {
			t.Errorf("%s: %v, want %v", c.rule, got, c.want)
		}
		if all := r.Fires(child, unseen); all != c.all {
			t.Errorf("%s: %s, want %s", c.rule, all, c.all)
		}
	}
}

// TestFiresFromRest: an alarm whose state at rest is known is in no other.
func TestFiresFromRest(t *testing.T) {
	child := func(name string) bool { return name == "denied" }
	for rule, want := range map[string]map[string]truth.Truth{ // by the alarms that rest in OK
		`NOT OK(denied)`:                              {"": unknown, "denied": yes, "b": unknown},
		`ALARM(denied) AND OK(b)`:                     {"": unknown, "denied": unknown, "b": yes},
		`ALARM(denied) OR INSUFFICIENT_DATA(b)`:       {"": unknown, "b": yes},
		`NOT OK(denied) AND NOT INSUFFICIENT_DATA(b)`: {"": unknown, "denied": unknown, "b": unknown, "denied b": yes},
		`NOT ALARM(denied)`:                           {"denied": no},
		`OK(denied) OR ALARM(denied)`:                 {"": unknown, "denied": no},
	} {
		r, err := Parse(rule)
		if err != nil {
			t.Fatal(err)
		}
		for resting, want := range want {
			rests := func(name string) State {
				if slices.Contains(strings.Fields(resting), name) {
					return OK
				}
				return Unseen
			}
			if got := r.Fires(child, rests); got != want {
				t.Errorf("%s while %q is OK: %s, want %s", rule, resting, got, want)
			}
		}
	}
}

func TestChildren(t *testing.T) {
	rule := "ALARM(\"x y\") AND NOT OK(b) OR AT_LEAST(1, NOT OK, (b, \uFFF9c\uFFFB))"
	r, err := Parse(rule)
	if err != nil {
		t.Fatal(err)
	}
	want := []Ref{{Alarm, false, "x y", 6}, {OK, false, "b", 24}, {OK, true, "b", 51}, {OK, true, "\uFFF9c\uFFFB", 54}}
	got := r.Children()
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

func TestLimits(t *testing.T) {
	for _, rule := range []string{
		strings.Repeat("(", maxDepth+2) + "TRUE" + strings.Repeat(")", maxDepth+2),
		strings.Repeat("NOT ", maxDepth+2) + "TRUE",
		"ALARM(" + strings.Repeat("a", maxLength) + ")",
	} {
		if _, err := Parse(rule); err == nil {
			t.Errorf("%.20s… of %d characters: no error", rule, len(rule))
		}
	}
	if _, err := Parse(`ALARM("é") é`); err == nil || !strings.Contains(err.Error(), "character 12:") {
		t.Errorf("%v", err)
	}
	deep := strings.Repeat("(", maxDepth) + "TRUE" + strings.Repeat(")", maxDepth)
	if _, err := Parse(deep); err != nil {
		t.Errorf("%d parentheses: %v", maxDepth, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, rule := range []string{
		`ALARM("a \" b") AND NOT (OK(c) OR INSUFFICIENT_DATA(c))`, `AT_LEAST("50%", NOT OK, (a, "b"))`, `ALARM("${")`, `ALARM(a\)`,
		"ALARM(a\uFFF9) OR OK(\"\uFFF9b \" c\uFFFB\")", "\uFFF9x\uFFFB or TRUE",
		"ALARM(\"a\xfeATA($${ \\\" b\") AND NOT  OK(\x10) OR(INSUFFICIENT_DATA($${kx[\"}\"].y}))",
	} {
		f.Add(rule)
	}
	f.Fuzz(func(t *testing.T, rule string) {
		r, err := Parse(rule)
		var syntax *SyntaxError
		if err != nil {
			if !errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(rule) {
				t.Fatalf("%v", err)
			}
			return
		}
		printed := r.String()
		if len([]rune(printed)) > maxLength {
			return
		}
		again, err := Parse(printed)
		if err != nil {
			t.Fatalf("%s printed as %s: %v", rule, printed, err)
		}
		if again.String() != printed {
			t.Fatalf("%s printed as %s and as %s", rule, printed, again)
		}
		for _, own := range []State{Unseen, OK, Alarm, InsufficientData} {
			state := func(name string) State { return State((int(own) + len(name)) % 4) }
			if r.Eval(state) != again.Eval(state) {
				t.Fatalf("%s does not mean %s", rule, printed)
			}
		}
	})
}
