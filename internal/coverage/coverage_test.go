package coverage_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// meant returns a coverage in one line: aimed, matches, beyond.
func meant(c document.Coverage) string {
	line := fmt.Sprintf("%s %s %s", c.Aimed, c.Matches, c.Beyond)
	if c.Near {
		line += ", near"
	}
	if c.Loses != "" {
		line += ", loses " + c.Loses
	}
	if len(c.Exclusions) > 0 {
		line += ", without " + strings.Join(c.Exclusions, " ")
	}
	return line
}

// TestPatterns: what a pattern means for denied calls.
func TestPatterns(t *testing.T) {
	for name, c := range map[string]struct{ pattern, want, why string }{
		"the reference":                            {"{ " + chaintest.DeniedCodes + " }", "yes all none", ""},
		"the half of it":                           {`{ $.errorCode = "AccessDenied*" }`, `yes not-all none, loses errorCode "Client.UnauthorizedOperation"`, ""},
		"the codes that are known":                 {`{ ($.errorCode = "AccessDenied") || ($.errorCode = "AccessDeniedException") || ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "Client.UnauthorizedOperation") }`, `yes not-unrecorded none, loses errorCode "`, ""},
		"all but a known one":                      {`{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDeniedE*") }`, `yes not-all none, loses errorCode "AccessDenied"`, ""},
		"without what is published":                {"{ (" + chaintest.DeniedCodes + `) && ($.eventName != "HeadBucket") }`, "yes all none, without " + chaintest.HeadBucket, ""},
		"without both published":                   {"{ (" + chaintest.DeniedCodes + `) && ($.eventName != "HeadBucket") && ($.sourceIPAddress != "delivery.logs.amazonaws.com") }`, "yes all none, without " + chaintest.HeadBucket + " " + chaintest.Delivery, ""},
		"without another call":                     {"{ (" + chaintest.DeniedCodes + `) && ($.eventName != "GetObject") }`, `yes not-all none, loses errorCode "AccessDenied"`, ""},
		"with more codes":                          {"{ " + chaintest.DeniedCodes + ` || ($.errorCode = "Throttling*") }`, "yes all some", ""},
		"any code":                                 {`{ $.errorCode = "*" }`, "yes all some", ""},
		"joined by the wrong word":                 {"{ " + chaintest.DeniedCodes + ` || ($.sourceIPAddress != "delivery.logs.amazonaws.com") }`, "yes all everyday", ""},
		"its first half, and calls of every day":   {`{ ($.errorCode = "AccessDenied*") || ($.eventName = "Decrypt") }`, `yes not-all everyday, loses errorCode "Client.UnauthorizedOperation"`, ""},
		"a field in wrong letters":                 {`{ $.errorcode = "AccessDenied*" }`, `no never none, near, loses errorcode should be errorCode`, ""},
		"a code of wrong letters":                  {`{ $.errorCode = "accessdenied" }`, `no never none, near, loses errorCode "accessdenied" should be "AccessDenied*"`, ""},
		"what does not parse":                      {`{ $.errorCode = "AccessDenied*" `, "no none none, near", "must end with }"},
		"what does not parse, about another thing": {`{ $.eventName = `, "no unknown none", ""},
		"another event":                            {`{ $.eventName = "ConsoleLogin" }`, "no unknown none", ""},
		"another event that never is":              {`{ ($.eventName = "A") && ($.eventName = "B") }`, "no unknown none", ""},
		"everything that is":                       {"", "no unknown none", ""},
		"a field that is not a field":              {`{ ($.errorCode = "AccessDenied*") && ($.detail.x = 1) }`, `no never none, near, loses errorCode "AccessDenied"`, ""},
		"either a field that is none":              {"{ " + chaintest.DeniedCodes + ` || ($.detail.x = 1) }`, "no unknown none", ""},
		"a search without end":                     {"{ ($.errorCode != %[ab]*a[ab]{30}x%) && (" + chaintest.DeniedCodes + ") }", "yes unknown none", ""},
		"a list that is and is not":                {`{ ($.errorCode = "*UnauthorizedOperation") && ($.resources[*].ARN = 1) && ($.resources[*].ARN NOT EXISTS) }`, `unknown not-all none, loses errorCode "AccessDenied"`, ""},
		"words of the log":                         {`?AccessDenied ?UnauthorizedOperation`, "yes all some", ""},
		"words of other events":                    {`ConsoleLogin`, "no unknown none", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := coverageOf(chaintest.Build(t, chaintest.Pattern(c.pattern).Of(t, chaintest.Complete)), chaintest.Denials)
			if !strings.HasPrefix(meant(got), c.want) {
				t.Errorf("%s, want %s", meant(got), c.want)
			}
			if (got.Invalid != "") != (got.Matches == document.MatchesNone) || !strings.Contains(got.Invalid, c.why) {
				t.Errorf("invalid: %q", got.Invalid)
			}
			if (got.Reason != "") != (got.Matches == document.MatchesUnknown && got.Aimed == truth.Yes) {
				t.Errorf("because %q", got.Reason)
			}
			holdsEvents(t, c.pattern, got)
		})
	}
}

// holdsEvents: the events of a coverage show what it says.
func holdsEvents(t *testing.T, pattern string, c document.Coverage) {
	t.Helper()
	matches := func(pattern string, e cloudtrail.Event) bool {
		p, err := filterpattern.Parse(pattern)
		if err != nil {
			t.Fatal(err)
		}
		return p.MatchMessage(filterpattern.Object(e))
	}
	wanted := "{ " + chaintest.DeniedCodes + " }"
	if (c.Lost == nil) != (c.Loses == "") || c.Lost != nil && (matches(pattern, c.Lost) || !matches(wanted, c.Lost)) {
		t.Errorf("it loses %q: %v", c.Loses, c.Lost)
	}
	if (c.Extra == nil) != (c.Beyond == document.BeyondNone) || c.Extra != nil && (!matches(pattern, c.Extra) || matches(wanted, c.Extra)) {
		t.Errorf("it goes beyond %s: %v", c.Beyond, c.Extra)
	}
}

// TestPatternsToBeSeenLater: what is not known is not refused.
func TestPatternsToBeSeenLater(t *testing.T) {
	for name, c := range map[string]struct{ value, why string }{
		"a variable":                {"var.pattern", "var.pattern has no value"},
		"a pattern with a variable": {`"{ $.errorCode = ${var.code} }"`, "var.code has no value"},
		"what nobody sees":          {"hidden()", "(known after apply)"},
	} {
		t.Run(name, func(t *testing.T) {
			got := coverageOf(chaintest.Build(t, chaintest.PatternValue(c.value).Of(t, chaintest.Complete)), chaintest.Denials)
			if meant(got) != "unknown unknown none" || got.Reason != c.why {
				t.Errorf("%s: %q", meant(got), got.Reason)
			}
		})
	}
	account := chaintest.Setting(chaintest.TheFilter, "pattern", resource.StringValue(`{ ($.errorCode = "AccessDenied*") && ($.recipientAccountId = `+resource.Symbol("account of aws")+`) }`))
	if got := coverageOf(chaintest.Build(t, chaintest.Complete, account), chaintest.Denials); got.Aimed != truth.Unknown {
		t.Errorf("a pattern with an account that decides: %s", meant(got))
	}
}

// TestSensitivePatterns: the answers stay, and nothing tells the pattern.
func TestSensitivePatterns(t *testing.T) {
	for name, c := range map[string]struct{ pattern, want, invalid string }{
		"a half":                    {`{ $.errorCode = "AccessDenied*" }`, "yes not-all none", ""},
		"more than a half":          {`{ ($.errorCode = "AccessDenied*") || ($.eventName = "Decrypt") }`, "yes not-all everyday", ""},
		"without what is published": {"{ (" + chaintest.DeniedCodes + `) && ($.eventName != "HeadBucket") }`, "yes all none", ""},
		"what does not parse":       {`{ $.errorCode = "AccessDenied`, "no none none, near", "it does not parse"},
	} {
		t.Run(name, func(t *testing.T) {
			secret := chaintest.PatternValue("secret(" + strconv.Quote(c.pattern) + ")")
			got := chaintest.Build(t, secret.Of(t, chaintest.Complete)).MetricFilters[chaintest.TheFilter]
			coverage := got.Coverage[chaintest.Denials]
			if meant(coverage) != c.want || coverage.Invalid != c.invalid || coverage.Lost != nil || coverage.Extra != nil {
				t.Errorf("%+v", coverage)
			}
			if *got.Pattern != resource.Hidden {
				t.Errorf("the pattern is told: %q", *got.Pattern)
			}
		})
	}
}

// TestPatternsOverTheText: they say nothing of fields, so they count only where the
// log is known to be CloudTrail's.
func TestPatternsOverTheText(t *testing.T) {
	const link = "log_group_name = aws_cloudwatch_log_group.trail.name"
	vouched := func(glob string) chaintest.Option {
		return chaintest.Configured(func(c *config.Config) { c.External = append(c.External, config.External{LogGroup: glob}) })
	}
	words := chaintest.Pattern("?AccessDenied ?UnauthorizedOperation")
	for name, c := range map[string]struct {
		chaintest.Edits
		options []chaintest.Option
		want    truth.Truth
	}{
		"on the trail's group":                   {nil, nil, truth.Yes},
		"on the trail's group, it seems":         {chaintest.Edits{link, "log_group_name = one(aws_cloudwatch_log_group.trail.name)"}, nil, truth.Yes},
		"on another group":                       {chaintest.Edits{link, `log_group_name = "app"`}, nil, truth.No},
		"on a group that somebody vouches for":   {chaintest.Edits{link, `log_group_name = "app"`}, []chaintest.Option{vouched("other"), vouched("a*")}, truth.Yes},
		"on a group that nobody vouches for":     {chaintest.Edits{link, `log_group_name = "app"`}, []chaintest.Option{vouched("other"), vouched("")}, truth.No},
		"on the trail's group of another region": {chaintest.Edits{link, "at = \"eu-west-1 111122223333\"\n log_group_name = \"trail\""}, nil, truth.No},
		"on a group that a variable names":       {chaintest.Edits{link, "log_group_name = var.group"}, nil, truth.No},
	} {
		t.Run(name, func(t *testing.T) {
			got := coverageOf(chaintest.Build(t, append(c.Edits, words...).Of(t, chaintest.Complete), c.options...), chaintest.Denials)
			if got.Aimed != c.want {
				t.Errorf("aimed: %s, want %s", got.Aimed, c.want)
			}
		})
	}
}

// TestPatternsOfOtherControls: a pattern for another control is not a near miss.
func TestPatternsOfOtherControls(t *testing.T) {
	const other = "cloudtrail-configuration-changes"
	for name, c := range map[string]struct {
		pattern string
		want    string
	}{
		"that of another control": {`{ ($.eventName = "DeletePolicy*") || ($.eventName = "PutRolePolicy") }`, "no unknown none"},
		"that of this control":    {`{ $.eventName = "StopLogging" }`, `yes not-all none, loses eventName "CreateTrail"`},
		"that of no control":      {`{ $.eventName = "Nonsense" }`, "no unknown none"},
		"a slip of the pen":       {`{ $.eventName = "StopLoging" }`, `no never none, near, loses eventName "StopLoging" should be "StopLogging"`},
		"what does not parse":     {`{ $.eventName = "StopLogging" `, "no none none, near"},
	} {
		t.Run(name, func(t *testing.T) {
			got := coverageOf(chaintest.Build(t, chaintest.Pattern(c.pattern).Of(t, chaintest.Complete), chaintest.Asking(other)), other)
			if meant(got) != c.want {
				t.Errorf("%s, want %s", meant(got), c.want)
			}
		})
	}
	// Which controls there are cannot always be told.
	broken := func(_ *testing.T, a *chaintest.Input) {
		a.Others = func() ([]verdict.Control, error) { return nil, os.ErrNotExist }
	}
	got := coverageOf(chaintest.Build(t, chaintest.Pattern(`{ $.eventName = "StopLoging" }`).Of(t, chaintest.Complete), chaintest.Asking(other), broken), other)
	if !got.Near {
		t.Errorf("%s", meant(got))
	}
}

// coverageOf returns what a document says of the filter and a control. It says nothing
// where the filter is about something else.
func coverageOf(d *document.Document, control string) document.Coverage {
	if c, ok := d.MetricFilters[chaintest.TheFilter].Coverage[control]; ok {
		return c
	}
	return coverage.NotAimed()
}

// TestCover: one pattern and one control, without a world.
func TestCover(t *testing.T) {
	for name, c := range map[string]struct{ pattern, want string }{
		"the reference":            {"{ " + chaintest.DeniedCodes + " }", "yes all none"},
		"words of the log":         {"AccessDenied", `yes not-all some, loses errorCode "Client.UnauthorizedOperation"`},
		"another event":            {`{ $.eventName = "ConsoleLogin" }`, `no never everyday, loses errorCode "AccessDenied"; the difference is eventName "GetBucketPolicy"`},
		"a field in wrong letters": {`{ $.errorcode = "AccessDenied*" }`, "no never none, near, loses errorcode should be errorCode"},
		"a code of wrong letters":  {`{ $.errorCode = "accessdenied" }`, `no never none, near, loses errorCode "accessdenied" should be "AccessDenied*"`},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := filterpattern.Parse(c.pattern)
			if err != nil {
				t.Fatal(err)
			}
			asked := chaintest.Controls(t, chaintest.Denials)
			got, err := coverage.Cover(p, asked, asked, config.Default())
			if err != nil || len(got) != 1 || meant(got[0]) != c.want {
				t.Errorf("%v, want %s (%v)", got, c.want, err)
			}
		})
	}
	p, err := filterpattern.Parse("x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := coverage.Cover(p, []verdict.Control{{MustMatch: "{ $."}}, nil, config.Default()); err == nil {
		t.Error("a reference that does not parse is not an error")
	}
}
