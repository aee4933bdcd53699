// Package cfn reads CloudFormation templates, in YAML and JSON, with their
// nested stacks, and what CDK and SAM make of them, into resources in
// Terraform's words.
//
// It evaluates functions as far as the template tells: what only a deployed
// stack knows, such as its region, its account and generated names, is a
// [resource.Symbol], so that an ARN put together by Fn::Sub equals the topic
// that it names. Where parameters without a value decide what there is, the
// document has a case for each way in which they may.
//
// It knows nothing of policies, and it does not validate templates beyond what
// it has to know to read them.
package cfn

import (
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
	"github.com/iacgate/iacgate/internal/resource"
)

// An Input is one template.
type Input struct {
	Path    string // for positions, and for what lies beside it; "-" is the standard input
	Reader  io.Reader
	Name    string // of the stack, "" where it is not known
	Region  string
	Account string
	// Parameters are values for this template; those of Options win.
	Parameters map[string]string
	// Within is what holds the template where that is no file: an address, which its
	// addresses begin with. Nothing lies beside it.
	Within string
	// Scope is where Within deploys it.
	Scope resource.Scope
	// Handed are the parameters that Within gives it.
	Handed map[string]resource.Value
}

// Options say what is given to templates.
type Options struct {
	// Parameters are values by name; AWS::Region, AWS::AccountId and
	// AWS::StackName may be among them.
	Parameters map[string]string
	// Declared is told the names of the parameters that the templates have; nil
	// where nobody asks.
	Declared func(name string)
	// Around is the region of the environment: it may settle that two regions are
	// equal, and decides nothing else.
	Around string
	// Named is the common parent of all that somebody named: without a repository
	// around it a template may name files there.
	Named string
}

// Read reads templates that are deployed to one account: what one exports
// another may import. The addresses of several begin with the paths of their
// templates. Errors are *[Error].
func Read(ctx context.Context, inputs []Input, o Options) (*resource.Document, error) {
	r := &run{ctx: ctx, files: map[string]*template{}, around: o.Around}
	for i, in := range inputs {
		raw, err := intake.All(in.Reader, MaxSize)
		if err != nil && !errors.As(err, new(intake.LargeError)) {
			return nil, err
		}
		path := in.Path
		if path == "-" || in.Within != "" {
			path = ""
		}
		file := in.Within // of places: the one template needs no name
		if len(inputs) > 1 {
			file = in.Path
		}
		if err != nil {
			return nil, &Error{File: file, Msg: "larger than 8 MiB; CloudFormation takes templates of 1 MB"}
		}
		t, err := parse(path, file, raw)
		if err != nil {
			return nil, err
		}
		if t.within, err = boundary(path, o.Named); err != nil {
			return nil, &Error{File: path, Msg: reason(err).Error()}
		}
		root := root{input: in, template: t, given: maps.Clone(in.Parameters)}
		if root.given == nil {
			root.given = map[string]string{}
		}
		maps.Copy(root.given, o.Parameters)
		switch {
		case in.Within != "":
			root.prefix, t.ignores = in.Within+".", ignores{}
		case len(inputs) > 1:
			root.prefix = inputs[i].Path + ":"
		}
		r.roots = append(r.roots, root)
	}
	if err := r.checkParameters(o); err != nil {
		return nil, err
	}
	r.collectSecrets()
	worlds, err := r.worlds(ctx)
	if err != nil {
		return nil, err
	}
	doc := document(worlds)
	if all := r.ignores(); len(all) > 0 {
		doc.InlineWaivers = func() []*resource.InlineWaiver { return all }
	}
	return doc, nil
}

// boundary is the directory in which what a template names may lie; "" of the
// standard input, which has no neighbours.
func boundary(path, named string) (string, error) {
	if path == "" {
		return "", nil
	}
	dir, err := repository.Real(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	base, _ := repository.Boundary(dir, named)
	return base, nil
}

// document puts worlds together.
func document(worlds []*world) *resource.Document {
	doc := &resource.Document{Format: resource.CloudFormation}
	secrets := map[string]bool{}
	for _, text := range worlds[0].run.secrets {
		secrets[text] = true
	}
	unmade := slices.Clone(worlds[0].unmade) // in no case
	for _, w := range worlds {
		maps.Copy(secrets, w.secrets)
		doc.Total = max(doc.Total, w.total)
		for _, n := range w.notes {
			w.note(&doc.Notes, "%s", n)
		}
		unmade = slices.DeleteFunc(unmade, func(n string) bool { return !slices.Contains(w.unmade, n) })
		slices.SortStableFunc(w.resources, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
		doc.Cases = append(doc.Cases, resource.Case{When: w.when(), Resources: w.resources, Incomplete: w.incomplete, Gaps: w.gaps})
	}
	doc.Notes = append(doc.Notes, unmade...)
	first := doc.Cases[0]
	doc.Resources, doc.Incomplete, doc.Gaps = first.Resources, first.Incomplete, first.Gaps
	if len(doc.Cases) == 1 {
		doc.Cases = nil
	}
	doc.Secrets = sortedKeys(secrets)
	return doc
}
