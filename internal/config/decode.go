package config

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gobwas/glob"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Parse reads and validates a configuration; path is its file name in errors
// and where the globs of waivers start. Everything that is wrong is reported,
// as [Problems].
func Parse(path string, data []byte, known Known) (Config, error) {
	d := &decoder{file: path, known: known}
	c := Default()
	c.Exclusions = []Exclusion{}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return Config{}, Problems{syntaxProblem(path, err)}
	}
	switch {
	case len(doc.Content) == 0 || isNull(doc.Content[0]):
	case resolve(doc.Content[0]).Kind == yaml.ScalarNode: // which may be somebody's secret
		d.complain(doc.Content[0], "", "the configuration: a text where keys and values are expected")
	default:
		d.customControls(doc.Content[0], &c)
		d.config(doc.Content[0], &c)
	}
	if len(d.problems) > 0 {
		slices.SortStableFunc(d.problems, func(a, b Problem) int { return a.Line - b.Line })
		return Config{}, d.problems
	}
	if c.DefaultExclusions == nil || *c.DefaultExclusions {
		c.Exclusions = slices.DeleteFunc(c.Exclusions, func(e Exclusion) bool {
			return slices.ContainsFunc(published(), e.samePattern)
		})
		c.Exclusions = append(published(), c.Exclusions...)
	}
	if base, err := filepath.Abs(filepath.Dir(path)); err == nil {
		c.settle(base)
	}
	return c, nil
}

// syntaxProblem turns the library's "yaml: line 3: what" into our form.
func syntaxProblem(path string, err error) Problem {
	what := brief(strings.TrimPrefix(err.Error(), "yaml: "))
	p := Problem{File: path, What: "not YAML: " + what}
	if rest, ok := strings.CutPrefix(what, "line "); ok {
		if number, text, ok := strings.Cut(rest, ": "); ok {
			p.Line, _ = strconv.Atoi(number)
			p.What = "not YAML: " + text
		}
	}
	return p
}

// A decoder walks the syntax tree, so that every problem has a line: the
// library's own decoding knows lines for some errors only.
type decoder struct {
	file     string
	known    Known
	problems Problems
}

func (d *decoder) complain(n *yaml.Node, hint, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.file, Line: n.Line, What: fmt.Sprintf(format, args...), Hint: hint})
}

func (d *decoder) config(n *yaml.Node, c *Config) {
	d.mapping(n, "the configuration", fields{
		"controls":    func(n *yaml.Node) { c.Controls = d.controls(n) },
		"profile":     func(n *yaml.Node) { c.Profile = d.oneOf(n, "profile", Profiles) },
		"sensitivity": func(n *yaml.Node) { d.sensitivity(n, &c.Sensitivity) },
		"exclusions":  func(n *yaml.Node) { d.list(n, "exclusions", func(n *yaml.Node) { d.exclusion(n, c) }) },
		"default_exclusions": func(n *yaml.Node) {
			on := d.truth(n, "default_exclusions")
			c.DefaultExclusions = &on
		},
		"external": func(n *yaml.Node) { d.list(n, "external", func(n *yaml.Node) { d.external(n, c) }) },
		"waivers":  func(n *yaml.Node) { d.list(n, "waivers", func(n *yaml.Node) { d.waiver(n, c) }) },
		"levels":   func(n *yaml.Node) { d.levels(n, c.Levels) },
		"requires": func(n *yaml.Node) { c.Requires = d.requires(n) },
		"roots":    func(n *yaml.Node) { d.list(n, "roots", func(n *yaml.Node) { d.root(n, c) }) },

		"waiver_max_age": func(n *yaml.Node) { c.WaiverMaxAge = d.days(n, "waiver_max_age") },
		"waiver_requires": func(n *yaml.Node) {
			d.list(n, "waiver_requires", func(n *yaml.Node) {
				c.WaiverRequires = append(c.WaiverRequires, d.oneOf(n, "part of a waiver", Required))
			})
		},
		"custom_controls": func(*yaml.Node) {}, // read before anything names them
		"tofu": func(n *yaml.Node) {
			on := d.truth(n, "tofu")
			c.Tofu = &on
		},
	})
}

func (d *decoder) controls(n *yaml.Node) []string {
	ids := []string{}
	d.list(n, "controls", func(n *yaml.Node) {
		if id := d.control(n); id != "" {
			ids = append(ids, id)
		}
	})
	return ids
}

// control reads an id, a glob, a number in a benchmark, all or none.
func (d *decoder) control(n *yaml.Node) string {
	id := d.text(n, "a control")
	if id != "" && id != "none" && !d.known.HasControl(id) {
		d.complain(n, d.known.Suggest(id), "no control %q", brief(id))
	}
	return id
}

func (d *decoder) sensitivity(n *yaml.Node, s *Sensitivity) {
	d.mapping(n, "sensitivity", fields{
		"warn_above": func(n *yaml.Node) { s.WarnAbove = d.count(n, "warn_above") },
		"fail_above": func(n *yaml.Node) { s.FailAbove = d.count(n, "fail_above") },
		"max_delay":  func(n *yaml.Node) { s.MaxDelay = d.duration(n, "max_delay") },
	})
	if s.WarnAbove > s.FailAbove {
		d.complain(n, "", "sensitivity: warn_above %d is larger than fail_above %d", s.WarnAbove, s.FailAbove)
	}
}

func (d *decoder) exclusion(n *yaml.Node, c *Config) {
	e := Exclusion{Line: resolve(n).Line}
	d.mapping(n, "an exclusion", fields{
		"pattern":  func(n *yaml.Node) { e.Pattern = d.pattern(n) },
		"reason":   func(n *yaml.Node) { e.Reason = d.reason(n) },
		"controls": func(n *yaml.Node) { e.Controls = d.excluding(n) },
	})
	d.require(n, "an exclusion", "pattern")
	switch i := slices.IndexFunc(published(), e.samePattern); {
	case e.Reason != "":
	case i >= 0: // the published ones may be spelt out, and need no reason
		e.Reason = published()[i].Reason
	default:
		d.require(n, "an exclusion", "reason")
	}
	c.Exclusions = append(c.Exclusions, e)
}

// excluding reads the controls that an exclusion is for. Without any it would be for
// none, or for all: nobody can tell which was meant.
func (d *decoder) excluding(n *yaml.Node) []string {
	names := d.controls(n)
	for i, name := range names {
		switch name {
		case "all":
			names[i] = "*"
		case "none":
			d.complain(n, "", "controls: an exclusion for none of them")
		}
	}
	if len(names) == 0 {
		d.complain(n, "leave controls out where the exclusion is for all", "controls: an exclusion for none of them")
	}
	return names
}

// reason reads why something is excepted. What a hint leaves to be filled in says
// nothing.
func (d *decoder) reason(n *yaml.Node) string {
	text := d.text(n, "reason")
	if text != "" && !strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
		d.complain(n, "say who looks after it, or why it is right", "reason: %q says nothing", brief(text))
	}
	return text
}

// glob reads a pattern as Rego's glob.match takes it.
func (d *decoder) glob(n *yaml.Node, what string) string {
	text := d.text(n, what)
	if _, err := glob.Compile(text); err != nil {
		d.complain(n, "* stands for any characters", "%s %q is not a glob: %v", what, brief(text), err)
	}
	return text
}

func (d *decoder) external(n *yaml.Node, c *Config) {
	var e External
	d.mapping(n, "an external entry", fields{
		"log_group": func(n *yaml.Node) { e.LogGroup = d.glob(n, "log_group") },
		"topic":     func(n *yaml.Node) { e.Topic = d.glob(n, "topic") },
		"trail":     func(n *yaml.Node) { e.Trail = d.glob(n, "trail") },
		"module":    func(n *yaml.Node) { e.Module = d.glob(n, "module") },
		"reason":    func(n *yaml.Node) { e.Reason = d.reason(n) },
	})
	d.require(n, "an external entry", "reason")
	if n.Kind == yaml.MappingNode && count(n, "log_group", "topic", "trail", "module") != 1 {
		d.complain(n, "write one entry for each thing", "an external entry names one of log_group, topic, trail and module")
	}
	c.External = append(c.External, e)
}

func (d *decoder) waiver(n *yaml.Node, c *Config) {
	w := verdict.Waiver{Location: &verdict.Location{File: d.file, Line: resolve(n).Line, Column: resolve(n).Column}}
	d.mapping(n, "a waiver", fields{
		"control":  func(n *yaml.Node) { w.Control = d.waived(n) },
		"path":     func(n *yaml.Node) { w.Path = d.text(n, "path") },
		"resource": func(n *yaml.Node) { w.Resource = d.text(n, "resource") },
		"reason":   func(n *yaml.Node) { w.Reason = d.reason(n) },
		"owner":    func(n *yaml.Node) { w.Owner = d.text(n, "owner") },
		"ticket":   func(n *yaml.Node) { w.Ticket = d.text(n, "ticket") },
		"expires":  func(n *yaml.Node) { w.Expires = d.date(n) },
	})
	d.require(n, "a waiver", "control", "reason")
	if w.Control == "all" {
		w.Control = "*"
	}
	c.Waivers = append(c.Waivers, w)
}

// waived reads which controls a waiver is about: packages of the user's own
// policies may be among them, which are not known here.
func (d *decoder) waived(n *yaml.Node) string {
	id := d.text(n, "a control")
	if id != "" && !isPackage(id) && !d.known.HasControl(id) {
		d.complain(n, d.known.Suggest(id), "no control %q", brief(id))
	}
	return id
}

func isPackage(id string) bool { return strings.Contains(id, ".") && !strings.Contains(id, "/") }

func (d *decoder) levels(n *yaml.Node, levels map[string]verdict.Level) {
	names := make([]string, len(verdict.Levels))
	for i, l := range verdict.Levels {
		names[i] = string(l)
	}
	table := fields{}
	for _, code := range finding.IDs() {
		table[code] = func(n *yaml.Node) { levels[code] = verdict.Level(d.oneOf(n, "level", names)) }
	}
	d.mapping(n, "levels", table)
}

func (d *decoder) root(n *yaml.Node, c *Config) {
	r := Root{VarFiles: []string{}, ParametersFiles: []string{}}
	d.mapping(n, "a root", fields{
		"path": func(n *yaml.Node) { r.Path = d.text(n, "path") },
		"var_files": func(n *yaml.Node) {
			d.list(n, "var_files", func(n *yaml.Node) { r.VarFiles = append(r.VarFiles, d.text(n, "a variable file")) })
		},
		"parameters_files": func(n *yaml.Node) {
			d.list(n, "parameters_files", func(n *yaml.Node) { r.ParametersFiles = append(r.ParametersFiles, d.text(n, "a parameters file")) })
		},
	})
	d.require(n, "a root", "path")
	c.Roots = append(c.Roots, r)
}

func (d *decoder) duration(n *yaml.Node, what string) time.Duration {
	text := d.text(n, what)
	if text == "" {
		return 0
	}
	v, err := time.ParseDuration(text)
	if err != nil || v <= 0 {
		d.complain(n, "write a number and a unit: 90s, 30m, 1h", "%s: %q is no duration", what, brief(text))
	}
	return v
}

const day = 24 * time.Hour

// days reads a number of days, which Go has not because some are longer.
func (d *decoder) days(n *yaml.Node, what string) time.Duration {
	text := d.text(n, what)
	number, unit := strings.CutSuffix(text, "d")
	v, err := strconv.ParseUint(number, 10, 16)
	if text != "" && (err != nil || !unit || v == 0) {
		d.complain(n, "write a number of days: 90d", "%s: %q is no number of days", what, brief(text))
	}
	return time.Duration(v) * day
}

func (d *decoder) date(n *yaml.Node) verdict.Date {
	text := d.text(n, "expires")
	date, err := verdict.ParseDate(text)
	if err != nil && text != "" {
		d.complain(n, "write year, month and day: 2027-01-31", "expires: %q is no date", brief(text))
	}
	return date
}
