package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/verdict"
)

var known = Known{Controls: []string{"unauthorized-api-calls", "vpc-changes"}}

const everything = `# all keys
controls: [unauthorized-api-calls, "vpc-*"]
profile: strict
sensitivity:
  warn_above: 1
  max_delay: 30m
default_exclusions: false
exclusions:
  - pattern: '{ $.eventName = "ListDelegatedAdministrators" }'
    reason: console noise
external:
  - log_group: "CloudTrail/DefaultLogGroup"
    reason: organization trail in the audit account
  - topic: "arn:aws:sns:*:111122223333:security-alerts"
    reason: owned by the SOC stack
  - trail: org-trail
    reason: audit account
waivers:
  - control: unauthorized-api-calls
    path: "legacy/**"
    resource: "aws_cloudwatch_metric_alarm.*"
    reason: SEC-1234
    owner: team-a
    expires: 2027-01-31
levels:
  email-needs-confirmation: warning
requires: ">=0.1, <9"
roots:
  - path: live/eu
    var_files: [common.tfvars]
`

func TestParseEverything(t *testing.T) {
	got, err := Parse("/repo/.iacgate.yaml", []byte(everything), known)
	if err != nil {
		t.Fatal(err)
	}
	off := false
	expires, _ := verdict.ParseDate("2027-01-31")
	want := Config{
		Controls:          []string{"unauthorized-api-calls", "vpc-*"},
		Profile:           "strict",
		Sensitivity:       Sensitivity{WarnAbove: 1, FailAbove: 25, MaxDelay: 30 * time.Minute},
		Exclusions:        []Exclusion{{Pattern: `{ $.eventName = "ListDelegatedAdministrators" }`, Reason: "console noise", Line: 9}},
		DefaultExclusions: &off,
		External: []External{
			{LogGroup: "CloudTrail/DefaultLogGroup", Reason: "organization trail in the audit account"},
			{Topic: "arn:aws:sns:*:111122223333:security-alerts", Reason: "owned by the SOC stack"},
			{Trail: "org-trail", Reason: "audit account"},
		},
		Waivers: []verdict.Waiver{{
			Control: "unauthorized-api-calls", Path: "legacy/**", Resource: "aws_cloudwatch_metric_alarm.*",
			Reason: "SEC-1234", Owner: "team-a", Expires: expires, Base: "/repo",
			Location: &verdict.Location{File: "/repo/.iacgate.yaml", Line: 19, Column: 5},
		}},
		Levels:         map[string]verdict.Level{"email-needs-confirmation": verdict.Warning},
		Requires:       ">=0.1, <9",
		WaiverRequires: []string{},

		Roots: []Root{{Path: "live/eu", VarFiles: []string{"common.tfvars"}, ParametersFiles: []string{}, Base: "/repo"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestParseNothingIsTheDefault(t *testing.T) {
	for _, text := range []string{"", "# only a comment\n", "---\n", "exclusions:\n"} {
		got, err := Parse(Name, []byte(text), known)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if diff := cmp.Diff(Default(), got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestExclusionsAddToThePublishedOnes(t *testing.T) {
	const own = "exclusions:\n  - {pattern: '{ $.eventName = A }', reason: r}\n"
	const spelt = "  - pattern: '{($.eventName=HeadBucket)}'\n"
	for name, tc := range map[string]struct {
		text string
		want int
	}{
		"own":                         {own, 3},
		"a published one spelt out":   {own + spelt, 3},
		"defaults off":                {"default_exclusions: false\n" + own, 1},
		"defaults off, one spelt out": {"default_exclusions: false\n" + own + spelt, 2},
	} {
		c, err := Parse(Name, []byte(tc.text), known)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(c.Exclusions) != tc.want {
			t.Errorf("%s: exclusions %v, want %d", name, c.Exclusions, tc.want)
		}
	}
}

// refused are broken files, and what is said of them.
var refused = []struct{ name, text, want, hint string }{
	{"unknown key", "controls: []\ncontorls: []\n", `f:2: the configuration: unknown key "contorls"`, "did you mean controls?"},
	{"unknown key inside", "sensitivity:\n  warn_abov: 3\n", `f:2: sensitivity: unknown key "warn_abov"`, "did you mean warn_above?"},
	{"key twice", "profile: strict\nprofile: strict\n", `f:2: the configuration: duplicate key "profile"`, ""},
	{"wrong type", "controls: yes please\n", `f:1: controls must be a list, got "yes please"`, ""},
	{"not a mapping", "- a\n", "f:1: the configuration must be a mapping, got a list", ""},
	{"no number", "sensitivity: {warn_above: many}\n", `f:1: warn_above must be a whole number of at least 1, got "many"`, ""},
	{"negative", "sensitivity: {warn_above: -1}\n", `f:1: warn_above must be a whole number of at least 1, got "-1"`, ""},
	{"bounds crossed", "sensitivity: {warn_above: 30}\n", "f:1: sensitivity: warn_above 30 is larger than fail_above 25", ""},
	{"bad duration", "sensitivity: {max_delay: soon}\n", `f:1: max_delay must be a duration, got "soon"`, "write a number and a unit: 90s, 30m, 1h"},
	{"bad pattern", "exclusions:\n  - reason: x\n    pattern: '{ $.a = }'\n", "f:3: pattern: filter pattern, at byte", ""},
	{"exclusion without reason", "exclusions:\n  - pattern: '{ $.a = 1 }'\n", "f:2: an exclusion: reason is missing", ""},
	{"exclusion for no control", "exclusions:\n  - pattern: '{ $.a = 1 }'\n    reason: x\n    controls: []\n", "f:4: controls: the exclusion applies to none of them", "leave out controls if the exclusion is for all of them"},
	{"exclusion for none", "exclusions:\n  - pattern: '{ $.a = 1 }'\n    reason: x\n    controls: [none]\n", "f:4: controls: the exclusion applies to none of them", ""},
	{"exclusion for an unknown control", "exclusions:\n  - {pattern: '{ $.a = 1 }', reason: x, controls: [vpc-change]}\n", `f:2: no control "vpc-change"`, "did you mean vpc-changes?"},
	{"exclusion with dots", "exclusions:\n  - pattern: '{ $.a = 1 }'\n    reason: ...\n", `f:3: reason: "..." has no words`, "say who owns it, or why it is right"},
	{"external with dots", "external:\n  - topic: x\n    reason: \"...\"\n", `f:3: reason: "..." has no words`, "say who owns it, or why it is right"},
	{"external with an ellipsis", "external:\n  - topic: x\n    reason: …\n", `f:3: reason: "…" has no words`, "say who owns it, or why it is right"},
	{"waiver with dots", "waivers:\n  - control: vpc-changes\n    reason: '- ?!'\n", `f:3: reason: "- ?!" has no words`, "say who owns it, or why it is right"},
	{"control without events", "custom_controls:\n  - {id: a, title: t, severity: low, must_match: '{ $.eventName = A }', exclusions: [{pattern: '{ $.eventName = \"A*\" }', reason: x}]}\n", "f:2: exclusions leave out every event of must_match", "narrow them to the events that may be left out"},
	{"external without reason", "external:\n  - topic: x\n", "f:2: an external entry: reason is missing", ""},
	{"external of two kinds", "external:\n  - {topic: x, trail: y, reason: z}\n", "f:2: an external entry must name exactly one of log_group, topic, trail and module", "write one entry for each"},
	{"waiver without reason", "waivers:\n  - control: vpc-changes\n", "f:2: a waiver: reason is missing", ""},
	{"empty reason", "waivers:\n  - control: vpc-changes\n    reason: ''\n", "f:3: reason must be a string, got nothing", ""},
	{"bad date", "waivers:\n  - {control: '*', reason: x, expires: 2027-02-30}\n", `f:2: expires must be a date, got "2027-02-30"`, "write year, month and day: 2027-01-31"},
	{"unknown control", "controls:\n  - vpc-change\n", `f:2: no control "vpc-change"`, "did you mean vpc-changes?"},
	{"unknown code", "levels:\n  pattern-flods: note\n", `f:2: levels: unknown key "pattern-flods"`, "did you mean pattern-floods?"},
	{"unknown level", "levels:\n  pattern-floods: fatal\n", `f:2: unknown level "fatal"`, "known: error, unknown, warning and note"},
	{"unknown profile", "profile: lax\n", `f:1: unknown profile "lax"`, "known: " + nearest.List(Profiles)},
	{"bad requirement", "requires: newest\n", `f:1: requires: "newest" is not a version requirement`, `write comparisons joined by commas: ">=0.3, <2"`},
	{"no YAML", "controls: [\n", "f:", ""},
	{"null where text is wanted", "profile:\n", "f:1: profile must be a string, got nothing", ""},
}

func TestParseRefuses(t *testing.T) {
	for _, tc := range refused {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse("f", []byte(tc.text), known)
			problems, ok := err.(diag.List)
			if !ok || len(problems) != 1 {
				t.Fatalf("error %v, want one problem", err)
			}
			if !strings.HasPrefix(problems[0].Error(), tc.want) || problems[0].Hint != tc.hint {
				t.Errorf("got  %q\nhint %q\nwant %q\nhint %q", problems[0].Error(), problems[0].Hint, tc.want, tc.hint)
			}
		})
	}
}

func TestParseListsEverythingThatIsWrong(t *testing.T) {
	_, err := Parse("f", []byte("waivers:\n  - {}\nfoo: 1\nprofile: lax\n"), known)
	if ps, _ := err.(diag.List); len(ps) != 4 || ps[0].Line != 2 || ps[3].Line != 4 {
		t.Errorf("problems %v", err)
	}
}

func TestConfigIsWhatRegoReads(t *testing.T) {
	c, err := Parse(Name, []byte(everything), known)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"warn_above": 1.0, "fail_above": 25.0, "max_delay": 1800.0}
	if diff := cmp.Diff(want, doc["sensitivity"]); diff != "" {
		t.Errorf("sensitivity (-want +got):\n%s", diff)
	}
	waiver := doc["waivers"].([]any)[0].(map[string]any)
	if waiver["expires"] != "2027-01-31" {
		t.Errorf("expires %v", waiver["expires"])
	}
}

func TestFind(t *testing.T) {
	top := t.TempDir()
	repo := filepath.Join(top, "repo")
	deep := filepath.Join(repo, "a", "b")
	for _, dir := range []string{deep, filepath.Join(repo, ".git")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write := func(dir string) string {
		file := filepath.Join(dir, Name)
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write(top)
	if got := Find(deep); len(got) > 0 {
		t.Errorf("Find leaves the repository: %s", got)
	}
	want := []string{write(repo)}
	if got := Find(deep); !slices.Equal(got, want) {
		t.Errorf("Find = %q, want %q", got, want)
	}
	want = append([]string{write(deep)}, want...)
	if got := Find(deep); !slices.Equal(got, want) {
		t.Errorf("Find = %q, want the nearest first: %q", got, want)
	}
}

// TestLoadFound: a configuration that nobody named is a regular file of its
// repository, and so is what it names.
func TestLoadFound(t *testing.T) {
	top := t.TempDir()
	repo := filepath.Join(top, "repo")
	for _, dir := range []string{filepath.Join(repo, ".git"), filepath.Join(repo, "live")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"outside.yaml": "a-token-that-is-one-scalar", "repo/own.yaml": "profile: strict\n", "repo/vars.tfvars": "", "outside.tfvars": "", "repo/.git/config": "token",
	} {
		if err := os.WriteFile(filepath.Join(top, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(repo, Name)
	for target, want := range map[string]string{"own.yaml": "", "../outside.yaml": "outside the directories", ".git/config": "a file of Git", "/dev/zero": "outside the directories"} {
		if err := os.Symlink(target, file); err != nil {
			t.Fatal(err)
		}
		_, err := LoadFound(file, known)
		if got := fmt.Sprint(err); (err == nil) != (want == "") || !strings.Contains(got, want) || strings.Contains(got, "token") {
			t.Errorf("a link to %s: %v, want %s", target, err, want)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	text := "roots:\n  - {path: live, var_files: [vars.tfvars]}\n  - {path: far, var_files: [../outside.tfvars]}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := LoadFound(file, known)
	if err != nil {
		t.Fatal(err)
	}
	named, err := Load(file, known)
	if err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{"live": "", "far": "outside the directories"} {
		if _, err := found.VarFilesOf(filepath.Join(repo, dir)); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", dir, err, want)
		}
		if _, err := named.VarFilesOf(filepath.Join(repo, dir)); err != nil {
			t.Errorf("%s of a configuration that is the user's: %v", dir, err)
		}
	}
}

// TestQuotes: an error quotes no more than the beginning of what it is about, and
// nothing of a file that is one text.
func TestQuotes(t *testing.T) {
	secret := strings.Repeat("s3cr3t", 50)
	for _, text := range []string{secret, "'" + secret + "'", "|\n  " + secret, "controls: [" + secret + "]", secret + ": 1", "profile: " + secret, "levels: {" + secret + ": note}", "sensitivity: {max_delay: " + secret + "}", "waivers: " + secret, "a: *" + secret} {
		_, err := Parse("f", []byte(text), known)
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%.20q: %v", text, err)
		}
		if !strings.Contains(text, ": ") && err != nil && strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func TestRefuses(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	c := Config{WaiverMaxAge: 90 * day, WaiverRequires: []string{"owner", "ticket"}}
	for name, tc := range map[string]struct {
		w    verdict.Waiver
		want string
	}{
		"all":        {verdict.Waiver{Owner: "o", Ticket: "t", Expires: verdict.Date{Time: now.AddDate(0, 0, 80)}}, ""},
		"no owner":   {verdict.Waiver{Ticket: "t", Expires: verdict.Date{Time: now}}, "owner is missing"},
		"no ticket":  {verdict.Waiver{Owner: "o", Expires: verdict.Date{Time: now}}, "ticket is missing"},
		"no end":     {verdict.Waiver{Owner: "o", Ticket: "t"}, "it does not expire"},
		"a late end": {verdict.Waiver{Owner: "o", Ticket: "t", Expires: verdict.Date{Time: now.AddDate(73, 0, 0)}}, "it expires on 2099-11-29; waiver_max_age is 90 days"},
		"over":       {verdict.Waiver{Owner: "o", Ticket: "t", Expires: verdict.Date{Time: now.AddDate(-1, 0, 0)}}, ""},
	} {
		if got := c.WaiverObjection(tc.w, now); (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
	if got := (Config{}).WaiverObjection(verdict.Waiver{}, now); got != "" {
		t.Errorf("nobody asks for anything: %s", got)
	}
}

func TestSettings(t *testing.T) {
	c, err := Parse("f", []byte(everything+"waiver_max_age: 90d\nwaiver_requires: [owner]\ntofu: true\n"), known)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range c.Settings() {
		got = append(got, s.Key+": "+s.Text)
	}
	want := []string{
		"controls: controls unauthorized-api-calls vpc-*", "profile: profile strict", "sensitivity: warn_above 1, max_delay 30m0s",
		"default_exclusions: default_exclusions false", "exclusions: 1 exclusion", "external: 3 external entries", "waivers: 1 waiver",
		"levels: 1 level raised", "roots: 1 root", "waiver_max_age: waiver_max_age 90d", "waiver_requires: waiver_requires owner", "tofu: tofu true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Default().Settings(); len(got) > 0 {
		t.Errorf("the default differs from itself: %v", got)
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(filepath.Join(dir, "absent.yaml"), known)
	if err == nil || !strings.HasSuffix(err.Error(), "absent.yaml: no such file or directory") {
		t.Errorf("error %v", err)
	}
	big := filepath.Join(dir, "big.yaml")
	if err := os.WriteFile(big, make([]byte, maxSize+1), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(big, known); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("error %v", err)
	}
}

func TestAllowsVersion(t *testing.T) {
	for _, tc := range []struct {
		requires, version string
		want              bool
	}{
		{"", "0.1.0", true}, {">=0.3", "0.3.0", true}, {">=0.3", "v0.2.9", false}, {">=0.3, <1", "1.0.0", false},
		{"0.3.1", "0.3.1", true}, {">0.3", "0.3.0", false}, {">=0.3", "(devel)", true}, {">=0.3", "0.0.0-20261121+dirty", true}, {"<=1.2", "1.2.0-rc.1", true},
	} {
		if got := (Config{Requires: tc.requires}).AllowsVersion(tc.version); got != tc.want {
			t.Errorf("%q admits %q: %v, want %v", tc.requires, tc.version, got, tc.want)
		}
	}
}

func TestVarFilesOf(t *testing.T) {
	dir := t.TempDir()
	c := Config{Roots: []Root{
		{Path: "live/prod", VarFiles: []string{"vars/prod.tfvars"}, Base: dir},
		{Path: "stacks/alert.yaml", ParametersFiles: []string{"params/alert.json"}, Base: dir},
	}}
	if got, err := c.ParametersFilesOf(filepath.Join(dir, "stacks", "alert.yaml")); err != nil || !slices.Equal(got, []string{filepath.Join(dir, "params", "alert.json")}) {
		t.Errorf("parameters files %q %v", got, err)
	}
	got, err := c.VarFilesOf(filepath.Join(dir, "live", "prod"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{filepath.Join(dir, "vars", "prod.tfvars")}; !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	if got, err := c.VarFilesOf(filepath.Join(dir, "live")); got != nil || err != nil {
		t.Errorf("files %q of another root, %v", got, err)
	}
}
