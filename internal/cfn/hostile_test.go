package cfn

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestHostile: what would fill the memory or the stack ends in one line. The
// bound is on all that a call allocates, freed or not, and not on the clock.
func TestHostile(t *testing.T) {
	const limit = 160 << 20
	names := func(n int, text string) string { // each name holds the one before it twice
		var b strings.Builder
		b.WriteString("Resources:\n  T0: {Type: AWS::SNS::Topic, Properties: {TopicName: x}}\n")
		for i := range n {
			fmt.Fprintf(&b, "  T%d: {Type: AWS::SNS::Topic, Properties: {TopicName: "+text+"}}\n", i+1, i, i)
		}
		return b.String()
	}
	laughs := func(n int) string {
		var b strings.Builder
		b.WriteString("Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
		for i := range n {
			fmt.Fprintf(&b, "  a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
		}
		return b.String() + "Resources: {T: {Type: AWS::SNS::Topic}}\n"
	}
	for name, tt := range map[string]struct{ template, want string }{
		"brackets in YAML":    {"Resources: " + strings.Repeat("[", 200_000), "no YAML: exceeded max depth of 10000"},
		"brackets in JSON":    {`{"Resources": ` + strings.Repeat("[", 200_000), "values nested more than 256 deep"},
		"braces in JSON":      {strings.Repeat(`{"a":`, 50_000), "values nested more than 256 deep"},
		"billion laughs":      {laughs(10), "its aliases make more than 100000 values"},
		"a tower of names":    {names(60, "!Sub '${T%d.TopicName}${T%d.TopicName}'"), "Fn::Sub makes a string of more than 1048576 bytes"},
		"a tower of joins":    {names(60, "!Join ['', [!GetAtt T%d.TopicName, !GetAtt T%d.TopicName]]"), "Fn::Join makes a string of more than 1048576 bytes"},
		"loops in loops":      {"Transform: AWS::LanguageExtensions\nResources:\n" + strings.Repeat(" ", 2) + loops(9), "its loops make more than 100000 values"},
		"a long line":         {"Resources: {T: {Type: " + strings.Repeat("x", 1<<20) + "}}\nResources: {}\n", `duplicate key "Resources"`},
		"a tag of many bytes": {"Resources: !" + strings.Repeat("x", 1000) + " {}\n", "unknown function !xxx"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := read(tt.template, nil)
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %.300v\n want %s", err, tt.want)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > limit {
				t.Errorf("%d MiB allocated", got>>20)
			}
		})
	}
}

// loops are loops inside each other.
func loops(depth int) string {
	if depth == 0 {
		return "'T${a1}${a2}${a3}${a4}${a5}${a6}${a7}${a8}${a9}': {Type: AWS::SNS::Topic}"
	}
	name := fmt.Sprintf("a%d", depth)
	return fmt.Sprintf("'Fn::ForEach::L%d%s': [%s, [a, b, c, d, e, f, g, h], {%s}]", depth, name, name, loops(depth-1))
}

// Conditions that share each other are looked at once each.
func TestSharedConditions(t *testing.T) {
	var b strings.Builder
	b.WriteString("Conditions:\n  C0: !Equals [a, b]\n")
	for i := range 200 {
		fmt.Fprintf(&b, "  C%d: !Or [!Condition C%d, !Condition C%d]\n", i+1, i, i)
	}
	b.WriteString("Resources: {T: {Type: AWS::SNS::Topic, Condition: C200}}\n")
	if doc := mustRead(t, b.String(), nil); len(doc.Resources) != 0 || len(doc.Notes) != 1 {
		t.Errorf("%d resources, notes %q", len(doc.Resources), doc.Notes)
	}
}

// A branch of Fn::If may lead back to where it comes from.
func TestCircleThroughChoice(t *testing.T) {
	doc := mustRead(t, `
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, a]}
Resources:
  A: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [C, !GetAtt B.TopicName, x]}}
  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [C, y, !GetAtt A.TopicName]}}
`, nil)
	if len(doc.Cases) != 2 {
		t.Errorf("%d cases", len(doc.Cases))
	}
}

// TestVariablesOfVariables: variables of Fn::Sub that others name a thousand times
// are evaluated once, and evaluation ends at a bound.
func TestVariablesOfVariables(t *testing.T) {
	inner := "xx"
	for _, name := range []string{"c", "b", "a"} {
		inner = `!Sub ["` + strings.Repeat("${"+name+"}", 1000) + `", {` + name + ": " + inner + "}]"
	}
	_, err := Read(context.Background(), []Input{{Path: "t", Reader: strings.NewReader(
		"Resources: {T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: " + inner + "}}}")}}, Options{})
	if err == nil || !strings.Contains(err.Error(), "Fn::Sub makes a string of more than") {
		t.Errorf("%v", err)
	}
}
