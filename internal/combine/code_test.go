package combine

import (
	"errors"
	"fmt"
	"strings"

	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
)

func planAt(t *testing.T, path string) *resource.Document {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := plan.Read(f, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestPlansAgreeWithTheirCode: of real plans, the configuration is that of the code
// beside them, and the code fills in what the plans leave open without changing what
// they know.
func TestPlansAgreeWithTheirCode(t *testing.T) {
	var plans []string
	for _, dir := range []string{"plans", "agree"} {
		found, err := filepath.Glob("../../testdata/" + dir + "/*/plan.json")
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, found...)
	}
	if len(plans) < 60 {
		t.Fatalf("%d plans", len(plans))
	}
	filled := 0
	for _, path := range plans {
		doc := planAt(t, path)
		code, err := hcl.Reader{}.ReadCode(t.Context(), filepath.Dir(path), doc, format.Options{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if why := difference(doc, code); why != "" {
			t.Errorf("%s: %s", path, why)
		}
		known := knownTexts(doc)
		WithCode(doc, code)
		for at, text := range knownTexts(doc) {
			if old, ok := known[at]; ok && old != text {
				t.Errorf("%s: %s was %q and is %q", path, at, old, text)
			}
			delete(known, at)
		}
		for at := range known {
			t.Errorf("%s: %s is not known any more", path, at)
		}
		for _, r := range doc.Resources {
			filled += len(r.Settled)
			if where := doc.Locate(r.Address); r.Mode == resource.Managed && r.Change.Action != resource.Delete && where == nil {
				t.Errorf("%s: no place for %s", path, r.Address)
			}
		}
	}
	if filled < 20 {
		t.Errorf("the code tells %d values that the plans do not", filled)
	}
}

// knownTexts returns the texts that a plan knows, by address and path.
func knownTexts(doc *resource.Document) map[string]string {
	texts := map[string]string{}
	for _, r := range doc.Resources {
		r.Attributes.Walk(func(path []any, v resource.Value) bool {
			if text, ok := v.Text(); ok {
				texts[fmt.Sprint(r.Address, path)] = text
			}
			return true
		})
	}
	return texts
}

// Of a plan whose code has changed since, nothing is filled in, and a note says why.
func TestCodeThatIsNotThePlans(t *testing.T) {
	const dir = "../../testdata/agree/all-controls"
	doc := planAt(t, dir+"/plan.json")
	code, err := hcl.Reader{}.ReadCode(t.Context(), dir, doc, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	configuration := code.Configuration()
	for name, other := range map[string]func() []resource.Written{
		"only one of the two has": func() []resource.Written { return configuration[1:] },
		"cannot be compared":      func() []resource.Written { return nil },
		"says nothing":            nil,
	} {
		doc, code := *doc, *code
		doc.Resources, doc.Notes = []*resource.Resource{{Address: "a.b", Attributes: resource.MapValue(map[string]resource.Value{
			"name": resource.UnknownValue(resource.Origin{Cause: resource.Local}),
		})}}, nil
		code.Configuration = other
		WithCode(&doc, &code)
		if len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], name) || !strings.HasSuffix(doc.Notes[0], ": what the plan leaves open stays so") {
			t.Errorf("%s: notes %q", name, doc.Notes)
		}
	}
}

// Code is read once, when somebody asks for a place; until then it has no waivers.
func TestCodeOnDemand(t *testing.T) {
	code := &resource.Document{
		Resources:     resourcetest.World(t, `aws_sns_topic "t" {}`),
		InlineWaivers: func() []*resource.InlineWaiver { return []*resource.InlineWaiver{{Control: "vpc-changes"}} },
	}
	var doc resource.Document
	reads := 0
	WithCodeOnDemand(&doc, func() (*resource.Document, error) { reads++; return code, nil })
	if doc.InlineWaivers() != nil || reads > 0 {
		t.Errorf("read %d times before anybody asked", reads)
	}
	for address, want := range map[string]bool{"aws_sns_topic.t": true, "aws_sns_topic.t[0]": true, "aws_sns_topic.other": false} {
		if got := doc.Locate(address); (got != nil) != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	if len(doc.InlineWaivers()) != 1 || reads != 1 {
		t.Errorf("%d waivers, read %d times", len(doc.InlineWaivers()), reads)
	}
	WithCodeOnDemand(&doc, func() (*resource.Document, error) { return nil, errors.New("no code") })
	if doc.Locate("aws_sns_topic.t") != nil || doc.InlineWaivers() != nil {
		t.Error("code that cannot be read has places")
	}
}
