package coverage_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/verdict"
)

// excluding adds exclusions to the configuration.
func excluding(patterns ...string) chaintest.Option {
	return chaintest.Configured(func(c *config.Config) {
		for _, p := range patterns {
			c.Exclusions = append(c.Exclusions, config.Exclusion{Pattern: p})
		}
	})
}

// TestExclusions: what a filter may leave out.
func TestExclusions(t *testing.T) {
	leaving := func(test string) chaintest.Edits {
		return chaintest.Pattern("{ (" + chaintest.DeniedCodes + ") && (" + test + ") }")
	}
	const (
		getObject = `{ $.eventName = "GetObject" }`
		loses     = `yes not-all none, loses errorCode "AccessDenied"`
	)
	ofControl := func(patterns ...string) chaintest.Option {
		return func(_ *testing.T, a *chaintest.Input) { a.Controls[0].Exclusions = patterns }
	}
	for name, c := range map[string]struct {
		chaintest.Edits
		options []chaintest.Option
		want    string
		uses    string // one of the exclusions, "" for none
	}{
		"what is published":                              {leaving(`$.eventName != "HeadBucket"`), nil, "yes all none", chaintest.HeadBucket},
		"what is published, for Security Hub":            {leaving(`$.eventName != "HeadBucket"`), []chaintest.Option{chaintest.WithProfile("security-hub")}, "yes not-all none, loses", ""},
		"what is published, for the strict":              {leaving(`$.eventName != "HeadBucket"`), []chaintest.Option{chaintest.WithProfile("strict")}, "yes all none", chaintest.HeadBucket},
		"what nobody says":                               {leaving(`$.eventName != "GetObject"`), nil, loses, ""},
		"what the configuration says":                    {leaving(`$.eventName != "GetObject"`), []chaintest.Option{excluding(getObject)}, "yes all none", getObject},
		"what the configuration says, for Security Hub":  {leaving(`$.eventName != "GetObject"`), []chaintest.Option{excluding(getObject), chaintest.WithProfile("security-hub")}, loses, ""},
		"what the control says":                          {leaving(`$.eventName != "GetObject"`), []chaintest.Option{ofControl(getObject)}, "yes all none", getObject},
		"what the control says, beside the published":    {leaving(`$.eventName != "HeadBucket"`), []chaintest.Option{ofControl(getObject)}, "yes all none", chaintest.HeadBucket},
		"more than the configuration says":               {leaving(`($.eventName != "GetObject") && ($.eventName != "AssumeRole")`), []chaintest.Option{excluding(getObject)}, loses, ""},
		"what leaves out every event":                    {chaintest.Pattern(chaintest.Code("AccessDenied*")), []chaintest.Option{excluding(`{ $.errorCode = * }`)}, `yes not-all none, loses errorCode "Client.UnauthorizedOperation"`, ""},
		"what leaves out every event, and the published": {leaving(`$.eventName != "HeadBucket"`), []chaintest.Option{excluding(`{ $.errorCode = * }`)}, "yes all none", chaintest.HeadBucket},
		"a control that leaves out every event":          {chaintest.Pattern(chaintest.Code("AccessDenied*")), []chaintest.Option{ofControl(`{ $.errorCode = * }`)}, `yes not-all none, loses errorCode "Client.UnauthorizedOperation"`, ""},
		"what leaves out the half":                       {chaintest.Pattern(chaintest.Code("AccessDenied*")), []chaintest.Option{excluding(chaintest.Code("*UnauthorizedOperation"))}, "yes all none", chaintest.Code("*UnauthorizedOperation")},
	} {
		t.Run(name, func(t *testing.T) {
			got := coverageOf(chaintest.Build(t, c.Of(t, chaintest.Complete), c.options...), chaintest.Denials)
			if !strings.HasPrefix(meant(got), c.want) {
				t.Errorf("%s, want %s", meant(got), c.want)
			}
			if c.uses == "" && len(got.Exclusions) > 0 || c.uses != "" && !slices.Contains(got.Exclusions, c.uses) {
				t.Errorf("it makes use of %q, not of %q", got.Exclusions, c.uses)
			}
		})
	}
}

// TestFindOverbroad: exclusions that would leave nothing of a control to watch.
func TestFindOverbroad(t *testing.T) {
	const trails = "cloudtrail-configuration-changes"
	both := slices.Concat(chaintest.Controls(t, chaintest.Denials), chaintest.Controls(t, trails))
	for name, c := range map[string]struct {
		exclusions []string
		controls   []string // that the exclusions name
		profile    string
		want       string
	}{
		"those that are published":       {nil, nil, "default", ""},
		"of denied calls":                {[]string{`{ $.errorCode = * }`}, nil, "default", "{ $.errorCode = * }: " + chaintest.Denials},
		"of denied calls, in two parts":  {[]string{chaintest.Code("AccessDenied*"), chaintest.Code("*UnauthorizedOperation")}, nil, "default", ": " + chaintest.Denials},
		"of a half of them":              {[]string{chaintest.Code("AccessDenied*")}, nil, "default", ""},
		"of all calls":                   {[]string{`{ $.eventName = * }`}, nil, "default", "{ $.eventName = * }: " + chaintest.Denials + " " + trails + " mistaken"},
		"of all calls of an API":         {[]string{`{ $.eventType = "AwsApiCall" }`}, nil, "default", `{ $.eventType = "AwsApiCall" }: ` + chaintest.Denials + " " + trails + " mistaken"},
		"of all known codes":             {[]string{`{ ($.errorCode = "A*") || ($.errorCode = "C*") || ($.errorCode = "U*") }`}, nil, "default", `{ ($.errorCode = "A*") || ($.errorCode = "C*") || ($.errorCode = "U*") }: ` + chaintest.Denials},
		"of one role":                    {[]string{`{ $.userIdentity.sessionContext.sessionIssuer.userName = "deploy" }`}, nil, "default", ""},
		"of all calls, for Security Hub": {[]string{`{ $.eventName = * }`}, nil, "security-hub", ""},
		"of the control that it names":   {[]string{`{ $.errorCode = * }`}, []string{chaintest.Denials}, "default", "{ $.errorCode = * }: " + chaintest.Denials + " mistaken"},
		"of another than it names":       {[]string{`{ $.errorCode = * }`}, []string{trails}, "default", ""},
	} {
		t.Run(name, func(t *testing.T) {
			conf := config.Default()
			for _, p := range c.exclusions {
				conf.Exclusions = append(conf.Exclusions, config.Exclusion{Pattern: p, Controls: c.controls})
			}
			conf.Profile = c.profile
			found, err := coverage.FindOverbroad(both, both, conf)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range found {
				line := s.Exclusion.Pattern + ": " + strings.Join(s.Controls, " ")
				if s.Mistaken {
					line += " mistaken"
				}
				got = append(got, line)
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	bad := config.Config{Exclusions: []config.Exclusion{{Pattern: "{ $."}}}
	if _, err := coverage.FindOverbroad(both, both, bad); err == nil {
		t.Error("an exclusion that does not parse is not an error")
	}
	own := config.Config{Exclusions: []config.Exclusion{{Pattern: chaintest.Code("x")}}}
	if _, err := coverage.FindOverbroad([]verdict.Control{{MustMatch: "{ $."}}, nil, own); err == nil {
		t.Error("a reference that does not parse is not an error")
	}
}
