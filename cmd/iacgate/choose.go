package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/repository"
)

// configure reads the configuration: the named file, or the one that is found
// upwards from the working directory.
func configure(file string, packages []string) (config.Config, error) {
	around := found()
	files, load := append([]string{file}, around...), config.Load
	switch {
	case file == noConfiguration, file == "" && len(around) == 0:
		return config.Default(), nil
	case file == "":
		files, load = around, config.LoadFound
	}
	known, err := knownControls(packages)
	if err != nil {
		return config.Config{}, err
	}
	cfg, err := load(files[0], known)
	if err != nil {
		return cfg, err
	}
	if base := elsewhere(files[0]); base != "" {
		cfg.SetBase(base)
	}
	for _, other := range files[1:] {
		if !sameFile(other, files[0]) {
			cfg.AddHidden(other, known)
		}
	}
	if v := buildVersion(); !cfg.AllowsVersion(v.number) {
		return cfg, usagef("%s: requires %s, this is iacgate %s", files[0], cfg.Requires, v.number)
	}
	return cfg, nil
}

// elsewhere is where the paths of a configuration start that is none of the judged
// repository: at its top, or in the working directory where there is none. "" says
// that they start beside it.
func elsewhere(file string) string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	own, err := repository.Real(filepath.Dir(file))
	if err != nil {
		return ""
	}
	if root, ok := repository.Root(dir); ok {
		dir = root
	} else if real, err := repository.Real(dir); err == nil && repository.Holds(own, real) {
		return "" // above the working directory
	}
	if real, err := repository.Real(dir); err != nil || repository.Holds(real, own) {
		return ""
	}
	return dir
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	other, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(one, other)
}

// noConfiguration in the place of a file says that none is read.
const noConfiguration = "none"

// found are the configurations above the working directory, as seen from there, the
// nearest first.
func found() []string {
	dir, err := os.Getwd()
	if err != nil {
		return nil
	}
	files := config.Find(dir)
	for i, file := range files {
		if rel, err := filepath.Rel(dir, file); err == nil {
			files[i] = rel
		}
	}
	return files
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

// catalogue are the controls that may be asked for here: those of the product and of
// the configuration that is found.
func catalogue() (policy.Catalogue, error) {
	cfg, err := configure("", nil)
	return policy.With(cfg.CustomControls), err
}

// first is the control that is asked for where nobody asks for any.
const first = "unauthorized-api-calls"

// choose returns the ids that the asked ones stand for: ids, globs, benchmark
// numbers, all, none. Where nothing is asked for, a profile that is a benchmark
// asks for its controls.
func choose(asked []string, profile string, known policy.Catalogue) ([]string, error) {
	if len(asked) == 0 {
		asked = []string{first}
		if slices.Contains(config.Benchmarks, profile) {
			asked = []string{profile + "/*"}
		}
	}
	ids, err := known.IDs()
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, a := range asked {
		numbered, err := byNumber(a, known)
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
func byNumber(asked string, known policy.Catalogue) ([]string, error) {
	if !strings.Contains(asked, "/") {
		return nil, nil
	}
	controls, err := known.Controls()
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
