package gate_test

import (
	"context"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestDenied: no statement is added if another one denies the request, or one of
// the two requests of a fault: it would fix nothing. A request that nobody denies
// has a fix.
func TestDenied(t *testing.T) {
	g := newGate(t)
	logs := func(allowed, denied string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"` + allowed + `","Resource":"*"},{"Effect":"Deny","Action":"` + denied + `","Resource":"*"}]}`
	}
	uses := func(allowed, denied string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + cloudWatch + `,"Action":"` + allowed + `","Resource":"*"},` +
			`{"Sid":"nobody denies","Effect":"Deny","Principal":"*","Action":"` + denied + `","Resource":"*"}]}`
	}
	for _, c := range []struct {
		name, base, code string
		edit             edit
		fixed            bool
	}{
		{"a topic that is denied", "complete", "topic-policy-denies", setTopicPolicy(denyAll), false},
		{"a topic that is not allowed", "complete", "topic-policy-denies", setTopicPolicy(uses("sns:Subscribe", "sns:Unsubscribe")), true},
		{"a key whose first use is denied", withKey, "topic-key-denies", setAttribute(key, "policy", uses("kms:*", "kms:Decrypt")), false},
		{"a key whose second use is denied", withKey, "topic-key-denies", setAttribute(key, "policy", uses("kms:Encrypt", "kms:GenerateDataKey*")), false},
		{"a key that is not allowed", withKey, "topic-key-denies", setAttribute(key, "policy", uses("kms:Encrypt", "kms:Sign")), true},
		{"a role that is denied", "complete", "trail-role-cannot-write", setAttribute(rolePolicy, "policy", logs("logs:*", "logs:CreateLogStream")), false},
		{"a role whose second action is denied", "complete", "trail-role-cannot-write", setAttribute(rolePolicy, "policy", logs("logs:Get*", "logs:PutLogEvents")), false},
		{"a role that is not allowed", "complete", "trail-role-cannot-write", setAttribute(rolePolicy, "policy", logs("logs:Get*", "logs:Delete*")), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, err := g.Judge(context.Background(), newDraft(t, c.base, []edit{c.edit}).document())
			if err != nil {
				t.Fatal(err)
			}
			got := j.Results[0]
			i := slices.IndexFunc(got.Findings, func(f verdict.Finding) bool { return f.Code == c.code })
			if i < 0 || (got.Findings[i].Change != nil) != c.fixed {
				t.Errorf("no %s, or a change where none helps\n%s", c.code, pretty(got))
			}
		})
	}
}
