package access

import (
	"testing"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestElements: every text of a statement counts.
func TestElements(t *testing.T) {
	two := iampolicy.Texts("a", "b")
	s := iampolicy.Statement{
		Actions: two, NotActions: two, Resources: two, NotResources: two,
		Principals: []iampolicy.Principal{{IDs: two}, {IDs: two}}, NotPrincipals: []iampolicy.Principal{{IDs: two}},
		Conditions: []iampolicy.Condition{{Values: two}, {Values: two}},
	}
	if got := elements(s); got != 19 {
		t.Errorf("%d", got)
	}
}

// TestTooMuchPolicy: policies that are too many are not asked, and nothing is known.
func TestTooMuchPolicy(t *testing.T) {
	doc := iampolicy.Document{Statements: []iampolicy.Statement{{
		Effect: iampolicy.Known(iampolicy.Allow), Actions: iampolicy.Texts("*"), Resources: make([]iampolicy.Text, maxElements-2),
	}}}
	doc.Statements[0].Resources[0] = iampolicy.Known("*")
	w := NewWorld(&resource.Document{}, graph.Build(nil))
	docs, request := []iampolicy.Document{doc}, iampolicy.WriteLogs("logs:PutLogEvents", iampolicy.Texts("arn:aws:logs:::x"))
	if got := w.evaluate(docs, request); got.Decision != iampolicy.Allowed {
		t.Errorf("as many as may be: %+v", got)
	}
	if got := w.evaluate(docs, request); got.Decision != iampolicy.Unknown || got.Reason != tooMuchPolicy {
		t.Errorf("twice as many: %+v", got)
	}
	reader := &reader{World: w}
	if got := reader.documents(resource.StringValue(`{"Statement": []}`)); len(got) != 1 || !got[0].Incomplete {
		t.Errorf("then no other is read: %+v", got)
	}
}
