package main

import (
	"os"
	"path"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/policy"
)

// configure reads the configuration: the named file, or the one that is found
// upwards from the working directory.
func configure(file string) (config.Config, error) {
	if file == "" {
		dir, err := os.Getwd()
		if err != nil {
			return config.Default(), nil
		}
		if file = config.Find(dir); file == "" {
			return config.Default(), nil
		}
	}
	ids, err := policy.IDs()
	if err != nil {
		return config.Config{}, err
	}
	cfg, err := config.Load(file, config.Known{Controls: ids})
	if err != nil {
		return cfg, err
	}
	if v := buildVersion(); !cfg.Admits(v.number) {
		return cfg, usagef("%s: requires %s, this is iacgate %s", file, cfg.Requires, v.number)
	}
	return cfg, nil
}

// choose returns the ids that the asked ones stand for: ids, globs, all, none.
func choose(asked []string) ([]string, error) {
	ids, err := policy.IDs()
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, a := range asked {
		found := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !stands(a, id) })
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

func stands(asked, id string) bool {
	if asked == "all" || asked == id {
		return true
	}
	ok, err := path.Match(asked, id)
	return err == nil && ok && strings.ContainsAny(asked, "*?[")
}
