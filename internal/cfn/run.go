package cfn

import (
	"context"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// run is one call of Read.
type run struct {
	ctx     context.Context
	touched int // bytes that functions went through
	roots   []root
	files   map[string]*template // nested templates by path
	secrets []string             // given to parameters that are not to be echoed
	around  string               // the region of the environment
}

// ignores are the waivers of all templates that were read.
func (r *run) ignores() (all []*resource.InlineWaiver) {
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
			s.place.EnvRegion = r.around
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
