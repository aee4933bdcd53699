package resource

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var (
	account   = Symbol("account of aws")
	region    = Symbol("region of aws")
	partition = Symbol("partition of aws")
	stage     = Symbol("var.stage")
)

func TestTextEqual(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Tri
	}{
		{"", "", Yes},
		{"a", "b", No},
		{stage, stage, Yes},
		{stage, "prod", Maybe},
		{stage, "", Maybe},
		{stage + "-alarms", stage + "-alarms", Yes},
		{stage + "-alarms", stage + "-denied", No},
		{stage + "-alarms", "prod-alarms", Maybe},
		{stage + "-alarms", "prod", No},
		{stage + "-old", stage, No}, // the rest is not empty
		{stage + stage, stage, Maybe},
		{account, "111122223333", Maybe},
		{account, "11112222333", No},
		{account, "", No},
		{account, "*", No},
		{account, account, Yes},
		{account, Symbol("account of aws.audit"), Maybe},
		{account, region, No},
		{region, "eu-west-1", Maybe},
		{region, "us-gov-west-1", Maybe},
		{region, "ap-southeast-12", Maybe},
		{region, "prod", No},
		{region, "", No},
		{partition, "aws", Maybe},
		{partition, "aws-cn", Maybe},
		{partition, "azure", No},
		{Generated("aws_iam_role.r"), "anything", No},
		{"a-" + Generated("aws_iam_role.r"), "a-", No},
		{Generated("aws_iam_role.r"), stage, Maybe}, // a variable may be given it
		{Generated("aws_iam_role.r"), Generated("aws_iam_role.s"), Maybe},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t", "arn:aws:sns:eu-west-1:111122223333:t", Maybe},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t", "arn:aws:sns:eu-west-1:111122223333:u", No},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t", "arn:aws:sqs:eu-west-1:111122223333:t", No},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t-old", "arn:" + partition + ":sns:" + region + ":" + account + ":t", No},
	} {
		if got := Text(c.a).Equal(Text(c.b)); got != c.want {
			t.Errorf("%s = %s: %v, want %v", Text(c.a).Words(), Text(c.b).Words(), got, c.want)
		}
		if got := Text(c.b).Equal(Text(c.a)); got != c.want {
			t.Errorf("%s = %s: %v, want %v", Text(c.b).Words(), Text(c.a).Words(), got, c.want)
		}
	}
}

func TestTextParts(t *testing.T) {
	for _, c := range []struct {
		text, part               string
		prefix, suffix, contains Tri
	}{
		{stage + "-x", stage, Yes, Maybe, Yes},
		{stage + "-x", "-x", Maybe, Yes, Yes},
		{stage + "-x", "y", Maybe, No, Maybe},
		{account, "1", Maybe, Maybe, Maybe},
		{account, "a", No, No, No},
		{region, "us-", Maybe, No, Maybe},
		{region, "-1", No, Maybe, Maybe},
		{"arn:" + partition + ":sns", "arn:aws", Maybe, No, Maybe},
		{Symbol("var.foo"), "foo", Maybe, Maybe, Maybe}, // the name of a symbol is no part of the text
		{"a" + account + "b", "", Yes, Yes, Yes},
	} {
		text, part := Text(c.text), Text(c.part)
		for name, got := range map[string][2]Tri{
			"prefix": {text.HasPrefix(part), c.prefix}, "suffix": {text.HasSuffix(part), c.suffix}, "part": {text.Contains(part), c.contains},
		} {
			if got[0] != got[1] {
				t.Errorf("%s has %s %s: %v, want %v", text.Words(), part.Words(), name, got[0], got[1])
			}
		}
	}
}

func TestTextSplit(t *testing.T) {
	text := Text("arn:" + partition + ":sns:" + Symbol(`aws_x.y["a:b"].region`) + ":" + account + ":t:u")
	pieces := text.Split(':', 6)
	if len(pieces) != 6 || pieces[5] != "t:u" || pieces[3] != Text(Symbol(`aws_x.y["a:b"].region`)) {
		t.Errorf("%q", pieces)
	}
}

func TestLiteral(t *testing.T) {
	if text := Literal(account); !text.IsLiteral() || text.Equal(Text(account)) != No {
		t.Errorf("%q is a symbol, or twelve digits", text)
	}
	if text := Literal("a: b"); text != "a: b" {
		t.Errorf("%q", text)
	}
}

// substitutions are what symbols may come to be.
var substitutions = map[string][]string{
	"account of aws":   {"111122223333", "444455556666"},
	"region of aws":    {"eu-west-1", "us-gov-east-1", "ap-southeast-3", "me-central-1"},
	"partition of aws": {"aws", "aws-cn", "aws-us-gov", "aws-iso-b"},
	"suffix of aws":    {"amazonaws.com", "amazonaws.com.cn", "c2s.ic.gov"},
	"var.stage":        {"", "a", "aa", "1", "prod-", "aws", "eu-west-1", "a-1", "-", "arn:aws", "\u00fc"},
	"aws_x.y.id":       {"a", "b", "1-a", ":", "aa"},
}

// A definite answer holds whatever the symbols come to be.
func TestTextProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "-", "1", ":", "aws", "arn:", "eu-west-1", "111122223333", "prod", "\u00fc"}
	var names []string
	for name := range substitutions {
		pieces, names = append(pieces, Symbol(name)), append(names, name)
	}
	some := func() []string {
		parts := make([]string, r.IntN(5))
		for i := range parts {
			parts[i] = pieces[r.IntN(len(pieces))]
		}
		return parts
	}
	definite := 0
	for range 60_000 {
		these, those := some(), some()
		if r.IntN(4) == 0 && len(these) > 0 { // most random pairs have nothing in common
			those = slices.Clone(these)
			those[r.IntN(len(those))] = pieces[r.IntN(len(pieces))]
		}
		a, b := Text(strings.Join(these, "")), Text(strings.Join(those, ""))
		answers := []Tri{a.Equal(b), a.HasPrefix(b), a.HasSuffix(b), a.Contains(b)}
		for range 6 {
			x, y := string(a), string(b)
			for _, name := range names {
				values := substitutions[name]
				value := values[r.IntN(len(values))]
				x, y = strings.ReplaceAll(x, Symbol(name), value), strings.ReplaceAll(y, Symbol(name), value)
			}
			for i, truth := range []bool{x == y, strings.HasPrefix(x, y), strings.HasSuffix(x, y), strings.Contains(x, y)} {
				if answers[i] == Yes && !truth || answers[i] == No && truth {
					t.Fatalf("question %d of %s and %s: %v, and %q and %q say otherwise", i, a.Words(), b.Words(), answers[i], x, y)
				}
			}
		}
		if answers[0] != Maybe {
			definite++
		}
	}
	if definite < 10_000 {
		t.Errorf("only %d definite answers", definite)
	}
}
