// Package config holds the settings of a project: which controls it wants, how sensitive
// an alarm must be, which events a pattern may leave out, what exists outside the judged
// code, and which findings are accepted. It reads .iacgate.yaml and rejects what it does
// not understand. It also reads the definition of a control.
//
// It judges nothing: a [Config] is part of the document that policies judge. Waivers are
// the exception; they need a clock and a path, and package verdict applies them. Flags
// and the environment belong to cmd/iacgate.
package config

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/repository"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Config is one project's configuration. Its JSON form is input.config of the
// Rego policies.
type Config struct {
	Controls          []string                 `yaml:"controls" json:"controls"` // ids, globs or benchmark numbers; nil for the profile's
	Profile           string                   `yaml:"profile" json:"profile"`   // one of Profiles
	Sensitivity       Sensitivity              `yaml:"sensitivity" json:"sensitivity"`
	Exclusions        []Exclusion              `yaml:"exclusions" json:"exclusions"` // the defaults first
	DefaultExclusions *bool                    `yaml:"default_exclusions" json:"default_exclusions"`
	External          []External               `yaml:"external" json:"external"`
	Waivers           []verdict.Waiver         `yaml:"waivers" json:"waivers"`
	Levels            map[string]verdict.Level `yaml:"levels" json:"levels"` // finding code -> level
	Requires          string                   `yaml:"requires" json:"requires"`
	Roots             []Root                   `yaml:"roots" json:"roots"`
	Exclude           []string                 `yaml:"exclude" json:"-"`         // globs of paths that a search leaves out
	WaiverMaxAge      time.Duration            `yaml:"waiver_max_age" json:"-"`  // how far away a waiver may end; 0 for any time
	WaiverRequires    []string                 `yaml:"waiver_requires" json:"-"` // what every waiver has to name: owner, ticket
	CustomControls    []verdict.Control        `yaml:"custom_controls" json:"-"` // of the project's own, as complete as the product's
	Tofu              *bool                    `yaml:"tofu" json:"-"`            // whether *.tofu files are code; nil if it is not known

	Read Read `yaml:"-" json:"-"`
}

// Profiles are the ways to read the controls: as attackers and everyday traffic
// see it, with more than the benchmarks require, as Security Hub compares, or as
// a version of the CIS AWS Foundations Benchmark has it. The last two kinds are
// benchmarks, and represent their controls.
var Profiles = append([]string{"default", "strict"}, Benchmarks...)

// Benchmarks are the names by which controls refer to benchmarks.
var Benchmarks = []string{
	"security-hub", "cis-aws-1.2.0", "cis-aws-1.3.0", "cis-aws-1.4.0", "cis-aws-1.5.0", "cis-aws-2.0.0", "cis-aws-3.0.0", "cis-aws-4.0.1",
	"cis-aws-5.0.0", "cis-aws-6.0.0", "cis-aws-7.0.0",
}

// Sensitivity says how large a burst of matching events inside one period may
// have to be until the alarm goes off. Both bounds are inclusive.
type Sensitivity struct {
	WarnAbove int           `yaml:"warn_above" json:"warn_above"` // more events than this warn
	FailAbove int           `yaml:"fail_above" json:"fail_above"` // more events than this fail
	MaxDelay  time.Duration `yaml:"max_delay" json:"max_delay"`   // from the burst to ALARM; slower warns
}

// MarshalJSON writes max_delay as a number of seconds, which Rego can compare
// with alarm facts.
func (s Sensitivity) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		WarnAbove int   `json:"warn_above"`
		FailAbove int   `json:"fail_above"`
		MaxDelay  int64 `json:"max_delay"`
	}{s.WarnAbove, s.FailAbove, int64(s.MaxDelay / time.Second)})
}

// An Exclusion is a kind of event that a filter pattern may leave out.
type Exclusion struct {
	Pattern  string   `yaml:"pattern" json:"pattern"` // in CloudWatch's own pattern language
	Reason   string   `yaml:"reason" json:"reason"`
	Controls []string `yaml:"controls" json:"controls,omitempty"` // that may leave them out; none for all
	Line     int      `yaml:"-" json:"-"`
}

// IsFor reports whether a control's pattern may leave the events out.
func (e Exclusion) IsFor(c verdict.Control) bool {
	return len(e.Controls) == 0 || slices.ContainsFunc(e.Controls, c.IsNamed)
}

// samePattern compares patterns by what they mean, not by how they are spelt.
func (e Exclusion) samePattern(o Exclusion) bool {
	a, errA := filterpattern.Parse(e.Pattern)
	b, errB := filterpattern.Parse(o.Pattern)
	return errA == nil && errB == nil && a.String() == b.String()
}

// External names one thing that lives outside the judged code, or a module that
// holds nothing of it. Exactly one of LogGroup, Topic, Trail and Module is set; *
// matches any characters.
type External struct {
	LogGroup string `yaml:"log_group" json:"log_group,omitempty"` // name or ARN: settles trail and log group
	Topic    string `yaml:"topic" json:"topic,omitempty"`         // ARN or reference: settles topic and subscription
	Trail    string `yaml:"trail" json:"trail,omitempty"`         // ARN or name: settles the trail
	Module   string `yaml:"module" json:"module,omitempty"`       // source or address: if it is not installed, that is not a gap
	Reason   string `yaml:"reason" json:"reason"`
}

// Root is a Terraform directory with the variable files that it is planned
// with, or a template with the parameters files that it is deployed with. All
// are relative to the configuration file.
type Root struct {
	Path            string   `yaml:"path" json:"path"`
	VarFiles        []string `yaml:"var_files" json:"var_files"`
	ParametersFiles []string `yaml:"parameters_files" json:"parameters_files"`
	Base            string   `yaml:"-" json:"-"` // directory of the configuration file
}

// SetBase says in which directory the paths of the configuration start.
func (c *Config) SetBase(base string) {
	for i := range c.Waivers {
		c.Waivers[i].Base = base
	}
	for i := range c.Roots {
		c.Roots[i].Base = base
	}
}

// VarFilesOf returns the variable files that a directory is planned with. One that
// may not be read is a problem of the configuration.
func (c Config) VarFilesOf(dir string) ([]string, error) {
	r := c.rootAt(dir)
	return c.files(r, r.VarFiles)
}

// ParametersFilesOf returns the files of parameters that a template is deployed
// with.
func (c Config) ParametersFilesOf(template string) ([]string, error) {
	r := c.rootAt(template)
	return c.files(r, r.ParametersFiles)
}

// RootPaths returns the paths of the roots that the configuration names.
func (c Config) RootPaths() []string {
	var paths []string
	for _, r := range c.Roots {
		paths = append(paths, filepath.Join(r.Base, filepath.FromSlash(r.Path)))
	}
	return paths
}

// rootAt returns the root at a path; one without files if there is none.
func (c Config) rootAt(path string) Root {
	full, err := filepath.Abs(path)
	if err != nil {
		return Root{}
	}
	for _, r := range c.Roots {
		if filepath.Join(r.Base, filepath.FromSlash(r.Path)) == full {
			return r
		}
	}
	return Root{}
}

// files returns the paths of files that the configuration names for a root.
func (c Config) files(r Root, names []string) ([]string, error) {
	var files []string
	for _, f := range names {
		path := f
		if !filepath.IsAbs(path) {
			path = filepath.Join(r.Base, filepath.FromSlash(path))
		}
		if c.Read.Within != "" {
			if err := repository.Admits(c.Read.Within, path); err != nil {
				return nil, diag.List{{File: c.Read.File, Message: "roots: " + f + ": " + err.Error()}}
			}
		}
		files = append(files, path)
	}
	return files, nil
}

// Default returns the configuration of a project that says nothing.
func Default() Config {
	return Config{
		Profile:     "default",
		Sensitivity: Sensitivity{WarnAbove: 5, FailAbove: 25, MaxDelay: time.Hour},
		Exclusions:  publishedExclusions(),
		External:    []External{},
		Waivers:     []verdict.Waiver{},
		Levels:      map[string]verdict.Level{},
		Roots:       []Root{},

		WaiverRequires: []string{},
	}
}

// publishedExclusions returns the exclusions that CIS itself publishes from version 2.0 on.
func publishedExclusions() []Exclusion {
	const reason = "published by the CIS benchmark"
	return []Exclusion{
		{Pattern: `{ $.eventName = "HeadBucket" }`, Reason: reason},
		{Pattern: `{ $.sourceIPAddress = "delivery.logs.amazonaws.com" }`, Reason: reason},
	}
}

// Read says what a configuration was read from.
type Read struct {
	File   string // "" for a default
	SHA256 string
	// Settings are those that it changes, before any flag does.
	Settings []verdict.Setting
	Hides    []verdict.Hidden // files that do not count beside it
	// Within is the directory in which what it names has to lie; "" if somebody
	// named the file: then that is the user's.
	Within string
}
