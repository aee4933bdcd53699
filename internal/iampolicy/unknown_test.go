package iampolicy

import (
	"math/rand/v2"
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/widetest"
)

// Whatever turns up where something was unknown, it never contradicts a decision that was made without it.
func TestDecisionsSurviveKnowledge(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	var decided [4]int
	rounds := 8000
	if !widetest.All() {
		rounds = 1600
	}
	for range rounds {
		doc := Document{Version: VersionWithVariables, Statements: randomStatements(r, 3)}
		for i := range doc.Statements {
			doc.Statements[i].Incomplete = false
			if r.IntN(2) == 0 {
				doc.Statements[i].Conditions = append(doc.Statements[i].Conditions, randomCondition(r))
			}
		}
		req := publish()
		if r.IntN(4) == 0 {
			req.Context["aws:SourceAccount"] = []Text{{Unknown: true}}
		}
		req.UnknownKeys = []string{"k"}
		before := Evaluate([]Document{doc}, req).Decision
		decided[before]++
		for range 4 {
			after := Evaluate([]Document{learn(r, doc)}, learnRequest(r, req)).Decision
			if before == NotAllowed && after == Denied {
				continue // an undecided Deny beside no Allow
			}
			if before != Unknown && after != before {
				t.Fatalf("%s became %s\n%+v", before, after, doc)
			}
		}
	}
	for decision, count := range decided {
		if count < rounds/100 {
			t.Errorf("%s %d times only: the test says little", Decision(decision), count)
		}
	}
}

func randomCondition(r *rand.Rand) Condition {
	operators := []string{"StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "StringNotEqualsIfExists",
		"ForAllValues:StringLike", "ForAnyValue:StringNotLike", "Null", "Bool", "StringLikeIfExists"}
	keys := []string{"k", "absent", "aws:SourceAccount", "aws:SecureTransport"}
	values := []Text{Known("*"), Known("true"), Known("false"), Known(account), {Unknown: true}, Known("1" + UnknownMark)}
	return Condition{operators[r.IntN(len(operators))], keys[r.IntN(len(keys))], []Text{values[r.IntN(len(values))]}}
}

// learn puts a value in the place of everything unknown.
func learn(r *rand.Rand, doc Document) Document {
	out := Document{Version: doc.Version}
	for _, s := range doc.Statements {
		if s.Effect.Unknown {
			s.Effect = Known([]string{Allow, Deny}[r.IntN(2)])
		}
		s.Actions, s.Resources = learnTexts(r, s.Actions), learnTexts(r, s.Resources)
		s.Principals = []Principal{{Type: s.Principals[0].Type, IDs: learnTexts(r, s.Principals[0].IDs)}}
		var conditions []Condition
		for _, c := range s.Conditions {
			conditions = append(conditions, Condition{c.Operator, c.Key, learnTexts(r, c.Values)})
		}
		s.Conditions = conditions
		out.Statements = append(out.Statements, s)
	}
	return out
}

func learnTexts(r *rand.Rand, texts []Text) []Text {
	words := []string{"", "*", "sns:Publish", topicARN, CloudWatch, account, "1", "true", "false"}
	out := make([]Text, len(texts))
	for i, t := range texts {
		if t.Unknown {
			t = Known(words[r.IntN(len(words))])
		}
		t.Text = fillUnknowns([]string{t.Text}, func() string { return words[r.IntN(len(words))] })[0]
		out[i] = t
	}
	return out
}

func learnRequest(r *rand.Rand, req Request) Request {
	out := req
	out.UnknownKeys = nil
	out.Context = map[string][]Text{}
	for key, values := range req.Context {
		out.Context[key] = learnTexts(r, values)
	}
	for _, key := range req.UnknownKeys {
		if r.IntN(2) == 0 {
			out.Context[key] = learnTexts(r, []Text{{Unknown: true}})
		}
	}
	return out
}

// Callers that are accounts, and principals that only look like anything.
func TestPrincipals(t *testing.T) {
	root := Caller{Account: Known(account)}
	service := Caller{Service: CloudWatch}
	anything := Text{Unknown: true}
	for _, c := range []struct {
		name      string
		statement Statement
		caller    Caller
		want      truth.Truth
	}{
		{"account number", Statement{Principals: []Principal{{"AWS", Texts(account)}}}, root, yes},
		{"account root", Statement{Principals: []Principal{{"AWS", Texts("arn:aws:iam::111122223333:root")}}}, root, yes},
		{"account root in China", Statement{Principals: []Principal{{"AWS", Texts("arn:aws-cn:iam::111122223333:root")}}}, root, yes},
		{"another account", Statement{Principals: []Principal{{"AWS", Texts("999999999999")}}}, root, no},
		{"a role of the account", Statement{Principals: []Principal{{"AWS", Texts("arn:aws:iam::111122223333:role/r")}}}, root, no},
		{"root with an unknown part", Statement{Principals: []Principal{{"AWS", Texts("arn:aws:iam::" + UnknownMark + ":root")}}}, root, unknown},
		{"root of an unknown account", Statement{Principals: []Principal{{"AWS", Texts("arn:aws:iam::111122223333:root")}}}, Caller{Account: anything}, unknown},
		{"account by symbol", Statement{Principals: []Principal{{"AWS", []Text{Symbolic("x")}}}}, Caller{Account: Symbolic("x")}, yes},
		{"a service is not an account", Statement{Principals: []Principal{{"Service", Texts(CloudWatch)}}}, root, no},
		{"everybody", Statement{Principals: []Principal{{Type: "*"}}}, root, yes},

		{"unknown service", Statement{Principals: []Principal{{"Service", []Text{anything}}}}, service, unknown},
		{"any service", Statement{Principals: []Principal{{"Service", Texts("*")}}}, service, yes},
		{"unknown AWS principal may be the wildcard", Statement{Principals: []Principal{{"AWS", []Text{Symbolic("var.who")}}}}, service, unknown},
		{"a role's ARN is not a wildcard", Statement{Principals: []Principal{{"AWS", []Text{Symbolic("aws_iam_role.r.arn")}}}}, service, no},
		{"nor is a root with an unknown part", Statement{Principals: []Principal{{"AWS", Texts("arn:aws:iam::" + UnknownMark + ":root")}}}, service, no},
		{"federated", Statement{Principals: []Principal{{"Federated", Texts("*")}}}, service, no},
		{"one of two kinds", Statement{Principals: []Principal{{"AWS", Texts(account)}, {"Service", Texts(CloudWatch)}}}, service, yes},
		{"all but it", Statement{NotPrincipals: []Principal{{"Service", Texts(CloudWatch)}}}, service, no},
		{"all but one that may be it", Statement{NotPrincipals: []Principal{{"Service", []Text{anything}}}}, service, unknown},
		{"none named", Statement{}, service, no},
		{"none named, of the identity itself", Statement{}, Caller{}, yes},
	} {
		if got := c.statement.principal(c.caller); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestVariables(t *testing.T) {
	r := Request{Context: map[string][]Text{
		"aws:username": Texts("alice"), "two": Texts("a", "b"), "star": Texts("*"), "some": Texts("a" + UnknownMark), "none": {{Unknown: true}},
	}}
	for _, c := range []struct{ text, want string }{
		{"plain", "plain"}, {"${aws:UserName}/x", "alice/x"}, {"a${two}b", "a" + UnknownMark + "b"}, {"${star}", UnknownMark}, {"${some}", "a" + UnknownMark},
		{"${none}", UnknownMark}, {"${absent}", UnknownMark}, {"${absent, 'x'}", UnknownMark}, {"${$}{}", "${}"}, {"${*}", UnknownMark}, {"${open", "${open"}, {"$a{b}", "$a{b}"},
	} {
		if got := r.expand(Known(c.text)); got.Text != c.want || got.Unknown {
			t.Errorf("%s: %q, want %q", c.text, got.Text, c.want)
		}
	}
}
