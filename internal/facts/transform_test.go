package facts_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
)

// TestCriteria: which of them leave out the filter's own region or account, for certain.
func TestCriteria(t *testing.T) {
	const argument = "pattern        ="
	elsewhere := func(t *testing.T, criteria string, options ...chaintest.Option) bool {
		t.Helper()
		world := chaintest.Edits{argument, "field_selection_criteria = " + criteria + "\n " + argument}.Of(t, chaintest.Complete)
		return chaintest.Build(t, world, options...).MetricFilters[chaintest.TheFilter].Elsewhere
	}
	for criteria, want := range map[string]bool{
		`@aws.region = 'us-east-1'`: false, `@aws.region = 'eu-west-1'`: true, `@AWS.Region = 'eu-west-1'`: true,
		`@aws.region != 'us-east-1'`: true, `@aws.region != 'eu-west-1'`: false,
		`@aws.account = '111122223333'`: false, `@aws.account = '444455556666'`: true, `@aws.account = 111122223333`: false, `@aws.account = 444455556666`: true,
		`@aws.account = 'us-east-1'`: true, `@aws.region = '111122223333'`: true,
		`@aws.account != 111122223333`:                                                  true,
		`@aws.region IN ['eu-west-1', 'us-east-1']`:                                     false,
		`@aws.region IN ['eu-west-1', 'eu-west-2']`:                                     true,
		`@aws.region in ('eu-west-1')`:                                                  true,
		`@aws.region NOT IN ['eu-west-1', 'us-east-1']`:                                 true,
		`@aws.region not  in ['eu-west-1']`:                                             false,
		` @aws.region = 'eu-west-1' `:                                                   true,
		`@aws.region = 'us-east-1' AND @aws.account = '4'`:                              true,
		`@aws.account = '4' and @aws.region = 'us-east-1'`:                              true,
		`@aws.region = 'us-east-1' OR @aws.account = '4'`:                               false,
		`@aws.account = '4' OR @aws.region = 'us-east-1'`:                               false,
		`@aws.region = 'eu-west-1' or @aws.account = '4'`:                               true,
		`@aws.account = 1 OR @aws.account = 2 or @aws.account = 3`:                      true,
		`@aws.account = 1 OR @aws.account = 2 OR @aws.account = 111122223333`:           false,
		`@aws.region != 'x' AND @aws.region != 'y' AND @aws.region != 'us-east-1'`:      true,
		`@aws.region = 'eu-west-1' AND @aws.account = '4' OR @aws.region = 'eu-west-2'`: false, // AWS says nothing of the order
		`@aws.region = 'eu-west-1' OR @aws.account = '4' AND @aws.region = 'eu-west-2'`: false,
		`(@aws.region = 'eu-west-1')`:                                                   false,
		`@aws.region = 'eu-west-1' AND (@aws.account = '4')`:                            false,
		`@aws.region = 'eu-west-1' AND`:                                                 false,
		`@aws.region = 'eu-west-1' XOR @aws.region = 'eu-west-2'`:                       false,
		`@aws.service = 'eu-west-1'`:                                                    false,
		`@aws.region LIKE 'eu-west-1'`:                                                  false,
		``:                                                                              false,
	} {
		if got := elsewhere(t, `"`+criteria+`"`); got != want {
			t.Errorf("%s: %v", criteria, got)
		}
	}
	if elsewhere(t, "var.criteria") {
		t.Error("criteria that nobody sees leave out the filter's place")
	}
	for _, criteria := range []string{`@aws.region = 'eu-west-1'`, `@aws.account = '4'`, `@aws.region != 'eu-west-1'`} {
		if elsewhere(t, `"`+criteria+`"`, chaintest.WithoutPlace(chaintest.TheFilter)) {
			t.Errorf("%s leaves out a place that nobody states", criteria)
		}
	}
}

// TestTransformers: what they do to the fields that the pattern tests, of a filter that
// asks for transformed events.
func TestTransformers(t *testing.T) {
	const (
		argument = "pattern        ="
		fields   = `"{ ($.errorCode = \"AccessDenied*\") && ($.userIdentity.type = \"Root\") }"`
		items    = `"{ ($.items[0].name = \"x\") }"`
		anything = `"{ ($.userIdentity.* = \"x\") }"`
		words    = `"AccessDenied"`
		none     = "no transformer in the input is known to apply to its log group"
		effect   = "the effect of aws_cloudwatch_log_transformer.t is not known"
	)
	transformer := func(steps string) string {
		return "\naws_cloudwatch_log_transformer \"t\" {\n log_group_arn = aws_cloudwatch_log_group.trail.arn\n" + steps + "\n}\n"
	}
	step := func(body string) string { return transformer("transformer_config {\n" + body + "\n}") }
	keys := func(processor, list string) string { return step(processor + " {\n with_keys = " + list + "\n}") }
	entry := func(processor, body string) string { return step(processor + " {\n entry {\n" + body + "\n }\n}") }
	for name, c := range map[string]struct {
		asks, pattern, world string
		want                 document.TransformState
		why                  string
	}{
		"not asked for":        {"false", fields, keys("delete_keys", `["errorCode"]`), document.TransformsNothing, ""},
		"by default":           {"null", fields, keys("delete_keys", `["errorCode"]`), document.TransformsNothing, ""},
		"asked for, perhaps":   {"var.on", fields, keys("delete_keys", `["x"]`), document.TransformsUnknown, "var.on has no value"},
		"none is there":        {"true", fields, "", document.TransformsUnknown, none},
		"one of another group": {"true", fields, strings.Replace(keys("delete_keys", `["errorCode"]`), "aws_cloudwatch_log_group.trail.arn", `"other"`, 1), document.TransformsUnknown, none},

		"another field":                {"true", fields, keys("delete_keys", `["eventName", "errorCodes", "userIdentity.arn"]`), document.TransformsNothing, ""},
		"the field":                    {"true", fields, keys("delete_keys", `["x", "errorCode"]`), document.TransformsField, "delete_keys changes errorCode"},
		"what the field is in":         {"true", fields, keys("lower_case_string", `["userIdentity"]`), document.TransformsField, "lower_case_string changes userIdentity"},
		"what is in the field":         {"true", fields, keys("upper_case_string", `["userIdentity.type.name"]`), document.TransformsField, "upper_case_string changes userIdentity.type.name"},
		"a key that begins so":         {"true", fields, keys("trim_string", `["user", "userIdentity.types"]`), document.TransformsNothing, ""},
		"an element's list":            {"true", items, keys("delete_keys", `["items"]`), document.TransformsField, "delete_keys changes items"},
		"an element":                   {"true", items, keys("delete_keys", `["items[0].name"]`), document.TransformsField, "items[0].name"},
		"another element":              {"true", items, keys("delete_keys", `["items[1].name"]`), document.TransformsNothing, ""},
		"one of any field":             {"true", anything, keys("delete_keys", `["userIdentity.type"]`), document.TransformsField, "userIdentity.type"},
		"a field beside any":           {"true", anything, keys("delete_keys", `["errorCode"]`), document.TransformsNothing, ""},
		"a pattern of words":           {"true", words, keys("delete_keys", `["x"]`), document.TransformsUnknown, effect},
		"no key, a pattern of words":   {"true", words, keys("delete_keys", `[]`), document.TransformsNothing, ""},
		"a pattern that is none":       {"true", `"{ ("`, keys("delete_keys", `["x"]`), document.TransformsUnknown, effect},
		"a key to be seen later":       {"true", fields, keys("delete_keys", `["x", var.key]`), document.TransformsUnknown, effect},
		"keys to be seen later":        {"true", fields, keys("delete_keys", `var.keys`), document.TransformsUnknown, effect},
		"a key, and one to be seen":    {"true", fields, keys("delete_keys", `[var.key, "errorCode"]`), document.TransformsField, "delete_keys changes errorCode"},
		"no key":                       {"true", fields, keys("delete_keys", `[null]`), document.TransformsNothing, ""},
		"steps to be seen later":       {"true", fields, transformer("transformer_config = hidden()"), document.TransformsUnknown, effect},
		"a step to be seen later":      {"true", fields, transformer("transformer_config = [hidden()]"), document.TransformsUnknown, effect},
		"settings to be seen later":    {"true", fields, step("delete_keys = hidden()"), document.TransformsUnknown, effect},
		"a step without settings":      {"true", fields, step("delete_keys = []"), document.TransformsNothing, ""},
		"entries to be seen later":     {"true", fields, step("move_keys {\n entry = hidden()\n}"), document.TransformsUnknown, effect},
		"parsed in place":              {"true", fields, step("parse_json {}"), document.TransformsNothing, ""},
		"parsed to another place":      {"true", fields, step("parse_json {\n destination = \"x\"\n}"), document.TransformsField, "parse_json rewrites the whole event"},
		"parsed to no other place":     {"true", fields, step("parse_json {\n destination = \"\"\n}"), document.TransformsNothing, ""},
		"parsed to a place to be seen": {"true", fields, step("parse_json {\n destination = var.x\n}"), document.TransformsUnknown, effect},
		"parsed as something else":     {"true", fields, step("parse_to_ocsf {}"), document.TransformsField, "parse_to_ocsf rewrites the whole event"},
		"a step that is new":           {"true", fields, step("shuffle {}"), document.TransformsUnknown, effect},

		"copied from":        {"true", fields, entry("copy_value", "source = \"errorCode\"\n target = \"x\""), document.TransformsNothing, ""},
		"copied to":          {"true", fields, entry("copy_value", "source = \"x\"\n target = \"errorCode\""), document.TransformsField, "copy_value changes errorCode"},
		"moved from":         {"true", fields, entry("move_keys", "source = \"errorCode\"\n target = \"x\""), document.TransformsField, "move_keys changes errorCode"},
		"moved to":           {"true", fields, entry("move_keys", "source = \"x\"\n target = \"errorCode\""), document.TransformsField, "move_keys changes errorCode"},
		"renamed from":       {"true", fields, entry("rename_keys", "key = \"errorCode\"\n rename_to = \"x\""), document.TransformsField, "rename_keys changes errorCode"},
		"renamed to":         {"true", fields, entry("rename_keys", "key = \"x\"\n rename_to = \"errorCode\""), document.TransformsField, "rename_keys changes errorCode"},
		"added":              {"true", fields, entry("add_keys", "key = \"errorCode\"\n value = \"x\""), document.TransformsField, "add_keys changes errorCode"},
		"added as a value":   {"true", fields, entry("add_keys", "key = \"x\"\n value = \"errorCode\""), document.TransformsNothing, ""},
		"of another type":    {"true", fields, entry("type_converter", "key = \"errorCode\"\n type = \"string\""), document.TransformsField, "type_converter changes errorCode"},
		"split":              {"true", fields, entry("split_string", "source = \"errorCode\"\n delimiter = \",\""), document.TransformsField, "split_string changes errorCode"},
		"substituted":        {"true", fields, entry("substitute_string", "source = \"errorCode\"\n from = \"a\"\n to = \"b\""), document.TransformsField, "substitute_string changes errorCode"},
		"a date from":        {"true", fields, step("date_time_converter {\n source = \"errorCode\"\n target = \"x\"\n}"), document.TransformsNothing, ""},
		"a date to":          {"true", fields, step("date_time_converter {\n source = \"x\"\n target = \"errorCode\"\n}"), document.TransformsField, "date_time_converter changes errorCode"},
		"a map to":           {"true", fields, step("list_to_map {\n source = \"x\"\n target = \"userIdentity\"\n}"), document.TransformsField, "list_to_map changes userIdentity"},
		"the second of two":  {"true", fields, transformer("transformer_config {\n parse_json {}\n}\ntransformer_config {\n delete_keys {\n with_keys = [\"errorCode\"]\n }\n}"), document.TransformsField, "delete_keys changes errorCode"},
		"two transformers":   {"true", fields, keys("delete_keys", `["x"]`) + strings.Replace(keys("delete_keys", `["errorCode"]`), `"t"`, `"u"`, 1), document.TransformsField, "delete_keys changes errorCode"},
		"one of two is open": {"true", fields, keys("delete_keys", `["x"]`) + strings.Replace(keys("delete_keys", `[var.x]`), `"t"`, `"u"`, 1), document.TransformsUnknown, "the effect of aws_cloudwatch_log_transformer.u is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.PatternValue(c.pattern).Of(t, chaintest.Complete)
			world = chaintest.Edits{argument, "apply_on_transformed_logs = " + c.asks + "\n " + argument}.Of(t, world) + c.world
			got := chaintest.Build(t, world).MetricFilters[chaintest.TheFilter].Transform
			if got.State != c.want || (c.why == "") != (got.Reason == "") || !strings.Contains(got.Reason, c.why) {
				t.Errorf("%+v", got)
			}
		})
	}
}
