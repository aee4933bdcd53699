package iampolicy

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		doc, want    string
		line, column int
	}{
		{``, "ends too early", 1, 1},
		{`{`, "ends too early", 1, 2},
		{`[]`, "has to be an object", 1, 1},
		{`{"Statement": []} x`, "text after the policy", 1, 19},
		{"{\n  \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"*\"}]\n}", "Effect has to be Allow or Deny", 2, 28},
		{`{"Version": "2012-10-17"}`, "no Statement", 1, 1},
		{`{"Version": "2026-01-01", "Statement": []}`, "Version has to be", 1, 13},
		{`{"Statement": [{"Action": "*"}]}`, "no Effect", 1, 16},
		{`{"Statement": [{"Effect": "Allow"}]}`, "neither Action nor NotAction", 1, 16},
		{`{"Statement": [{"Effect": "Allow", "Action": "*", "NotAction": "*"}]}`, "both Action and NotAction", 1, 16},
		{`{"Statement": [{"Effect": "Allow", "Action": {}}]}`, "has to be a string", 1, 46},
		{`{"Statement": [{"Effect": "Allow", "Action": null}]}`, "has to be a string", 1, 46},
		{`{"Statement": [{"Effect": "Allow", "Actions": "*"}]}`, `"Actions" is not an element`, 1, 36},
		{`{"Statement": [{"Effect": "Allow", "Action": "*", "Principal": "arn:x"}]}`, "principal", 1, 64},
		{`{"Statement": [{"Effect": "Allow", "Action": "*", "Principal": {"Servant": "x"}}]}`, "not a type of principal", 1, 65},
		{`{"Statement": [{"Effect": "Allow", "Action": "*", "Condition": []}]}`, "has to be an object", 1, 64},
		{`{"Statement": [], "Statement": []}`, "duplicate key", 1, 19},
		{`{"Statement": [{"Effect": "Allow", "Action": "*", "Condition": {"Bool": {"a": 1}, "Bool": {"b": 2}}}]}`, "duplicate key", 1, 83},
		{`{"Statement": ` + strings.Repeat("[", 100), "nested deeper", 1, 47},
		{strings.Repeat(" ", MaxSize+1), "bytes", 1, 1},
	} {
		_, err := Parse(c.doc)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%.80s: %v", c.doc, err)
			continue
		}
		if !strings.Contains(syntax.Message, c.want) || syntax.Line != c.line || syntax.Column != c.column {
			t.Errorf("%.80s: %v; want %q at %d:%d", c.doc, err, c.want, c.line, c.column)
		}
	}
}

func TestParseShapes(t *testing.T) {
	doc := mustParse(t, `{"version": "2012-10-17", "ID": "x", "statement": {"sid": "S", "effect": "Deny", "notprincipal": {"aws": ["*", "1"]},
		"notaction": ["a:*"], "notresource": "*", "condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"n": [1, 2.5]}}}}`)
	s := doc.Statements[0]
	if doc.Version != VersionWithVariables || s.Sid != "S" || s.Effect.Text != Deny || s.Actions != nil || s.Resources != nil || s.Principals != nil {
		t.Errorf("%+v", doc)
	}
	if len(s.NotPrincipals) != 1 || s.NotPrincipals[0].Type != "AWS" || len(s.NotPrincipals[0].IDs) != 2 {
		t.Errorf("%+v", s.NotPrincipals)
	}
	if len(s.Conditions) != 2 || s.Conditions[0].Values[0].Text != "false" || s.Conditions[1].Values[1].Text != "2.5" {
		t.Errorf("%+v", s.Conditions)
	}
}

// Whatever a policy contains, one more Deny never turns it into an Allow, and a sure Allow is never lost to one more.
func TestMoreStatements(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		docs := []Document{{Version: VersionWithVariables, Statements: randomStatements(r, 3)}}
		before := Evaluate(docs, publish()).Decision
		extra := randomStatements(r, 1)
		if len(extra) == 0 {
			continue
		}
		extra[0].Effect = Known(Deny)
		after := Evaluate(append(docs, Document{Statements: extra}), publish()).Decision
		if after == Allowed && before != Allowed || before == Denied && after != Denied || before == NotAllowed && after == Unknown {
			t.Fatalf("%s became %s by a Deny\n%+v\n%+v", before, after, docs, extra)
		}
		extra[0].Effect = Known(Allow)
		after = Evaluate(append(docs, Document{Statements: extra}), publish()).Decision
		if before == Allowed && after != Allowed || before == Denied && after != Denied || before == Unknown && after == NotAllowed {
			t.Fatalf("%s became %s by an Allow\n%+v\n%+v", before, after, docs, extra)
		}
	}
}

func randomStatements(r *rand.Rand, most int) []Statement {
	pick := func(texts ...Text) []Text { return []Text{texts[r.IntN(len(texts))]} }
	unknown := Text{Unknown: true}
	var out []Statement
	for range r.IntN(most + 1) {
		s := Statement{
			Effect:     pick(Known(Allow), Known(Deny), Known(Allow), unknown)[0],
			Actions:    pick(Known("sns:*"), Known("sns:Publish"), Known("sqs:*"), unknown),
			Resources:  pick(Known("*"), Known(topicARN), Known("arn:aws:sns:*:*:x"), unknown),
			Principals: []Principal{{Type: "Service", IDs: pick(Known(CloudWatch), Known("events.amazonaws.com"), unknown)}},
			Incomplete: r.IntN(8) == 0,
		}
		if r.IntN(2) == 0 {
			s.Conditions = []Condition{{"StringEquals", "aws:SourceAccount", pick(Known(account), Known("1"), unknown)}}
		}
		out = append(out, s)
	}
	return out
}

func FuzzParse(f *testing.F) {
	f.Add(defaultTopicPolicy)
	for _, c := range topicPolicies {
		f.Add(c.policy)
	}
	f.Add("{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"\uFFF9\", \"Resource\": \"${${\uFFFC*\"}}")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := Parse(text)
		var syntax *SyntaxError
		if err != nil {
			if !errors.As(err, &syntax) || syntax.Offset > len(text) || syntax.Line < 1 || syntax.Column < 1 {
				t.Fatalf("%v", err)
			}
			return
		}
		got := Evaluate([]Document{doc}, publish())
		if got.Reason == "" {
			t.Fatalf("no reason for %s", got.Decision)
		}
		deny := Statement{Effect: Known(Deny), Principals: []Principal{{Type: "*"}}, Actions: Texts("*"), Resources: Texts("*")}
		doc.Statements = append(doc.Statements, deny)
		if got := Evaluate([]Document{doc}, publish()); got.Decision != Denied {
			t.Fatalf("%s in spite of a Deny for everything", got.Decision)
		}
	})
}
