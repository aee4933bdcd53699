package rewrite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/edit"
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A draft is one change to some files.
type draft struct {
	edits  *overlay.Files
	texts  map[string][]byte // by the names of files
	before map[string][]byte
	inputs []Input
}

// apply applies the change of a proposal, and passes what it asks for through the calls
// of its module.
func (d *draft) apply(made proposal, c verdict.Change) error {
	if err := admits(made, c); err != nil {
		return err
	}
	if c.Language == "hcl" && c.Add != "" {
		files, err := codeIn(filepath.Dir(c.File))
		if err != nil {
			return err
		}
		declared, err := d.declared(files)
		if err != nil {
			return err
		}
		c = edit.WithoutDeclared(c, declared)
	}
	if err := d.edit(c.File, c); err != nil {
		return err
	}
	if c.Input == "" {
		return nil
	}
	return d.pass(made, c)
}

// admits returns why a change cannot be written into its file.
func admits(made proposal, c verdict.Change) error {
	switch {
	case c.File == "" || c.File == "-":
		return errUnknownFile
	case made.input.Generated:
		return errGenerated
	case !isOurs(c.File) || edit.IsTerraform(c.File) && !made.input.hasCode(c.File):
		return errInstalled
	}
	return nil
}

// isOurs says whether a file is no copy that terraform init made.
func isOurs(file string) bool {
	return !slices.Contains(strings.Split(filepath.ToSlash(file), "/"), ".terraform")
}

var (
	errUnknownFile = errors.New("the file is not known")
	errGenerated   = errors.New("the file is generated; change what it is generated from")
	errNoCode      = errors.New("code alone cannot fix it")
	errInstalled   = errors.New("the module is installed, and not part of this code")
)

// declared returns the addresses of what some files declare, and which file does.
func (d *draft) declared(files []string) (map[string]string, error) {
	declared := map[string]string{}
	for _, file := range files {
		text, err := d.text(file)
		if err != nil {
			return nil, err
		}
		for address := range edit.Declared(file, text) {
			declared[address] = file
		}
	}
	return declared, nil
}

// edit makes a change in a file.
func (d *draft) edit(file string, c verdict.Change) error {
	text, err := d.text(file)
	if err != nil {
		return err
	}
	edited, err := edit.Apply(file, text, c)
	if err != nil {
		return err
	}
	d.set(file, edited)
	return nil
}

// text is the text of a file with what was decided so far.
func (d *draft) text(file string) ([]byte, error) {
	if text, ok := d.edits.Text(file); ok {
		return text, nil
	}
	info, err := os.Lstat(file)
	switch {
	case err != nil:
		return nil, diag.At(file, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a regular file", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, diag.At(file, err)
	}
	d.before[file] = text
	return text, nil
}

func (d *draft) set(file string, text []byte) {
	d.texts[file] = text
	d.edits = d.edits.With(file, text)
}

// An Input is a variable of a root module, or a parameter of a template.
type Input struct{ Name, Of string }
