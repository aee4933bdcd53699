package config

import (
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Parse reads and validates a configuration; path is its file name in errors
// and where the globs of waivers start. Everything that is wrong is reported,
// as [diag.List].
func Parse(path string, data []byte, known Known) (Config, error) {
	d := &decoder{file: path, known: known}
	c := Default()
	c.Exclusions = []Exclusion{}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return Config{}, diag.List{syntaxError(path, err)}
	}
	switch {
	case len(doc.Content) == 0 || isNull(doc.Content[0]):
	case resolve(doc.Content[0]).Kind == yaml.ScalarNode: // which may be somebody's secret
		d.complain(doc.Content[0], "", "the configuration must be a mapping, got a string")
	default:
		d.customControls(doc.Content[0], &c)
		d.config(doc.Content[0], &c)
	}
	slices.SortStableFunc(d.found, func(a, b *diag.Diagnostic) int { return a.Line - b.Line })
	if err := d.found.Err(); err != nil {
		return Config{}, err
	}
	if c.DefaultExclusions == nil || *c.DefaultExclusions {
		c.Exclusions = slices.DeleteFunc(c.Exclusions, func(e Exclusion) bool {
			return slices.ContainsFunc(publishedExclusions(), e.samePattern)
		})
		c.Exclusions = append(publishedExclusions(), c.Exclusions...)
	}
	if base, err := filepath.Abs(filepath.Dir(path)); err == nil {
		c.SetBase(base)
	}
	return c, nil
}

func (d *decoder) config(n *yaml.Node, c *Config) {
	d.mapping(n, "the configuration", fields{
		"controls":    func(n *yaml.Node) { c.Controls = d.controls(n) },
		"profile":     func(n *yaml.Node) { c.Profile = d.oneOf(n, "profile", Profiles) },
		"sensitivity": func(n *yaml.Node) { d.sensitivity(n, &c.Sensitivity) },
		"exclusions":  func(n *yaml.Node) { d.list(n, "exclusions", func(n *yaml.Node) { d.exclusion(n, c) }) },
		"default_exclusions": func(n *yaml.Node) {
			on := d.boolean(n, "default_exclusions")
			c.DefaultExclusions = &on
		},
		"external": func(n *yaml.Node) { d.list(n, "external", func(n *yaml.Node) { d.external(n, c) }) },
		"waivers":  func(n *yaml.Node) { d.list(n, "waivers", func(n *yaml.Node) { d.waiver(n, c) }) },
		"levels":   func(n *yaml.Node) { d.levels(n, c.Levels) },
		"requires": func(n *yaml.Node) { c.Requires = d.requires(n) },
		"roots":    func(n *yaml.Node) { d.list(n, "roots", func(n *yaml.Node) { d.root(n, c) }) },
		"exclude": func(n *yaml.Node) {
			d.list(n, "exclude", func(n *yaml.Node) {
				if pattern := d.text(n, "a path to exclude"); pattern != "" {
					c.Exclude = append(c.Exclude, pattern)
				}
			})
		},

		"waiver_max_age": func(n *yaml.Node) { c.WaiverMaxAge = d.days(n, "waiver_max_age") },
		"waiver_requires": func(n *yaml.Node) {
			d.list(n, "waiver_requires", func(n *yaml.Node) {
				c.WaiverRequires = append(c.WaiverRequires, d.oneOf(n, "part of a waiver", Required))
			})
		},
		"custom_controls": func(*yaml.Node) {}, // read before anything names them
		"tofu": func(n *yaml.Node) {
			on := d.boolean(n, "tofu")
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
		d.complain(n, d.known.Suggest(id), "no control %q", truncate(id))
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
		"controls": func(n *yaml.Node) { e.Controls = d.exclusionControls(n) },
	})
	d.require(n, "an exclusion", "pattern")
	switch i := slices.IndexFunc(publishedExclusions(), e.samePattern); {
	case e.Reason != "":
	case i >= 0: // the published ones may be spelt out, and need no reason
		e.Reason = publishedExclusions()[i].Reason
	default:
		d.require(n, "an exclusion", "reason")
	}
	c.Exclusions = append(c.Exclusions, e)
}

// exclusionControls reads the controls that an exclusion is for. Without any it would be for
// none, or for all: nobody can tell which was meant.
func (d *decoder) exclusionControls(n *yaml.Node) []string {
	names := d.controls(n)
	for i, name := range names {
		switch name {
		case "all":
			names[i] = "*"
		case "none":
			d.complain(n, "", "controls: the exclusion applies to none of them")
		}
	}
	if len(names) == 0 {
		d.complain(n, "leave out controls if the exclusion is for all of them", "controls: the exclusion applies to none of them")
	}
	return names
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
		d.complain(n, "write one entry for each", "an external entry must name exactly one of log_group, topic, trail and module")
	}
	c.External = append(c.External, e)
}

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
