package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/policy"
)

// configure reads the configuration: the named file, or the one that is found
// upwards from the working directory.
func configure(file string, packages []string) (config.Config, error) {
	if file == "" {
		if file = found(); file == "" {
			return config.Default(), nil
		}
		if err := intake.CheckRegular(file); err != nil {
			return config.Config{}, named(file, err)
		}
	}
	known, err := knownControls(packages)
	if err != nil {
		return config.Config{}, err
	}
	cfg, err := config.Load(file, known)
	if err != nil {
		return cfg, err
	}
	if v := buildVersion(); !cfg.Admits(v.number) {
		return cfg, usagef("%s: requires %s, this is iacgate %s", file, cfg.Requires, v.number)
	}
	return cfg, nil
}

// found is the configuration above the working directory, as seen from there.
func found() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	file := config.Find(dir)
	if rel, err := filepath.Rel(dir, file); file != "" && err == nil {
		return rel
	}
	return file
}

// knownControls is what a configuration or a waiver may name: controls, their
// numbers in benchmarks, and packages of the user's own policies.
func knownControls(packages []string) (config.Known, error) {
	ids, err := policy.IDs()
	return config.Known{Controls: ids, Numbers: numbers, Packages: packages}, err
}

func numbers() (all []string) {
	controls, err := policy.Controls()
	if err != nil {
		return nil
	}
	for _, c := range controls {
		for benchmark, number := range c.References {
			all = append(all, benchmark+"/"+number)
		}
	}
	return all
}

// first is the control that is asked for where nobody asks for any.
const first = "unauthorized-api-calls"

// choose returns the ids that the asked ones stand for: ids, globs, benchmark
// numbers, all, none. Where nothing is asked for, a profile that is a benchmark
// asks for its controls.
func choose(asked []string, profile string) ([]string, error) {
	if len(asked) == 0 {
		asked = []string{first}
		if slices.Contains(config.Benchmarks, profile) {
			asked = []string{profile + "/*"}
		}
	}
	ids, err := policy.IDs()
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, a := range asked {
		numbered, err := byNumber(a)
		if err != nil {
			return nil, err
		}
		found := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !stands(a, id) && !slices.Contains(numbered, id) })
		if len(found) == 0 && a != "none" {
			return nil, usagef("no control %q%s", a, didYouMean(a, ids))
		}
		for _, id := range found {
			wanted[id] = true
		}
	}
	if len(wanted) == 0 {
		return nil, usagef("no control is asked for")
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !wanted[id] }), nil
}

// byNumber returns the ids of the controls that have a number in a benchmark:
// cis-aws-3.0.0/4.4, security-hub/CloudWatch.4, cis-aws-3.0.0/*.
func byNumber(asked string) ([]string, error) {
	if !strings.Contains(asked, "/") {
		return nil, nil
	}
	controls, err := policy.Controls()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range controls {
		for benchmark, number := range c.References {
			if ok, err := path.Match(asked, benchmark+"/"+number); err == nil && ok {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids, nil
}

func stands(asked, id string) bool {
	if asked == "all" || asked == id {
		return true
	}
	ok, err := path.Match(asked, id)
	return err == nil && ok && strings.ContainsAny(asked, "*?[")
}
