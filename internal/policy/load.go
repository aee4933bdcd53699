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

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
)

// Bounds of one file in bytes. Rego is nested as deeply as it is long, and OPA's
// compiler recurses.
const (
	maxPolicyFile = 16 << 20 // of data
	maxPolicyText = 1 << 20  // of Rego
)

// readModules reads the policies below some paths, their tests aside.
func readModules(paths []string) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	var faults diag.List
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
				faults = append(faults, diagnostics(err)...)
				continue
			}
			modules[file] = m
		}
		if found == 0 {
			return nil, diag.List{{File: path, Message: "no policies: the only .rego files are tests"}}
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return modules, nil
}

// readModule reads a policy of the user's.
func readModule(file string) (*ast.Module, error) {
	m, err := parseModule(file)
	if err != nil {
		return nil, err
	}
	if name := packageName(m); name == "iacgate" || strings.HasPrefix(name, "iacgate.") || strings.HasPrefix(name, "iacgate[") {
		return nil, diag.List{{File: file, Line: m.Package.Location.Row, Column: m.Package.Location.Col, Message: "the package name iacgate is reserved", Hint: "name the package after its owner: package acme.audit"}}
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
		faults := diagnostics(err)
		if _, old := ast.ParseModuleWithOpts(file, string(raw), ast.ParserOptions{RegoVersion: ast.RegoV0}); old == nil {
			faults[0].Hint = "this is Rego of version 0; rewrite it: opa fmt --write --rego-v1 " + file
		}
		return nil, faults
	}
	if m == nil {
		return nil, diag.List{{File: file, Message: "empty"}}
	}
	_, _, err = typesIn(m)
	return m, err
}

func readBounded(file string, most int64) ([]byte, error) {
	raw, err := intake.Regular(file, most)
	if errors.Is(err, intake.ErrIrregular) {
		return nil, diag.List{{File: file, Message: "not a regular file"}}
	}
	if err != nil {
		return nil, fileError(file, err)
	}
	return raw, nil
}

func fileError(file string, err error) diag.List {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return diag.List{{File: file, Message: err.Error()}}
}

// filesBelow returns a file, or those below a directory with one of some
// endings, in order.
func filesBelow(path string, endings ...string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
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
		return nil, fileError(path, err)
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
				return nil, diag.List{{File: file, Message: strings.TrimPrefix(err.Error(), "yaml: ")}}
			}
			object, ok := one.(map[string]any)
			if !ok {
				return nil, diag.List{{File: file, Message: "data must be an object at the top level"}}
			}
			for key, value := range object {
				if _, twice := data[key]; twice || key == "iacgate" {
					return nil, diag.List{{File: file, Message: fmt.Sprintf("duplicate key %q in data", key)}}
				}
				data[key] = value
			}
		}
	}
	return data, nil
}

// diagnostics turns the errors of OPA's parser and compiler into ours.
func diagnostics(err error) diag.List {
	var own diag.List
	if errors.As(err, &own) {
		return own
	}
	var all ast.Errors
	if !errors.As(err, &all) {
		return diag.List{{Message: err.Error()}}
	}
	var out diag.List
	for _, e := range all {
		d := &diag.Diagnostic{Message: strings.TrimPrefix(e.Message, e.Code+": ")}
		if e.Location != nil {
			d.File, d.Line, d.Column = e.Location.File, e.Location.Row, e.Location.Col
		}
		if name, ok := strings.CutPrefix(d.Message, "undefined function "); ok && ast.BuiltinMap[name] != nil {
			d.Message = "the function " + name + " is not available"
			d.Hint = "policies have no access to the network, files, environment, clock or random values"
		}
		out = append(out, d)
	}
	return out
}

// evalError returns an error of a running policy.
func evalError(err error) error {
	var e *topdown.Error
	if !errors.As(err, &e) {
		return err
	}
	d := &diag.Diagnostic{Message: e.Message}
	if e.Location != nil {
		d.File, d.Line, d.Column = e.Location.File, e.Location.Row, e.Location.Col
	}
	return diag.List{d}
}

func packageName(m *ast.Module) string { return strings.TrimPrefix(m.Package.Path.String(), "data.") }
