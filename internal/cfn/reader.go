package cfn

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// Reader reads CloudFormation templates and what CDK makes of apps.
type Reader struct{}

var _ format.JointReader = Reader{}

// Name is cfn.
func (Reader) Name() string { return "cfn" }

// Find returns the stacks of an app, which a path is or is the manifest of, else the
// templates below a directory.
func (Reader) Find(path string, recursive bool) (format.Found, error) {
	switch dir := filepath.Dir(path); {
	case filepath.Base(path) == Manifest && IsAssembly(dir):
		return assembly(dir)
	case IsAssembly(path):
		return assembly(path)
	}
	var found format.Found
	if app := filepath.Join(path, "cdk.out"); IsAssembly(app) {
		found.Hint = "judge the output of CDK: " + app
	}
	info, err := os.Stat(filepath.Clean(path))
	if !recursive || err != nil || !info.IsDir() {
		return found, nil
	}
	below, err := Roots(path)
	if err != nil {
		return found, diag.At(path, diagnosed(err))
	}
	found.Inputs, err = below.inputs()
	return found, err
}

func assembly(dir string) (format.Found, error) {
	inputs, err := stacksOf(dir)
	return format.Found{Inputs: inputs, Whole: true}, err
}

func stacksOf(dir string) ([]format.Input, error) {
	stacks, err := Stacks(dir)
	switch {
	case err != nil:
		return nil, diag.At(dir, diagnosed(err))
	case len(stacks) == 0:
		return nil, diag.New(dir, "a CDK app without stacks")
	}
	inputs := make([]format.Input, len(stacks))
	for i, s := range stacks {
		inputs[i] = format.Input{Path: s.Path, Stack: s.Name, Region: s.Region, Account: s.Account}
	}
	return inputs, nil
}

// inputs are templates and the stacks of apps, as far as these can be read.
func (f Found) inputs() (inputs []format.Input, err error) {
	for _, template := range f.Templates {
		inputs = append(inputs, format.Input{Path: template})
	}
	for _, dir := range f.Assemblies {
		stacks, wrong := stacksOf(dir)
		inputs, err = append(inputs, stacks...), errors.Join(err, wrong)
	}
	return inputs, err
}

// FindChanged returns the templates and the stacks that files are part of.
func (Reader) FindChanged(c format.Change) ([]format.Input, error) {
	var found Found
	var unread error
	if slices.ContainsFunc(c.Files, MayBe) {
		found, unread = RootsOf(".", c.Files, c.Aliases)
	}
	inputs, err := found.inputs()
	for _, root := range c.Roots {
		if info, err := os.Stat(root); err != nil || !info.IsDir() {
			inputs = append(inputs, format.Input{Path: root})
		}
	}
	return inputs, errors.Join(diag.At(".", diagnosed(unread)), err)
}

// Claim is [Claims] if nobody named the format.
func (Reader) Claim(head []byte, named bool) bool { return named || Claims(head) }

// Read reads one template.
func (r Reader) Read(ctx context.Context, in format.Input, o format.Options) ([]*resource.Document, error) {
	var text bytes.Buffer
	if o.Raw {
		in.Text = io.TeeReader(in.Text, &text)
	}
	in, err := withParameters(in, o.Parameters)
	if err != nil {
		return nil, err
	}
	doc, err := r.ReadJointly(ctx, []format.Input{in}, o)
	if err != nil {
		return nil, err
	}
	if o.Raw {
		doc.Raw = func(veil resource.Veil) (any, error) { return Raw(text.Bytes(), o.Types, veil) }
	}
	return []*resource.Document{doc}, nil
}

// Load reads the text of a template and the files of its parameters.
func (Reader) Load(in format.Input, o format.Options) (format.Input, error) {
	text, err := intake.All(in.Text, MaxSize)
	if err != nil {
		return in, err
	}
	in.Text = bytes.NewReader(text)
	return withParameters(in, o.Parameters)
}

// withParameters adds the values in the parameter files that the configuration names for
// a template.
func withParameters(in format.Input, p format.Parameters) (format.Input, error) {
	if p.FilesOf == nil {
		return in, nil
	}
	files, err := p.FilesOf(in.Path)
	if err != nil {
		return in, err
	}
	in.Parameters, err = parametersIn(files, intake.Regular)
	return in, err
}

// ReadJointly reads templates of one account. What CDK says of where they are deployed
// comes before what flags say.
func (Reader) ReadJointly(ctx context.Context, inputs []format.Input, o format.Options) (*resource.Document, error) {
	templates := make([]Input, len(inputs))
	for i, in := range inputs {
		templates[i] = Input{
			Path: in.Path, Reader: in.Text, Parameters: in.Parameters,
			Name: in.Stack, Region: cmp.Or(in.Region, o.Region), Account: cmp.Or(in.Account, o.Account),
		}
	}
	given := Options{Parameters: o.Parameters.Values, Around: o.EnvRegion, Named: o.Parent, Overlay: o.Overlay}
	if o.Declared != nil {
		given.Declared = func(name string) { o.Declared.Add(name) }
	}
	doc, err := Read(ctx, templates, given)
	return doc, diagnosed(err)
}

// Undeclared returns an error for a parameter that no template has.
func (Reader) Undeclared(o format.Options, _ bool) error {
	for _, name := range slices.Sorted(maps.Keys(o.Parameters.Values)) {
		if IsPseudo(name) {
			continue
		}
		if err := o.Declared.Check("--parameter", name, "no template has this parameter"); err != nil {
			return err
		}
	}
	return nil
}

// Parameters reads files of parameters, which flags name, and NAME=VALUE texts, which
// win.
func Parameters(files, texts []string) (map[string]string, error) {
	given, err := parametersIn(files, intake.Any)
	if err != nil {
		return nil, err
	}
	for _, text := range texts {
		name, value, err := ParseParameter(text)
		if err != nil {
			return nil, diag.At("--parameter", err)
		}
		given[name] = value
	}
	return given, nil
}

func parametersIn(files []string, read intake.Reader) (map[string]string, error) {
	given := map[string]string{}
	for _, file := range files {
		more, err := ReadParameters(file, read)
		if err != nil {
			return nil, diagnosed(err)
		}
		maps.Copy(given, more)
	}
	return given, nil
}

// diagnosed turns an error into a diagnostic. If its file is not the input, the message
// names the file.
func diagnosed(err error) error {
	var wrong *diag.Diagnostic
	if !errors.As(err, &wrong) {
		return err
	}
	where := *wrong
	where.File = ""
	return &diag.Diagnostic{Message: strings.TrimPrefix(wrong.File+": "+where.Error(), ": "), Hint: wrong.Hint}
}
