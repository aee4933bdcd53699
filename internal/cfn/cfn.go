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
	"fmt"
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
		doc.Ignores = func() []*resource.Ignore { return all }
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

// ignores are the waivers of all templates that were read.
func (r *run) ignores() (all []*resource.Ignore) {
	for _, root := range r.roots {
		for _, i := range root.template.ignores.all {
			if i.Position.File == "" {
				i.Position.File = root.input.Path
			}
			all = append(all, i)
		}
	}
	for _, path := range sortedKeys(r.files) {
		all = append(all, r.files[path].ignores.all...)
	}
	return all
}

// A root is a template that is no nested one.
type root struct {
	input    Input
	template *template
	prefix   string
	given    map[string]string
}

// checkParameters refuses values that their parameters do not take, and tells
// who reads which parameters there are.
func (r *run) checkParameters(o Options) error {
	for _, root := range r.roots {
		for _, p := range root.template.parameters {
			if o.Declared != nil {
				o.Declared(p.name)
			}
			if value, ok := root.given[p.name]; ok && !p.isStored() && !p.admits(value) {
				return p.refuses(value)
			}
		}
	}
	return nil
}

// collectSecrets notes the values that are not to be echoed, so that no error
// tells them.
func (r *run) collectSecrets() {
	for _, root := range r.roots {
		for _, p := range root.template.parameters {
			if !p.noEcho {
				continue
			}
			if value := root.given[p.name]; value != "" {
				r.secrets = append(r.secrets, value)
			}
			if p.fallback != nil && *p.fallback != "" {
				r.secrets = append(r.secrets, *p.fallback)
			}
		}
	}
}

// IsPseudo says whether a name is one of those that CloudFormation gives a value
// and that may be given one here.
func IsPseudo(name string) bool {
	return name == "AWS::Region" || name == "AWS::AccountId" || name == "AWS::StackName"
}

// refuses says why a value is none for a parameter, without a value that is not
// to be echoed.
func (p *parameter) refuses(value string) error {
	shown := fmt.Sprintf("%q", value)
	if p.noEcho {
		shown = "the given value"
	}
	e := errorAt(p.place, "the parameter %s does not take %s", p.name, shown)
	if len(p.allowed) > 0 && !p.noEcho {
		e.Hint = "it takes " + quoted(p.allowed)
	}
	return e
}

// run is one call of Read.
type run struct {
	ctx     context.Context
	touched int // bytes that functions went through
	roots   []root
	files   map[string]*template // nested templates by path
	secrets []string             // given to parameters that are not to be echoed
	around  string               // the region of the environment
}

// worlds takes the templates apart into cases in which everything that matters
// is decided, as long as they are few. A case that cannot be deployed is none.
func (r *run) worlds(ctx context.Context) ([]*world, error) {
	var done []*world
	var refused *Error
	pending := []*world{newWorld()}
	for len(pending) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w := r.evaluated(pending[0])
		pending = pending[1:]
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if w.failure != nil {
			if refused == nil || w.isExhausted() {
				refused = w.veil(w.failure)
			}
			if w.isExhausted() {
				return nil, refused
			}
			continue
		}
		if len(w.open) > 0 {
			branches := w.branches()
			if len(done)+len(pending)+len(branches) <= maxCases {
				pending = append(branches, pending...)
				continue
			}
		}
		for _, d := range w.open {
			w.note(&w.incomplete, "too much depends on parameters without a value: %s", d.words)
		}
		done = append(done, w)
	}
	if len(done) == 0 {
		return nil, refused
	}
	return done, nil
}

// branches are the worlds that differ in the first thing that is open. Things
// with one outcome are settled with it.
func (w *world) branches() []*world {
	branches := []*world{w}
	for i, d := range w.open {
		if i > 0 && (d.truth || !d.closed || len(d.values) != 1) {
			continue
		}
		var next []*world
		for _, b := range branches {
			next = append(next, b.split(d)...)
		}
		branches = next
	}
	return branches
}

// evaluated is a world with its resources. Nested templates are read meanwhile;
// where they tell the partition, everything is evaluated in it.
func (r *run) evaluated(w *world) *world {
	before := r.partition()
	r.evaluate(w)
	if r.partition() != before {
		w = w.branch()
		r.evaluate(w)
	}
	return w
}

// partition is the one that all templates name, "" where they name none or
// several.
func (r *run) partition() (found string) {
	all := slices.Collect(maps.Values(r.files))
	for _, root := range r.roots {
		all = append(all, root.template)
	}
	for _, t := range all {
		for _, partition := range t.partitions {
			if found != "" && found != partition {
				return ""
			}
			found = partition
		}
	}
	return found
}

// evaluate makes the resources of a world.
func (r *run) evaluate(w *world) {
	w.run = r
	for _, root := range r.roots {
		s := &stack{world: w, template: root.template, prefix: root.prefix, name: root.input.Name, input: root.input.Path, given: map[string]resource.Value{}}
		s.place = resource.Scope{Provider: stackProvider, Region: root.input.Region, Account: root.input.Account, Partition: r.partition()}
		if root.input.Within != "" {
			s.hand(root.input)
		}
		for name, value := range root.given {
			s.take(name, value)
		}
		if region, ok := w.assumed["region of "+stackProvider]; ok && s.place.Region == "" {
			s.place.Region = region
		}
		if account, ok := w.assumed["account of "+stackProvider]; ok && s.place.Account == "" {
			s.place.Account = account
		}
		if s.place.Region == "" {
			s.place.Around = r.around
		}
		w.roots = append(w.roots, s)
		s.build()
	}
	for _, s := range w.roots {
		if w.failure == nil {
			s.collect()
		}
	}
}

// hand takes over what makes the stack gives it.
func (s *stack) hand(in Input) {
	partition := s.place.Partition
	s.place, s.within = in.Scope, in.Within
	if s.place.InPartition() == "" {
		s.place.Partition = partition
	}
	for name, value := range in.Handed {
		if text, ok := scalarText(value); ok {
			value = marked(resource.StringValue(text), value.IsSensitive())
		}
		s.given[name] = value
	}
}

// take takes over a value that is given.
func (s *stack) take(name, value string) {
	switch name {
	case "AWS::Region":
		s.place.Region = value
	case "AWS::AccountId":
		s.place.Account = value
	case "AWS::StackName":
		s.name = value
	default:
		s.given[name] = resource.StringValue(value)
	}
}

// load reads a nested template once.
func (w *world) load(from *template, location string) (*template, error) {
	path, raw, err := from.readBeside(location)
	if err != nil {
		return nil, err
	}
	if t, ok := w.run.files[path]; ok {
		return t, nil
	}
	t, err := parse(path, path, raw)
	if err == nil {
		t.within = from.within
		w.run.files[path] = t
	}
	return t, err
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
