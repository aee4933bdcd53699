package facts_test

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestSelectors: what of a trail's selectors cannot be seen, and those that a trail
// has of several kinds.
func TestSelectors(t *testing.T) {
	const (
		management = "field_selector {\n field = \"eventCategory\"\n equals = [\"Management\"]\n}\n"
		noReads    = "no read events are recorded"
		noWrites   = "no write events are recorded"
		open       = "some of the event selectors are known only after apply"
	)
	field := func(field, operator, values string) string {
		return "field_selector {\n field = " + field + "\n " + operator + " = " + values + "\n}\n"
	}
	advanced := func(fields ...string) string {
		body := ""
		for _, f := range fields {
			body += f
		}
		return "advanced_event_selector {\n" + body + "}\n"
	}
	basic := func(arguments string) string { return "event_selector {\n" + arguments + "\n}\n" }
	narrowed := func(kind, fields string) string {
		return "of " + kind + " events only those that a selector on " + fields + " admits are recorded"
	}
	for name, c := range map[string]struct {
		selectors   string
		management  truth.Truth
		write, both string
		excluded    []string
		unknown     string
	}{
		"none":                                  {"", truth.Yes, "", "", nil, ""},
		"not to be seen":                        {"event_selector = hidden()", truth.Unknown, "", "", nil, "the event selectors are known only after apply"},
		"by a variable":                         {basic("include_management_events = var.on"), truth.Unknown, "", "", nil, open},
		"of a kind to be seen later":            {basic("read_write_type = var.kind"), truth.Unknown, "", "", nil, open},
		"without sources to be seen later":      {basic("exclude_management_event_sources = var.sources"), truth.Unknown, "", "", nil, open},
		"without one source":                    {basic("exclude_management_event_sources = [\"kms.amazonaws.com\"]"), truth.Yes, "", "", []string{"kms.amazonaws.com"}, ""},
		"without a source, of one kind":         {basic("read_write_type = \"WriteOnly\"\n exclude_management_event_sources = [\"kms.amazonaws.com\"]"), truth.Yes, "", noReads, []string{"kms.amazonaws.com"}, ""},
		"of one kind, and the other to be seen": {basic("read_write_type = \"WriteOnly\"") + basic("read_write_type = var.kind"), truth.Yes, "", "", nil, open},

		"a field to be seen later":                  {advanced(management, field("var.field", "equals", "[\"x\"]")), truth.Unknown, "", "", nil, open},
		"a value to be seen later":                  {advanced(management, field("\"readOnly\"", "equals", "[var.reads]")), truth.Unknown, "", "", nil, open},
		"values to be seen later":                   {advanced(management, field("\"readOnly\"", "equals", "var.reads")), truth.Unknown, "", "", nil, open},
		"a value to be seen, after one that is met": {advanced(management, field("\"readOnly\"", "equals", "[\"true\", \"false\", var.x]")), truth.Yes, "", "", nil, ""},
		"reads alone":                               {advanced(management, field("\"readOnly\"", "equals", "[\"true\"]")), truth.Yes, noWrites, noWrites, nil, ""},
		"not reads":                                 {advanced(management, field("\"readOnly\"", "not_equals", "[\"true\"]")), truth.Yes, "", noReads, nil, ""},
		"either":                                    {advanced(management, field("\"readOnly\"", "equals", "[\"true\", \"false\"]")), truth.Yes, "", "", nil, ""},
		"no category":                               {advanced(field("\"readOnly\"", "equals", "[\"true\"]")), truth.No, noWrites, noReads, nil, ""},
		"a category by its beginning":               {advanced(field("\"eventCategory\"", "starts_with", "[\"Manage\"]")), truth.Yes, "", "", nil, ""},
		"a category by its end":                     {advanced(field("\"eventCategory\"", "ends_with", "[\"ment\"]")), truth.Yes, "", "", nil, ""},
		"a category by another end":                 {advanced(field("\"eventCategory\"", "ends_with", "[\"Manage\"]")), truth.No, noWrites, noReads, nil, ""},
		"a category by another beginning":           {advanced(field("\"eventCategory\"", "starts_with", "[\"ment\"]")), truth.No, noWrites, noReads, nil, ""},
		"not a category":                            {advanced(field("\"eventCategory\"", "not_equals", "[\"Data\"]")), truth.Yes, "", "", nil, ""},
		"one service":                               {advanced(management, field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]")), truth.Yes, noWrites, noReads, nil, ""},
		"reads of one service":                      {advanced(management, field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]"), field("\"readOnly\"", "equals", "[\"true\"]")), truth.Yes, noWrites, noReads, nil, ""},
		"writes of one service":                     {advanced(management, field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]"), field("\"readOnly\"", "equals", "[\"false\"]")), truth.Yes, noWrites, noReads, nil, ""},
		"some of one service":                       {advanced(management, field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]"), field("\"readOnly\"", "equals", "[var.reads]")), truth.Unknown, noWrites, noReads, nil, ""},
		"some of one service, all of another": {advanced(management, field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]"), field("\"readOnly\"", "equals", "[var.reads]")) + advanced(management, field("\"eventSource\"", "equals", "[\"sts.amazonaws.com\"]")),
			truth.Yes, noWrites, noReads, nil, ""},
		"data of one service":         {advanced(field("\"eventCategory\"", "equals", "[\"Data\"]"), field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]")), truth.No, noWrites, noReads, nil, ""},
		"services by their beginning": {advanced(management, field("\"eventSource\"", "not_starts_with", "[\"kms\", \"rds\"]")), truth.Yes, "", "", []string{"kms", "rds"}, ""},
		"a narrow one and one for a service": {advanced(management, field("\"userIdentity.arn\"", "not_equals", "[\"x\"]")) + advanced(management, field("\"eventSource\"", "equals", "[\"iam.amazonaws.com\"]")), truth.Yes,
			narrowed("write", "userIdentity.arn"), narrowed("read", "userIdentity.arn"), nil, ""},
		"two narrow ones": {advanced(management, field("\"sessionCredentialFromConsole\"", "equals", "[\"true\"]")) + advanced(management, field("\"eventName\"", "equals", "[\"x\"]")), truth.Yes,
			narrowed("write", "eventName, sessionCredentialFromConsole"), narrowed("read", "eventName, sessionCredentialFromConsole"), nil, ""},
		"a narrow one of writes": {advanced(management, field("\"eventName\"", "equals", "[\"x\"]"), field("\"readOnly\"", "equals", "[\"false\"]")), truth.Yes, narrowed("write", "eventName"), noReads, nil, ""},
		"a narrow one of writes beside reads": {advanced(management, field("\"eventName\"", "equals", "[\"x\"]"), field("\"readOnly\"", "equals", "[\"false\"]")) + advanced(management, field("\"readOnly\"", "equals", "[\"true\"]")), truth.Yes,
			narrowed("write", "eventName"), narrowed("write", "eventName"), nil, ""},
		"a narrow one of data": {advanced(field("\"eventCategory\"", "equals", "[\"Data\"]"), field("\"resources.type\"", "equals", "[\"x\"]")) + advanced(management, field("\"eventName\"", "equals", "[\"x\"]")), truth.Yes,
			narrowed("write", "eventName"), narrowed("read", "eventName"), nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			const multi = "is_multi_region_trail      = true"
			got := chaintest.Build(t, chaintest.Edits{multi, multi + "\n" + c.selectors}.Of(t, chaintest.Complete)).Trails[chaintest.TheTrail].Records
			if got.Management != c.management || got.Lost["write"] != c.write || got.Lost["read and write"] != c.both || got.Unknown != c.unknown {
				t.Errorf("%+v", got)
			}
			if !slices.Equal(got.Excluded, c.excluded) {
				t.Errorf("less of %q", got.Excluded)
			}
		})
	}
}
