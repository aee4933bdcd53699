package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
)

// configure reads the configuration: the named file, or the one that is found
// upwards from the working directory.
func configure(file string, packages []string) (config.Config, error) {
	if file == "" {
		if err := checkSpelling(); err != nil {
			return config.Config{}, err
		}
	}
	around := configurationsAbove()
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
	if base := baseOfPaths(files[0]); base != "" {
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

// misspelt is a name that a configuration does not have, and often gets.
const misspelt = ".iacgate.yml"

// checkSpelling returns an error if a file has nearly the name of the configuration: it
// would be ignored.
func checkSpelling() error {
	dir, err := os.Getwd()
	if err != nil {
		return nil
	}
	for {
		if _, err := os.Lstat(filepath.Join(dir, misspelt)); err == nil {
			return usagef("%s: the configuration is named %s; rename it, or name it with --config", filepath.Join(dir, misspelt), config.Name)
		}
		_, found := repository.Root(dir)
		up := filepath.Dir(dir)
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || !found || up == dir {
			return nil
		}
		dir = up
	}
}

// baseOfPaths returns the base of the paths in a configuration outside the judged
// repository: the root of the repository, or the working directory if there is none. ""
// means that they are relative to the configuration.
func baseOfPaths(file string) string {
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

// noConfiguration, in place of a file, means that none is read.
const noConfiguration = "none"

// configurationsAbove returns the configurations above the working directory, as seen from there, the
// nearest first.
func configurationsAbove() []string {
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

// configuredControls returns the available controls: those of the product and of the
// configuration that is found.
func configuredControls() (control.Catalogue, error) {
	cfg, err := configure("", nil)
	return control.With(cfg.CustomControls), err
}

// inTime reads files that flags name, within the time of one input: a file may be a pipe
// that nobody writes to.
func inTime[T any](ctx context.Context, limit time.Duration, do func() (T, error)) (T, error) {
	late := fmt.Errorf("the configuration, or what flags name, could not be read within %s; raise --timeout", limit)
	return intake.InTime(ctx, limit, late, func(context.Context) (T, error) { return do() })
}

// gitRepository returns the working directory and the root of the Git repository around it,
// with slashes; "" if there is none.
func gitRepository() (dir, root string) {
	dir, err := os.Getwd()
	if err != nil {
		return "", ""
	}
	root, ok := repository.Root(dir)
	if !ok {
		return "", ""
	}
	return filepath.ToSlash(dir), filepath.ToSlash(root)
}
