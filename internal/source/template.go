package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// Template says how to evaluate templates.
type Template struct {
	Parameters map[string]string
	// FilesOf returns the files of parameters of one template; nil for none.
	FilesOf func(path string) ([]string, error)

	// Around is the region of the environment.
	Around string

	names *declaredNames
	named string // the common parent of all inputs
}

// Parameters reads files of parameters, which flags name, and NAME=VALUE texts,
// which win.
func Parameters(files, texts []string) (map[string]string, error) {
	given, err := parametersIn(files, intake.Any)
	if err != nil {
		return nil, err
	}
	for _, text := range texts {
		name, value, err := cfn.ParseParameter(text)
		if err != nil {
			return nil, &Error{Path: "--parameter", What: err.Error()}
		}
		given[name] = value
	}
	return given, nil
}

func parametersIn(files []string, read intake.Reader) (map[string]string, error) {
	given := map[string]string{}
	for _, file := range files {
		more, err := cfn.ReadParameters(file, read)
		if err != nil {
			return nil, refusal(err)
		}
		maps.Copy(given, more)
	}
	return given, nil
}

// refusal turns an error about a template into one of this package.
func refusal(err error) error {
	var refused *diag.Diagnostic
	if !errors.As(err, &refused) {
		return err
	}
	where := *refused
	where.File = "" // the place is in words, with the file before it
	return &Error{What: strings.TrimPrefix(refused.File+": "+where.Error(), ": "), Hint: refused.Hint}
}

// unknown refuses values that no template takes.
func (t Template) unknown() error {
	for _, name := range slices.Sorted(maps.Keys(t.Parameters)) {
		if !cfn.IsPseudo(name) {
			if err := t.names.refuse("--parameter ", name, "no template has this parameter"); err != nil {
				return err
			}
		}
	}
	return nil
}

func readTemplate(ctx context.Context, in input, r io.Reader, o Options) (*resource.Document, error) {
	var whole bytes.Buffer
	if o.Raw {
		r = io.TeeReader(r, &whole)
	}
	one, err := o.input(in, r)
	if err != nil {
		return nil, err
	}
	doc, err := o.Template.read(ctx, []cfn.Input{one})
	if err == nil && o.Raw {
		doc.Raw = func(veil resource.Veil) (any, error) { return cfn.Raw(whole.Bytes(), o.Types, veil) }
	}
	return doc, err
}

// input is an input as its reader wants it. What CDK says of its place stands.
func (o Options) input(in input, r io.Reader) (cfn.Input, error) {
	s, t := in.stack, o.Template
	s.Path, s.Reader = in.path, r
	s.Region, s.Account = cmp.Or(s.Region, o.Place.Region), cmp.Or(s.Account, o.Place.Account)
	if t.FilesOf == nil {
		return s, nil
	}
	files, err := t.FilesOf(in.path)
	if err != nil {
		return s, err
	}
	s.Parameters, err = parametersIn(files, intake.Regular)
	return s, err
}

func (t Template) read(ctx context.Context, inputs []cfn.Input) (*resource.Document, error) {
	doc, err := cfn.Read(ctx, inputs, cfn.Options{Parameters: t.Parameters, Declared: t.names.add, Around: t.Around, Named: t.named})
	if err != nil {
		return nil, refusal(err)
	}
	return doc, nil
}
