package backtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/tally"
)

// Redact replaces the names of principals by aliases that are the same throughout the
// report, and leaves out what else identifies them: addresses, sessions, and patterns
// that name them.
func (r *Report) Redact() {
	aliases := aliases{}
	for i := range r.Alarms {
		a := &r.Alarms[i]
		aliases.groups(a.Groups)
		for j := range a.Episodes {
			aliases.parts(a.Episodes[j].Because)
		}
		if p := a.Proposal; p != nil {
			aliases.proposal(p)
		}
	}
	for i := range r.Controls {
		aliases.groups(r.Controls[i].Missed.Groups)
		aliases.groups(r.Controls[i].Perhaps.Groups)
	}
	for i := range r.Alarms {
		aliases.patterns(r.Alarms[i].Patterns)
	}
}

// aliases are the names in place of principals, in the order in which they are met.
type aliases map[principal]string

// principal is somebody, of one account.
type principal struct{ typ, name, arn string }

// public are principals that are nobody's name.
var public = []string{"root", "unknown"}

func (a aliases) of(c *tally.Caller) {
	if slices.Contains(public, c.Principal) || c.Principal == c.Type || c.Type == "AWSService" {
		return
	}
	key := principal{c.Type, c.Principal, c.ARN}
	if a[key] == "" {
		a[key] = fmt.Sprintf("principal-%d", len(a)+1)
	}
	c.Principal, c.ARN = a[key], ""
}

func (a aliases) groups(groups []Group) {
	for i := range groups {
		a.of(&groups[i].Caller)
		groups[i].Addresses, groups[i].Sessions = nil, nil
	}
}

// naming are the parts of patterns that ask for somebody.
var naming = []string{"arn:", "userIdentity.arn", "userIdentity.userName", "userIdentity.principalId", "userIdentity.accessKeyId", "sessionIssuer", "onBehalfOf", "sourceIPAddress"}

// patterns leaves out those that name somebody.
func (a aliases) patterns(patterns []string) {
	for i, text := range patterns {
		names := func(part string) bool { return strings.Contains(text, part) }
		if slices.ContainsFunc(naming, names) || slices.ContainsFunc(slices.Collect(maps.Keys(a)), func(p principal) bool { return names(p.name) }) {
			patterns[i] = "(left out, since it names somebody)"
		}
	}
}

func (a aliases) parts(parts []Part) {
	for i := range parts {
		a.of(&parts[i].Caller)
	}
}

func (a aliases) proposal(p *Proposal) {
	if p.Threshold != nil {
		a.parts(p.Threshold.Unseen)
		a.parts(p.Threshold.Heard)
	}
	for i := range p.Exclusions {
		e := &p.Exclusions[i]
		a.of(&e.Caller)
		e.Condition, e.Pattern, e.Declaration = "", "", ""
	}
}
