package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// newKinds returns the kinds of things that new writes.
func newKinds() []string { return []string{"control", "policy"} }

// sampleControl has the values of a new control that have no flag: it is a correct control
// about a familiar event.
var sampleControl = verdict.Control{
	Title: "Deletions of keys raise an alarm", Severity: "medium", Events: "write",
	MustMatch: `{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "ScheduleKeyDeletion") }`,
}

func (p *program) new() command {
	var dir, file string
	own := sampleControl
	f := newFlags("new")
	f.StringVar(&own.Title, "title", own.Title, "control: its `TITLE`")
	f.StringVar(&own.Severity, "severity", own.Severity, "control: `SEVERITY` low, medium, high or critical")
	f.StringVar(&own.MustMatch, "must-match", own.MustMatch, "control: `PATTERN` of the events that must raise an alarm")
	f.StringVar(&file, "config", "", "control: configuration `FILE` to add it to (default: the one found, else "+config.Name+")")
	f.StringVar(&dir, "dir", ".", "policy: `DIR` to write to; it is created if missing")
	return command{
		args: "control|policy NAME", summary: "write a first control or policy of your own",
		about: "control adds a control to custom_controls in " + config.Name + ": data, judged from the trail to the\n" +
			"subscription as the built-in ones are. Everything else of the file stays as it is.\n" +
			"policy writes NAME.rego, a policy with METADATA, and NAME_test.rego, its unit test. Both pass as\n" +
			"they are. Existing files are never overwritten.",
		flags: f, arguments: newKinds,
		values:   map[string]func() []string{"severity": config.Severities},
		groups:   []group{{"A control", []string{"title", "severity", "must-match", "config"}}, {"A policy", []string{"dir"}}},
		examples: []string{"iacgate new control acme-key-deletion --severity high", "iacgate new policy acme-alarm-names --dir policy"},
		run: func(_ context.Context, args []string) (int, error) {
			switch {
			case len(args) == 2 && args[0] == "control":
				if f.Changed("dir") {
					return 0, usagef("new: --dir is for a policy; a control is added to a configuration, --config")
				}
				own.ID = args[1]
				return p.newControl(own, file)
			case len(args) == 2 && args[0] == "policy":
				for _, name := range []string{"title", "severity", "must-match", "config"} {
					if f.Changed(name) {
						return 0, usagef("new: --%s is for a control", name)
					}
				}
				return p.newPolicy(args[1], dir)
			}
			return 0, usagef("new needs a kind and a name: iacgate new control acme-key-deletion, or iacgate new policy acme-alarm-names")
		},
	}
}

func (p *program) newControl(c verdict.Control, file string) (int, error) {
	if file == "" {
		file = config.Name
		if around := configurationsAbove(); len(around) > 0 {
			file = around[0]
		}
	}
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	known, err := knownControls(nil)
	if err != nil {
		return 0, err
	}
	added, err := config.AddControl(file, data, c, known)
	if err != nil {
		return 0, err
	}
	if err := p.replace(replacement{file, added}); err != nil {
		return 0, err
	}
	_, err = fmt.Fprintf(p.stdout, "added %s to %s\nedit it:     title and must_match there, if they are still the example's\nread it:     iacgate explain %s\ntry it:      iacgate pattern --control %s PATTERN\nask for it:  iacgate check --control %s PATH...\n",
		c.ID, filepath.ToSlash(file), c.ID, c.ID, c.ID)
	return verdict.ExitOK, err
}

func (p *program) newPolicy(name, dir string) (int, error) {
	files, err := policy.New(name, dir)
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		fmt.Fprintln(p.stdout, "wrote", filepath.ToSlash(file))
	}
	dir = filepath.ToSlash(filepath.Clean(dir))
	_, err = fmt.Fprintf(p.stdout, "test it:  iacgate test %s\nrun it:   iacgate check --policy %s --namespace %s PATH...\n", dir, dir, strings.ReplaceAll(name, "-", "_"))
	return verdict.ExitOK, err
}
