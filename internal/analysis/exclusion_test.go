package analysis

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/verdict"
)

// excluding adds exclusions to the configuration.
func excluding(patterns ...string) option {
	return configured(func(c *config.Config) {
		for _, p := range patterns {
			c.Exclusions = append(c.Exclusions, config.Exclusion{Pattern: p})
		}
	})
}

func profiled(profile string) option {
	return configured(func(c *config.Config) { c.Profile = profile })
}

// TestExclusions: what a filter may leave out.
func TestExclusions(t *testing.T) {
	leaving := func(test string) edits { return pattern("{ (" + deniedCodes + ") && (" + test + ") }") }
	const (
		getObject = `{ $.eventName = "GetObject" }`
		loses     = `yes not-all none, loses errorCode "AccessDenied"`
	)
	ofControl := func(patterns ...string) option {
		return func(_ *testing.T, a *asked) { a.Controls[0].Exclusions = patterns }
	}
	for name, c := range map[string]struct {
		edits
		options []option
		want    string
		uses    string // one of the exclusions, "" for none
	}{
		"what is published":                              {leaving(`$.eventName != "HeadBucket"`), nil, "yes all none", headBucket},
		"what is published, for Security Hub":            {leaving(`$.eventName != "HeadBucket"`), []option{profiled("security-hub")}, "yes not-all none, loses", ""},
		"what is published, for the strict":              {leaving(`$.eventName != "HeadBucket"`), []option{profiled("strict")}, "yes all none", headBucket},
		"what nobody says":                               {leaving(`$.eventName != "GetObject"`), nil, loses, ""},
		"what the configuration says":                    {leaving(`$.eventName != "GetObject"`), []option{excluding(getObject)}, "yes all none", getObject},
		"what the configuration says, for Security Hub":  {leaving(`$.eventName != "GetObject"`), []option{excluding(getObject), profiled("security-hub")}, loses, ""},
		"what the control says":                          {leaving(`$.eventName != "GetObject"`), []option{ofControl(getObject)}, "yes all none", getObject},
		"what the control says, beside the published":    {leaving(`$.eventName != "HeadBucket"`), []option{ofControl(getObject)}, "yes all none", headBucket},
		"more than the configuration says":               {leaving(`($.eventName != "GetObject") && ($.eventName != "AssumeRole")`), []option{excluding(getObject)}, loses, ""},
		"what leaves out every event":                    {pattern(code("AccessDenied*")), []option{excluding(`{ $.errorCode = * }`)}, `yes not-all none, loses errorCode "Client.UnauthorizedOperation"`, ""},
		"what leaves out every event, and the published": {leaving(`$.eventName != "HeadBucket"`), []option{excluding(`{ $.errorCode = * }`)}, "yes all none", headBucket},
		"a control that leaves out every event":          {pattern(code("AccessDenied*")), []option{ofControl(`{ $.errorCode = * }`)}, `yes not-all none, loses errorCode "Client.UnauthorizedOperation"`, ""},
		"what leaves out the half":                       {pattern(code("AccessDenied*")), []option{excluding(code("*UnauthorizedOperation"))}, "yes all none", code("*UnauthorizedOperation")},
	} {
		t.Run(name, func(t *testing.T) {
			got := coverageOf(facts(t, c.of(t, complete), c.options...), denials)
			if !strings.HasPrefix(meant(got), c.want) {
				t.Errorf("%s, want %s", meant(got), c.want)
			}
			if c.uses == "" && len(got.Exclusions) > 0 || c.uses != "" && !slices.Contains(got.Exclusions, c.uses) {
				t.Errorf("it makes use of %q, not of %q", got.Exclusions, c.uses)
			}
		})
	}
}

// TestSwallowed: exclusions that would leave nothing of a control to watch.
func TestSwallowed(t *testing.T) {
	const trails = "cloudtrail-configuration-changes"
	both := slices.Concat(controls(t, denials), controls(t, trails))
	for name, c := range map[string]struct {
		exclusions []string
		controls   []string // that the exclusions name
		profile    string
		want       string
	}{
		"those that are published":       {nil, nil, "default", ""},
		"of denied calls":                {[]string{`{ $.errorCode = * }`}, nil, "default", "{ $.errorCode = * }: " + denials},
		"of denied calls, in two parts":  {[]string{code("AccessDenied*"), code("*UnauthorizedOperation")}, nil, "default", ": " + denials},
		"of a half of them":              {[]string{code("AccessDenied*")}, nil, "default", ""},
		"of all calls":                   {[]string{`{ $.eventName = * }`}, nil, "default", "{ $.eventName = * }: " + denials + " " + trails + " mistaken"},
		"of all calls of an API":         {[]string{`{ $.eventType = "AwsApiCall" }`}, nil, "default", `{ $.eventType = "AwsApiCall" }: ` + denials + " " + trails + " mistaken"},
		"of all known codes":             {[]string{`{ ($.errorCode = "A*") || ($.errorCode = "C*") || ($.errorCode = "U*") }`}, nil, "default", `{ ($.errorCode = "A*") || ($.errorCode = "C*") || ($.errorCode = "U*") }: ` + denials},
		"of one role":                    {[]string{`{ $.userIdentity.sessionContext.sessionIssuer.userName = "deploy" }`}, nil, "default", ""},
		"of all calls, for Security Hub": {[]string{`{ $.eventName = * }`}, nil, "security-hub", ""},
		"of the control that it names":   {[]string{`{ $.errorCode = * }`}, []string{denials}, "default", "{ $.errorCode = * }: " + denials + " mistaken"},
		"of another than it names":       {[]string{`{ $.errorCode = * }`}, []string{trails}, "default", ""},
	} {
		t.Run(name, func(t *testing.T) {
			conf := config.Default()
			for _, p := range c.exclusions {
				conf.Exclusions = append(conf.Exclusions, config.Exclusion{Pattern: p, Controls: c.controls})
			}
			conf.Profile = c.profile
			found, err := Swallowed(both, both, conf)
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
	if _, err := Swallowed(both, both, bad); err == nil {
		t.Error("an exclusion that does not parse is no error")
	}
	own := config.Config{Exclusions: []config.Exclusion{{Pattern: code("x")}}}
	if _, err := Swallowed([]verdict.Control{{MustMatch: "{ $."}}, nil, own); err == nil {
		t.Error("a reference that does not parse is no error")
	}
}
