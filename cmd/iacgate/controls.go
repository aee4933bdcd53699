package main

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/glob"
	"github.com/iacgate/iacgate/internal/policy"
)

// defaultControl is the control that is checked by default.
const defaultControl = "unauthorized-api-calls"

// selectControls returns the ids of the asked controls, which may be ids, globs, benchmark
// numbers, all, none. By default, a profile that is a benchmark selects its
// controls.
func selectControls(asked []string, profile string, known policy.Catalogue) ([]string, error) {
	if len(asked) == 0 {
		asked = []string{defaultControl}
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
		numbered, err := idsByNumber(a, known)
		if err != nil {
			return nil, err
		}
		found := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return a != "all" && !glob.Match(a, id) && !slices.Contains(numbered, id) })
		if len(found) == 0 && a != "none" {
			return nil, usagef("no control %q%s", a, didYouMean(a, ids))
		}
		for _, id := range found {
			wanted[id] = true
		}
	}
	if len(wanted) == 0 {
		return nil, usagef("no control is selected")
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !wanted[id] }), nil
}

// idsByNumber returns the ids of the controls that have a number in a benchmark:
// cis-aws-3.0.0/4.4, security-hub/CloudWatch.4, cis-aws-3.0.0/*.
func idsByNumber(asked string, known policy.Catalogue) ([]string, error) {
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
			if glob.Match(asked, benchmark+"/"+number) {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids, nil
}

// knownControls returns the names that a configuration or a waiver may use: controls, their
// numbers in benchmarks, and packages of the user's own policies.
func knownControls(packages []string) (config.Known, error) {
	ids, err := policy.IDs()
	return config.Known{Controls: ids, Numbers: benchmarkNumbers, Packages: packages}, err
}

func benchmarkNumbers() (all []string) {
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
