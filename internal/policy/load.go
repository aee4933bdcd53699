package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/iacgate/iacgate/internal/intake"
)

// A Problem is one thing that is wrong with the user's policies.
type Problem struct {
	File      string
	Line, Col int
	What      string
	Hint      string
}

func (p Problem) Error() string {
	switch {
	case p.File == "":
		return p.What
	case p.Line == 0:
		return p.File + ": " + p.What
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.What)
}

// Problems are all that is wrong.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the problems one by one.
func (ps Problems) Unwrap() []error {
	all := make([]error, len(ps))
	for i, p := range ps {
		all[i] = p
	}
	return all
}

// Hints returns how to mend it.
func (p Problem) Hints() []string {
	if p.Hint == "" {
		return nil
	}
	return []string{p.Hint}
}

// Bounds of one file in bytes. Rego is nested as deeply as it is long, and OPA's
// compiler recurses.
const (
	maxPolicyFile = 16 << 20 // of data
	maxPolicyText = 1 << 20  // of Rego
)

// readModules reads the policies below some paths, their tests aside.
func readModules(paths []string) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	var faults Problems
	for _, path := range paths {
		files, err := filesBelow(path, ".rego")
		if err != nil {
			return nil, err
		}
		found := 0
		for _, file := range files {
			if strings.HasSuffix(file, "_test.rego") {
				continue
			}
			found++
			m, err := readModule(file)
			if err != nil {
				faults = append(faults, problems(err)...)
				continue
			}
			modules[file] = m
		}
		if found == 0 {
			return nil, Problems{{File: path, What: "no policies: no .rego file but tests"}}
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return modules, nil
}

// readModule reads a policy that is no part of iacgate.
func readModule(file string) (*ast.Module, error) {
	m, err := parseModule(file)
	if err != nil {
		return nil, err
	}
	if name := packageName(m); name == "iacgate" || strings.HasPrefix(name, "iacgate.") || strings.HasPrefix(name, "iacgate[") {
		return nil, Problems{{File: file, Line: m.Package.Location.Row, Col: m.Package.Location.Col, What: "the package iacgate is iacgate's own", Hint: "name the package after whom it belongs to: package acme.audit"}}
	}
	return m, nil
}

func parseModule(file string) (*ast.Module, error) {
	raw, err := readBounded(file, maxPolicyText)
	if err != nil {
		return nil, err
	}
	m, err := ast.ParseModuleWithOpts(file, string(raw), ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
	if err != nil {
		faults := problems(err)
		if _, old := ast.ParseModuleWithOpts(file, string(raw), ast.ParserOptions{RegoVersion: ast.RegoV0}); old == nil {
			faults[0].Hint = "this is Rego of version 0; rewrite it: opa fmt --write --rego-v1 " + file
		}
		return nil, faults
	}
	if m == nil {
		return nil, Problems{{File: file, What: "empty"}}
	}
	_, _, err = typesIn(m)
	return m, err
}

func readBounded(file string, most int64) ([]byte, error) {
	raw, err := intake.Regular(file, most)
	if errors.Is(err, intake.ErrIrregular) {
		return nil, Problems{{File: file, What: "no regular file"}}
	}
	if err != nil {
		return nil, fileProblem(file, err)
	}
	return raw, nil
}

func fileProblem(file string, err error) Problems {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return Problems{{File: file, What: err.Error()}}
}

// filesBelow returns a file, or those below a directory with one of some
// endings, in order.
func filesBelow(path string, endings ...string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileProblem(path, err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	err = filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && slices.Contains(endings, filepath.Ext(file)) {
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		return nil, fileProblem(path, err)
	}
	return files, nil
}

// readData reads files of JSON and YAML into one object, whose top level is
// theirs together.
func readData(paths []string) (map[string]any, error) {
	data := map[string]any{}
	for _, path := range paths {
		files, err := filesBelow(path, ".json", ".yaml", ".yml")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			raw, err := readBounded(file, maxPolicyFile)
			if err != nil {
				return nil, err
			}
			var one any
			if err := util.Unmarshal(raw, &one); err != nil {
				return nil, Problems{{File: file, What: strings.TrimPrefix(err.Error(), "yaml: ")}}
			}
			object, ok := one.(map[string]any)
			if !ok {
				return nil, Problems{{File: file, What: "data has to be an object at its top"}}
			}
			for key, value := range object {
				if _, twice := data[key]; twice || key == "iacgate" {
					return nil, Problems{{File: file, What: fmt.Sprintf("the key %q of data is taken", key)}}
				}
				data[key] = value
			}
		}
	}
	return data, nil
}

// problems turns the errors of OPA's parser and compiler into problems.
func problems(err error) Problems {
	var own Problems
	if errors.As(err, &own) {
		return own
	}
	var all ast.Errors
	if !errors.As(err, &all) {
		return Problems{{What: err.Error()}}
	}
	var out Problems
	for _, e := range all {
		p := Problem{What: strings.TrimPrefix(e.Message, e.Code+": ")}
		if e.Location != nil {
			p.File, p.Line, p.Col = e.Location.File, e.Location.Row, e.Location.Col
		}
		if name, ok := strings.CutPrefix(p.What, "undefined function "); ok && ast.BuiltinMap[name] != nil {
			p.What = "the function " + name + " is not available"
			p.Hint = "policies reach no network, files, environment or clock, and nothing that is random"
		}
		out = append(out, p)
	}
	return out
}

// evalProblem is an error of a running policy.
func evalProblem(err error) error {
	var e *topdown.Error
	if !errors.As(err, &e) {
		return err
	}
	p := Problem{What: e.Message}
	if e.Location != nil {
		p.File, p.Line, p.Col = e.Location.File, e.Location.Row, e.Location.Col
	}
	return Problems{p}
}
