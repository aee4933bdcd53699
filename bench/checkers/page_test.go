package main

import (
	"strings"
	"testing"
)

// TestSilence: a rule that says nothing of a bad system accepts it, unless it
// says nothing of any system in that form.
func TestSilence(t *testing.T) {
	bad, good := system{set: cases, form: code, name: "bad", want: "fail"}, system{set: cases, form: code, name: "good", want: "pass"}
	other := system{set: cases, form: template, name: "bad", want: "fail"}
	unread := system{set: cases, form: code, name: "unread", want: "fail"}
	c := checker{heard: map[system]heard{bad: {word: objects}, good: {}, other: {}, unread: {failed: "exit status 1"}}}
	for sys, want := range map[system]answer{bad: objects, good: accepts, other: absent, unread: broken} {
		if got := c.answerOn(sys); got != want {
			t.Errorf("%s, %s: %q, want %q", sys.name, sys.form, got, want)
		}
	}
}

func TestCounts(t *testing.T) {
	var systems []system
	for _, f := range []form{code, template} {
		for _, name := range []string{"one", "two", "three"} {
			systems = append(systems, system{set: cases, form: f, name: name, want: "pass"}, system{set: cases, form: f, name: "not " + name, want: "fail"})
		}
	}
	systems = append(systems, system{set: probe, form: template, name: "probe", want: "fail"}, system{set: cases, form: code, name: "unseen", want: "unknown"})
	right := checker{name: "right", heard: map[system]heard{}}
	strict := checker{name: "strict", heard: map[system]heard{}}
	for _, sys := range systems {
		right.heard[sys] = heard{word: map[string]answer{"pass": accepts, "fail": objects, "unknown": unknown}[sys.want]}
		if sys.form == code {
			strict.heard[sys] = heard{word: objects}
		}
	}
	right.heard[systems[0]] = heard{word: unknown}
	strict.heard[systems[1]] = heard{failed: "exit status 1"}
	strict.heard[systems[7]] = heard{failed: "exit status 1"}
	var b strings.Builder
	writeCounts(&b, []checker{right, strict}, systems)
	const want = `| form | systems | right | strict |
|---|---|---|---|
| Terraform code | 3 correct: accepted | 2, unknown 1 | 0 |
| Terraform code | 3 broken: noticed | 3 | 2, cannot read it 1 |
| CloudFormation | 3 correct: accepted | 3 | does not look |
| CloudFormation | 3 broken: noticed | 3 | does not look, cannot read it 1 |
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
