package alarmrule

import (
	"errors"
	"testing"
)

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
		{`ALARM(${aws_cloudwatch_metric_alarm.x["a (b)"].alarm_name}) OR ALARM("${aws_cloudwatch_metric_alarm.y["k}"].arn}")`,
			`ALARM("${aws_cloudwatch_metric_alarm.x["a (b)"].alarm_name}") OR ALARM("${aws_cloudwatch_metric_alarm.y["k}"].arn}")`},
		{`ALARM(pre-${x.y}-post)`, `ALARM("pre-${x.y}-post")`},
		{`${local.rule} OR ALARM(a)`, `${local.rule} OR ALARM("a")`},
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
