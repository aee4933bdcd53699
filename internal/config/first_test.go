package config

import (
	"regexp"
	"strings"
	"testing"
)

// TestFirst: the first configuration is one, as it is and with all of its examples.
func TestFirst(t *testing.T) {
	for name, text := range map[string]string{
		"as it is":       First(nil, ""),
		"with controls":  First([]string{"all", "unauthorized-*"}, ""),
		"with a group":   First(nil, `a "group"`),
		"with all":       uncommented(First(nil, "")),
		"with all of it": uncommented(First([]string{"all"}, "g")),
	} {
		c, err := Parse(Name, []byte(text), Known{Controls: []string{"unauthorized-api-calls"}})
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
		if group := name == "with a group"; group && (len(c.External) != 1 || c.External[0].LogGroup != `a "group"`) {
			t.Errorf("%s: %+v", name, c.External)
		}
	}
	for _, key := range []string{"controls", "profile", "sensitivity", "exclusions", "external", "waivers", "roots"} {
		if !strings.Contains(first, "\n# "+key+":") {
			t.Errorf("%s is not explained", key)
		}
	}
}

// uncommented takes the comment sign off what is code.
func uncommented(text string) string {
	return regexp.MustCompile(`(?m)^# ([a-z_]+:|  )`).ReplaceAllString(text, "$1")
}
