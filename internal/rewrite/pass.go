package rewrite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/edit"
	"github.com/iacgate/iacgate/internal/fix"
	"github.com/iacgate/iacgate/internal/verdict"
)

// pass gives every call on the way to the module of a change the input that it asks for,
// and declares it around the call, up to the root module or the outermost template.
func (d *draft) pass(made proposal, c verdict.Change) error {
	terraform := c.Language == "hcl" || edit.IsTerraform(c.File)
	for at := c.Module; at != ""; {
		around, call := callOf(at, terraform)
		where, ok := made.input.Modules[around]
		if !ok {
			where = made.input.Path
		}
		if err := d.passInto(where, call, c.Input, terraform); err != nil {
			return err
		}
		at = around
	}
	d.inputs = append(d.inputs, Input{c.Input, made.input.Path})
	return nil
}

// callOf returns the module or stack around one, and the address of the call there.
func callOf(module string, terraform bool) (around, call string) {
	i := strings.LastIndexByte(module, '.')
	if terraform {
		i = strings.LastIndex(module, ".module.")
	}
	return module[:max(i, 0)], module[i+1:]
}

// passInto gives a call an input, and declares it beside the call.
func (d *draft) passInto(where, call, input string, terraform bool) error {
	files, err := []string{where}, error(nil)
	if terraform {
		files, err = codeIn(where)
	}
	if err != nil {
		return err
	}
	declared, err := d.declared(files)
	if err != nil {
		return err
	}
	at, ok := declared[call]
	if !ok {
		return fmt.Errorf("no call %s in %s", call, where)
	}
	c := verdict.Change{Language: edit.Language(at), Resource: call}
	switch {
	case c.Language == "hcl":
		c.Set = input + " = var." + input
	case terraform:
		c.Set = fmt.Sprintf("%q: %q", input, "${var."+input+"}")
	case c.Language == "json":
		c.Set = fmt.Sprintf(`"Parameters": {%q: {"Ref": %q}}`, input, input)
	default:
		c.Set = fmt.Sprintf("Parameters:\n  %s: !Ref %s", input, input)
	}
	if declared[input] == "" && declared["var."+input] == "" {
		c.Add = fix.Declaration(input, c.Language, terraform)
	}
	return d.edit(at, c)
}

// codeIn lists the files of code in a directory.
func codeIn(dir string) (files []string, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.Type().IsRegular() && edit.IsTerraform(e.Name()) && !strings.HasPrefix(e.Name(), ".") {
			files = append(files, filepath.ToSlash(filepath.Join(dir, e.Name())))
		}
	}
	return files, err
}
