package main

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/glob"
)

// defaultControl is the control that is checked by default.
const defaultControl = "unauthorized-api-calls"

// selectControls returns the ids of the asked controls, which may be ids, globs, benchmark
// numbers, all, none. By default, a profile that is a benchmark selects its
// controls.
func selectControls(asked []string, profile string, known control.Catalogue) ([]string, error) {
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
	wanted, left := map[string]bool{}, map[string]bool{}
	named := false
	for _, a := range splitLists(asked) {
		name, without := strings.CutPrefix(a, "!")
		found, err := matching(name, ids, known)
		if err != nil {
			return nil, err
		}
		into := wanted
		if without {
			into = left
		} else {
			named = true
		}
		for _, id := range found {
			into[id] = true
		}
	}
	if len(wanted) == 0 && named {
		return nil, usagef("no control is selected")
	}
	out := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return named && !wanted[id] || left[id] })
	if len(out) == 0 {
		return nil, usagef("no control is selected: all of them are left out")
	}
	return out, nil
}

// splitLists splits texts at commas outside braces, in which a glob has alternatives.
func splitLists(texts []string) (out []string) {
	for _, text := range texts {
		depth, start := 0, 0
		for i, c := range text {
			switch {
			case c == '{':
				depth++
			case c == '}':
				depth--
			case c == ',' && depth == 0:
				out = append(out, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		}
		out = append(out, strings.TrimSpace(text[start:]))
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// matching returns the controls that an id, a glob, a number or all names; none of them
// for "none". A name without any is an error.
func matching(name string, ids []string, known control.Catalogue) ([]string, error) {
	numbered, err := idsByNumber(name, known)
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return name != "all" && !glob.Match(name, id) && !slices.Contains(numbered, id) })
	if len(found) == 0 && name != "none" {
		return nil, usagef("no control %q%s", name, didYouMean(name, ids))
	}
	return found, nil
}

// atLeast returns the controls of a severity or a higher one.
func atLeast(severity string, ids []string, known control.Catalogue) ([]string, error) {
	levels := config.Severities()
	least := slices.Index(levels, severity)
	if least < 0 {
		return nil, usagef("no severity %q; known: %s", severity, orList(levels))
	}
	controls, err := known.Select(ids)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range controls {
		if slices.Index(levels, c.Severity) >= least {
			out = append(out, c.ID)
		}
	}
	if len(out) == 0 {
		return nil, usagef("no selected control has severity %s or above", severity)
	}
	return out, nil
}

// idsByNumber returns the ids of the controls that have a number in a benchmark:
// cis-aws-3.0.0/4.4, security-hub/CloudWatch.4, cis-aws-3.0.0/*. Those of Security Hub
// need no benchmark: CloudWatch.4.
func idsByNumber(asked string, known control.Catalogue) ([]string, error) {
	if strings.HasPrefix(strings.ToLower(asked), "cloudwatch.") {
		asked = "security-hub/CloudWatch." + asked[len("cloudwatch."):]
	}
	if !strings.Contains(asked, "/") {
		return nil, nil
	}
	controls, err := known.All()
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
	ids, err := control.IDs()
	return config.Known{Controls: ids, Numbers: benchmarkNumbers, Packages: packages}, err
}

func benchmarkNumbers() (all []string) {
	controls, err := control.All()
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
