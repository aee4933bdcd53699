package resource

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/widetest"
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
		want truth.Truth
	}{
		{"", "", truth.Yes},
		{"a", "b", truth.No},
		{stage, stage, truth.Yes},
		{stage, "prod", truth.Unknown},
		{stage, "", truth.Unknown},
		{stage + "-alarms", stage + "-alarms", truth.Yes},
		{stage + "-alarms", stage + "-denied", truth.No},
		{stage + "-alarms", "prod-alarms", truth.Unknown},
		{stage + "-alarms", "prod", truth.No},
		{stage + "-old", stage, truth.No}, // the rest is not empty
		{stage + stage, stage, truth.Unknown},
		{account, "111122223333", truth.Unknown},
		{account, "11112222333", truth.No},
		{account, "", truth.No},
		{account, "*", truth.No},
		{account, account, truth.Yes},
		{account, Symbol("account of aws.audit"), truth.Unknown},
		{account, region, truth.No},
		{region, "eu-west-1", truth.Unknown},
		{region, "us-gov-west-1", truth.Unknown},
		{region, "ap-southeast-12", truth.Unknown},
		{region, "prod", truth.No},
		{region, "", truth.No},
		{partition, "aws", truth.Unknown},
		{partition, "aws-cn", truth.Unknown},
		{partition, "azure", truth.No},
		{Generated("aws_iam_role.r"), "anything", truth.No},
		{"a-" + Generated("aws_iam_role.r"), "a-", truth.No},
		{Generated("aws_iam_role.r") + ":*", Generated("aws_iam_role.s"), truth.No},
		{Generated("aws_iam_role.r"), stage, truth.Unknown}, // a variable may be given it
		{Generated("aws_iam_role.r"), Generated("aws_iam_role.s"), truth.Unknown},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t", "arn:aws:sns:eu-west-1:111122223333:t", truth.Unknown},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t", "arn:aws:sns:eu-west-1:111122223333:u", truth.No},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t", "arn:aws:sqs:eu-west-1:111122223333:t", truth.No},
		{"arn:" + partition + ":sns:" + region + ":" + account + ":t-old", "arn:" + partition + ":sns:" + region + ":" + account + ":t", truth.No},
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
		prefix, suffix, contains truth.Truth
	}{
		{stage + "-x", stage, truth.Yes, truth.Unknown, truth.Yes},
		{stage + "-x", "-x", truth.Unknown, truth.Yes, truth.Yes},
		{stage + "-x", "y", truth.Unknown, truth.No, truth.Unknown},
		{account, "1", truth.Unknown, truth.Unknown, truth.Unknown},
		{account, "a", truth.No, truth.No, truth.No},
		{region, "us-", truth.Unknown, truth.No, truth.Unknown},
		{region, "-1", truth.No, truth.Unknown, truth.Unknown},
		{"arn:" + partition + ":sns", "arn:aws", truth.Unknown, truth.No, truth.Unknown},
		{Symbol("var.foo"), "foo", truth.Unknown, truth.Unknown, truth.Unknown}, // the name of a symbol is not part of the text
		{"a" + account + "b", "", truth.Yes, truth.Yes, truth.Yes},
	} {
		text, part := Text(c.text), Text(c.part)
		for name, got := range map[string][2]truth.Truth{
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
	if text := Literal(account); !text.IsLiteral() || text.Equal(Text(account)) != truth.No {
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
	definite, pairs := 0, 60_000
	if !widetest.All() {
		pairs /= 10
	}
	for range pairs {
		these, those := some(), some()
		if r.IntN(4) == 0 && len(these) > 0 { // most random pairs have nothing in common
			those = slices.Clone(these)
			those[r.IntN(len(those))] = pieces[r.IntN(len(pieces))]
		}
		a, b := Text(strings.Join(these, "")), Text(strings.Join(those, ""))
		answers := []truth.Truth{a.Equal(b), a.HasPrefix(b), a.HasSuffix(b), a.Contains(b)}
		for range 6 {
			x, y := string(a), string(b)
			for _, name := range names {
				values := substitutions[name]
				value := values[r.IntN(len(values))]
				x, y = strings.ReplaceAll(x, Symbol(name), value), strings.ReplaceAll(y, Symbol(name), value)
			}
			for i, holds := range []bool{x == y, strings.HasPrefix(x, y), strings.HasSuffix(x, y), strings.Contains(x, y)} {
				if answers[i] == truth.Yes && !holds || answers[i] == truth.No && holds {
					t.Fatalf("question %d of %s and %s: %v, and %q and %q say otherwise", i, a.Words(), b.Words(), answers[i], x, y)
				}
			}
		}
		if answers[0] != truth.Unknown {
			definite++
		}
	}
	if definite < pairs/6 {
		t.Errorf("only %d definite answers", definite)
	}
}

// TestTextForm: what a text says of itself.
func TestTextForm(t *testing.T) {
	variable, place := Text(Symbol("var.x")), Text(Symbol("account of aws"))
	for _, c := range []struct {
		text                           Text
		words                          string
		literal, literalEnds, isPlaced bool
		symbol                         string
	}{
		{"plain", "plain", true, true, true, ""},
		{"", "", true, false, true, ""},
		{variable, "(var.x)", false, false, false, "var.x"},
		{"a-" + variable + "-b", "a-(var.x)-b", false, true, false, ""},
		{"arn:aws:sns:eu-west-1:" + place + ":t", "arn:aws:sns:eu-west-1:(account of aws):t", false, true, true, ""},
		{"cut \uFFF9short", "cut short", false, true, true, ""},
	} {
		symbol, _ := c.text.Symbol()
		if c.text.Words() != c.words || c.text.IsLiteral() != c.literal || c.text.HasLiteralEnds() != c.literalEnds || c.text.IsPlaced() != c.isPlaced || symbol != c.symbol {
			t.Errorf("%q: %q, %v, %v, %v, %q", c.text, c.text.Words(), c.text.IsLiteral(), c.text.HasLiteralEnds(), c.text.IsPlaced(), symbol)
		}
	}
}
