package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/fix"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// initFlags are what init can be told.
type initFlags struct {
	dir      string
	baseline string
	controls []string
	noTrail  bool
	logGroup string
	ci       []string
}

// controlTowerGroup is the log group of the organization trail that AWS Control Tower makes.
// https://docs.aws.amazon.com/controltower/latest/userguide/cloudtrail.html
const controlTowerGroup = "aws-controltower/CloudTrailLogs"

func (p *program) init() command {
	var o initFlags
	f := newFlags("init")
	f.StringVar(&o.baseline, "baseline", "", "also write a whole baseline in `LANGUAGE`: hcl or cfn")
	f.StringArrayVar(&o.controls, "control", nil, "control `ID`, glob or benchmark number of the baseline, or all; may be repeated (default "+defaultControl+")")
	f.BoolVar(&o.noTrail, "no-trail", false, "baseline: without a trail, for an account whose trail is the organization's")
	f.StringVar(&o.logGroup, "log-group", controlTowerGroup, "baseline: `NAME` of the log group of that trail")
	f.StringArrayVar(&o.ci, "ci", nil, "also write a job for `SYSTEM`: "+orList(jobNames())+"; may be repeated")
	return command{
		args: "[DIR]", summary: "write a first configuration and, on request, a baseline and CI jobs",
		about: "Write " + config.Name + " with every setting explained into DIR, the working directory by default.\n" +
			"With --baseline also a file of Terraform code or a CloudFormation template that passes: trail,\n" +
			"bucket, log group, role, topic, metric filters and alarms. With --ci also jobs that run\n" +
			"iacgate. Nothing is overwritten; " + config.Name + " may exist if only --ci or --baseline is given.",
		flags: f,
		values: map[string]func() []string{
			"baseline": exampleNames, "control": askedControls, "ci": jobNames,
		},
		groups: []group{
			{"What to write", []string{"baseline", "ci"}},
			{"The baseline", []string{"control", "no-trail", "log-group"}},
		},
		examples: []string{
			"iacgate init",
			"iacgate init --baseline hcl --control all infra/audit",
			"iacgate init --baseline cfn --no-trail --log-group aws-controltower/CloudTrailLogs",
			"iacgate init --ci github --ci pre-commit",
		},
		run: func(_ context.Context, args []string) (int, error) {
			if len(args) > 1 {
				return 0, usagef("init takes one directory")
			}
			o.dir = orWorkingDirectory(args)[0]
			if !f.Changed("baseline") {
				for _, name := range []string{"control", "no-trail", "log-group"} {
					if f.Changed(name) {
						return 0, usagef("init: --%s is for --baseline", name)
					}
				}
			}
			if f.Changed("log-group") && !o.noTrail {
				return 0, usagef("init: --log-group is for --no-trail")
			}
			return p.runInit(o)
		},
	}
}

// runInit writes all files or none.
func (p *program) runInit(o initFlags) (int, error) {
	var files []replacement
	add := func(name, text string) {
		files = append(files, replacement{filepath.Join(o.dir, filepath.FromSlash(name)), []byte(text)})
	}
	external := ""
	if o.noTrail {
		external = o.logGroup
	}
	if !o.keepsConfiguration() {
		add(config.Name, config.First(o.controls, external))
	}
	if o.baseline != "" {
		name, text, err := baseline(o)
		if err != nil {
			return 0, err
		}
		add(name, text)
	}
	for _, system := range o.ci {
		i := slices.IndexFunc(jobs, func(j job) bool { return j.system == system })
		if i < 0 {
			return 0, usagef("init: no job for %q; known: %s", system, nearest.List(jobNames()))
		}
		add(jobs[i].file, strings.ReplaceAll(jobs[i].text, "@VERSION@", pinnedVersion()))
	}
	for _, file := range files {
		if _, err := os.Lstat(file.name); !errors.Is(err, fs.ErrNotExist) {
			return 0, diag.New(file.name, "it exists; nothing was written").WithHint("name another directory, and copy from there what you need")
		}
	}
	for _, file := range files {
		if err := os.MkdirAll(filepath.Dir(file.name), 0o755); err != nil {
			return 0, diag.At(file.name, err)
		}
		if err := p.replace(file); err != nil {
			return 0, err
		}
		fmt.Fprintln(p.stdout, "wrote", filepath.ToSlash(file.name))
	}
	return verdict.ExitOK, p.afterInit(o)
}

// keepsConfiguration reports whether a configuration that exists can stay: something else is asked for, which needs no
// key in it.
func (o initFlags) keepsConfiguration() bool {
	if o.baseline == "" && len(o.ci) == 0 || len(o.controls) > 0 || o.noTrail {
		return false
	}
	_, err := os.Lstat(filepath.Join(o.dir, config.Name))
	return err == nil
}

// afterInit says what to do next.
func (p *program) afterInit(o initFlags) error {
	dir := filepath.ToSlash(filepath.Clean(o.dir))
	next := "check it:  iacgate check " + dir
	if o.baseline == "cfn" {
		next = "check it:  iacgate check " + filepath.ToSlash(filepath.Join(dir, baselineTemplate))
	}
	if o.baseline != "" {
		next += "\nset who reads the alarms before you deploy: alarm_reader_email"
		if o.baseline == "cfn" {
			next = strings.Replace(next, "alarm_reader_email", "AlarmReaderEmail", 1)
		}
	}
	_, err := fmt.Fprintln(p.stdout, next)
	return err
}

const (
	baselineCode     = "cloudtrail-alarms.tf"
	baselineTemplate = "cloudtrail-alarms.yaml"
)

// baseline returns the file that --baseline asks for.
func baseline(o initFlags) (name, text string, err error) {
	known := exampleLanguages()
	i := slices.IndexFunc(known, func(l exampleLanguage) bool { return l.name == o.baseline })
	if i < 0 {
		return "", "", usagef("init: no baseline in %q; known: %s", o.baseline, nearest.List(exampleNames()))
	}
	if len(o.controls) == 0 {
		o.controls = []string{defaultControl}
	}
	all, err := configuredControls()
	if err != nil {
		return "", "", err
	}
	ids, err := selectControls(o.controls, "default", all)
	if err != nil {
		return "", "", err
	}
	selected, err := all.Select(ids)
	if err != nil {
		return "", "", err
	}
	b := fix.Baseline{Language: known[i].language}
	for _, c := range selected {
		b.Controls = append(b.Controls, fix.Monitored{ID: c.ID, Title: c.Title, Pattern: c.MustMatch})
	}
	if o.noTrail {
		b.LogGroup = o.logGroup
	}
	if known[i].language == fix.HCL {
		return baselineCode, b.Write(), nil
	}
	return baselineTemplate, b.Write(), nil
}

// pinnedVersion is what a job pins: the release that wrote it.
func pinnedVersion() string {
	b := buildVersion()
	if b.number == "(devel)" || strings.Contains(b.number, "-0.") { // no release
		if b.commit != "" {
			return b.commit
		}
		return "main"
	}
	return "v" + b.number
}

// A job runs iacgate in a CI system or before a commit.
type job struct{ system, file, text string }

func jobNames() []string {
	var names []string
	for _, j := range jobs {
		names = append(names, j.system)
	}
	return names
}

var jobs = []job{
	{"github", ".github/workflows/iacgate.yml", `name: iacgate
on:
  pull_request:
permissions:
  contents: read
jobs:
  alarms:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      # A plan knows more than the code: where the job may run terraform plan, give iacgate its JSON.
      - uses: iacgate/iacgate@@VERSION@
        with:
          path: .
          args: --recursive
`},
	{"gitlab", ".gitlab-ci.iacgate.yml", `# Include this file in .gitlab-ci.yml:
#   include:
#     - local: .gitlab-ci.iacgate.yml
iacgate:
  image: golang:1.26
  stage: test
  script:
    - go install github.com/iacgate/iacgate/cmd/iacgate@@VERSION@
    - iacgate check --recursive --output text --output gitlab=iacgate-quality.json --output junit=iacgate-junit.xml
  artifacts:
    when: always
    reports:
      codequality: iacgate-quality.json
      junit: iacgate-junit.xml
`},
	{"pre-commit", ".pre-commit-config.yaml", `repos:
  - repo: https://github.com/iacgate/iacgate
    rev: @VERSION@
    hooks:
      - id: iacgate             # Terraform and OpenTofu
      - id: iacgate-templates   # CloudFormation
`},
}
