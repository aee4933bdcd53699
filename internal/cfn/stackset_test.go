package cfn

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// TestOverridden: a parameter has a value where every deployment has that one; what looks the
// same, because it is hidden or not known, need not be.
func TestOverridden(t *testing.T) {
	type group = map[string]resource.Value
	text, unknown := resource.StringValue, resource.UnknownValue(resource.Origin{})
	given := group{"p": text("set"), "other": unknown}
	for name, c := range map[string]struct {
		groups []group
		differ bool
		want   string
	}{
		"nothing overrides it":           {nil, false, "set"},
		"no group does":                  {[]group{nil, {}}, false, "set"},
		"the only group does":            {[]group{{"p": text("1")}}, false, "1"},
		"all do alike":                   {[]group{{"p": text("1")}, {"p": text("1")}}, false, "1"},
		"one does, with the same":        {[]group{{"p": text("set")}, nil}, false, "set"},
		"one does, and another does not": {[]group{{"p": text("1")}, nil}, true, ""},
		"they do not agree":              {[]group{{"p": text("1")}, {"p": text("2")}}, true, ""},
		"two secrets":                    {[]group{{"p": text("1").AsSensitive()}, {"p": text("2").AsSensitive()}}, true, ""},
		"two values that are not known":  {[]group{{"p": unknown}, {"p": unknown}}, true, ""},
	} {
		all, differ := Overridden(given, c.groups)
		if got := slices.Contains(differ, "p"); got != c.differ || slices.Contains(differ, "other") {
			t.Errorf("%s: %q differ", name, differ)
		}
		if got, _ := all["p"].Text(); !c.differ && got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got, _ := given["p"].Text(); got != "set" {
		t.Errorf("what the set gives is changed: %q", got)
	}
}
