package verdict

import "testing"

func TestConfigurationText(t *testing.T) {
	for _, c := range []struct {
		configuration *Configuration
		want          string
	}{
		{nil, ""},
		{&Configuration{}, ""},
		{&Configuration{File: ".iacgate.yaml"}, "judged with .iacgate.yaml: defaults"},
		{
			&Configuration{
				File: "a.yaml", Settings: []Setting{{Text: "profile strict"}, {Text: "one waiver"}},
				Hides:    []Hidden{{File: "b.yaml", Settings: []Setting{{Text: "tofu true"}}}, {File: "c.yaml", Problem: "not YAML"}},
				Baseline: &BaselineFile{File: "base.json", Known: 2}, InlineWaivers: 1,
			},
			"judged with a.yaml: profile strict, one waiver; not with b.yaml: tofu true; not with c.yaml: not YAML; the baseline base.json: 2 known results; 1 waiver in the code",
		},
		{&Configuration{InlineWaivers: 2, Ignored: true}, "judged with 2 waivers in the code, which are ignored"},
	} {
		if got := c.configuration.Text(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
