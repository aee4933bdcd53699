package report

import (
	"bytes"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

var explained = verdict.Control{
	ID: denied.Control, Title: denied.Title, Severity: denied.Severity, References: denied.References,
	Description: "Denied calls are what probing with stolen credentials looks like.\n\nThe alarm has to go off for every denied call, reads included, because almost all of them are reads.",
	Events:      "read and write", MustMatch: reference,
	Accepted:    []string{`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventName != "HeadBucket") }`},
	Remediation: "Use the reference pattern with value 1 and an alarm on its sum.",
	Errata:      []string{"CIS 1.3 to 1.5 join the exclusions with ||: the pattern then matches practically every event of the account"},
}

func TestExplain(t *testing.T) {
	code, _ := finding.Lookup("pattern-floods")
	controls := []verdict.Control{explained, {ID: "vpc-changes", Title: "VPC changes raise an alarm", Severity: "medium", References: map[string]string{"cis-aws-1.2.0": "3.14", "security-hub": "CloudWatch.14"}}}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"control.txt":  func(b *bytes.Buffer) error { return Control(b, explained, Options{}) },
		"control.json": func(b *bytes.Buffer) error { return ControlJSON(b, explained) },
		"code.txt":     func(b *bytes.Buffer) error { return Code(b, code, Options{}) },
		"code.json":    func(b *bytes.Buffer) error { return CodeJSON(b, code) },
		"list.txt":     func(b *bytes.Buffer) error { return List(b, controls, Options{}) },
		"list.json":    func(b *bytes.Buffer) error { return ListJSON(b, controls) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		golden(t, "explain-"+name, b.Bytes())
	}
}
