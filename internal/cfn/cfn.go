// Package cfn reads CloudFormation templates in YAML and JSON, with their nested stacks
// and including the output of CDK and SAM, as resources in Terraform's vocabulary.
//
// It evaluates functions as far as the template allows. Values that only a deployed stack
// has, such as its region, its account and generated names, are a [resource.Symbol], so an ARN
// built by Fn::Sub equals the topic that it names. If parameters without a value decide
// which resources exist, the document has a case for each scenario.
//
// It knows nothing of policies, and validates a template only as far as it must to read
// it.
package cfn

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/overlay"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// An Input is one template.
type Input struct {
	Path    string // for positions, and for what lies beside it; "-" is the standard input
	Reader  io.Reader
	Name    string // of the stack, "" if it is not known
	Region  string
	Account string
	// Parameters are values for this template; those of Options win.
	Parameters map[string]string
	// Within is the address of the resource that contains the template, if it is not a
	// file. Its addresses begin with it, and it has no files beside it.
	Within string
	// Scope is where Within deploys it.
	Scope resource.Scope
	// Handed are the parameters that Within gives it, Asked the outputs that are wanted of
	// it.
	Handed map[string]resource.Value
	Asked  []string
}

// Options are the options for reading templates.
type Options struct {
	// Parameters are values by name; AWS::Region, AWS::AccountId and
	// AWS::StackName may be among them.
	Parameters map[string]string
	// Declared is called with the names of the parameters that the templates have; may
	// be nil.
	Declared func(name string)
	// Around is the region of the environment. It only decides whether two regions
	// are equal.
	Around string
	// Named is the common parent of all inputs: without a repository around it, a
	// template may name files there.
	Named string
	// Overlay has texts that replace files beside a template; nil for none.
	Overlay *overlay.Files
}

// Read reads templates that are deployed to one account: one may import the exports of
// another. The addresses of several begin with the paths of their templates. An error
// that is a [*diag.Diagnostic] says what is wrong with a template; others come from
// readers and from ctx.
func Read(ctx context.Context, inputs []Input, o Options) (*resource.Document, error) {
	r := &run{
		shared:            &shared{ctx: ctx, evaluators: evaluators(), files: map[string]*template{}, nested: map[string]string{}},
		environmentRegion: o.Around,
	}
	for _, in := range inputs {
		root, err := readRoot(in, o, len(inputs) > 1)
		if err != nil {
			return nil, err
		}
		r.roots = append(r.roots, root)
	}
	if err := r.checkParameters(o); err != nil {
		return nil, err
	}
	r.collectSecrets()
	scenarios, err := r.scenarios()
	if err != nil {
		return nil, err
	}
	doc := document(scenarios)
	if all := r.waivers(); len(all) > 0 {
		doc.InlineWaivers = func() []*resource.InlineWaiver { return all }
	}
	return doc, nil
}

// run is one call of Read.
type run struct {
	*shared
	roots             []root
	environmentRegion string // may settle that two regions are equal
}

// A root is a template that is not nested in another one.
type root struct {
	input    Input
	template *template
	prefix   string // of addresses
	given    map[string]string
}

// readRoot reads and parses an input. several says that it is one of several, whose
// places and addresses need its path.
func readRoot(in Input, o Options, several bool) (root, error) {
	raw, err := intake.All(in.Reader, MaxSize)
	tooLarge := errors.As(err, new(intake.LargeError))
	if err != nil && !tooLarge {
		return root{}, err
	}
	path := in.Path
	if path == "-" || in.Within != "" {
		path = ""
	}
	file := in.Within // of places: the one template needs no name
	if several {
		file = in.Path
	}
	if tooLarge {
		return root{}, diag.New(file, "larger than 8 MiB; CloudFormation takes templates of 1 MB")
	}
	t, err := parse(path, file, raw)
	if err != nil {
		return root{}, err
	}
	t.overlay = o.Overlay
	if t.boundary, err = boundary(path, o.Named); err != nil {
		return root{}, diag.New(path, "%v", reason(err))
	}
	r := root{input: in, template: t, given: map[string]string{}}
	maps.Copy(r.given, in.Parameters)
	maps.Copy(r.given, o.Parameters)
	switch {
	case in.Within != "":
		r.prefix, t.waivers = in.Within+".", waiverIndex{}
	case several:
		r.prefix = in.Path + ":"
	}
	return r, nil
}

// checkParameters refuses values that their parameters do not allow, and tells the
// caller of Read which parameters there are.
func (r *run) checkParameters(o Options) error {
	for _, root := range r.roots {
		for _, p := range root.template.parameters {
			if o.Declared != nil {
				o.Declared(p.name)
			}
			if value, ok := root.given[p.name]; ok && !p.isStored() && !p.admits(value) {
				return p.invalidValueError(value)
			}
		}
	}
	return nil
}

// collectSecrets notes the NoEcho values, so that no error shows them.
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

// scenarios splits the templates into scenarios in which everything that matters is
// decided, as long as they are few. One that cannot be deployed does not count.
func (r *run) scenarios() ([]*scenario, error) {
	var done []*scenario
	var refused *diag.Diagnostic
	pending := []*scenario{newScenario()}
	for len(pending) > 0 {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		sc := r.evaluated(pending[0])
		pending = pending[1:]
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		if sc.failure != nil {
			if refused == nil || sc.isExhausted() {
				refused = sc.hideSecrets(sc.failure)
			}
			if sc.isExhausted() {
				return nil, refused
			}
			continue
		}
		if len(sc.undecided) > 0 {
			alternatives := sc.alternatives()
			if len(done)+len(pending)+len(alternatives) <= maxCases {
				pending = append(alternatives, pending...)
				continue
			}
		}
		for _, d := range sc.undecided {
			sc.note(&sc.incomplete, "too much depends on parameters without a value: %s", d.words)
		}
		done = append(done, sc)
	}
	if len(done) == 0 {
		return nil, refused
	}
	return done, nil
}

// evaluated returns a scenario with its resources. If nested templates, which
// are read meanwhile, show the partition, everything is evaluated in it.
func (r *run) evaluated(sc *scenario) *scenario {
	before := r.partition()
	r.evaluate(sc)
	if r.partition() != before {
		sc = sc.fork()
		r.evaluate(sc)
	}
	return sc
}

// partition returns the one that all templates name, "" if they name none or
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

// evaluate makes the resources of a scenario.
func (r *run) evaluate(sc *scenario) {
	sc.shared = r.shared
	for _, root := range r.roots {
		s := &stack{scenario: sc, template: root.template, prefix: root.prefix, name: root.input.Name, input: root.input.Path, given: map[string]resource.Value{}}
		s.place = resource.Scope{Provider: stackProvider, Region: root.input.Region, Account: root.input.Account, Partition: r.partition()}
		if root.input.Within != "" {
			s.setHanded(root.input)
		}
		for name, value := range root.given {
			s.setGiven(name, value)
		}
		if region, ok := sc.assumed["region of "+stackProvider]; ok && s.place.Region == "" {
			s.place.Region = region
		}
		if account, ok := sc.assumed["account of "+stackProvider]; ok && s.place.Account == "" {
			s.place.Account = account
		}
		if s.place.Region == "" {
			s.place.EnvRegion = r.environmentRegion
		}
		sc.roots = append(sc.roots, s)
		s.build()
	}
	for i, s := range sc.roots {
		if sc.failure == nil {
			s.collect()
			s.answer(r.roots[i].input.Asked)
		}
	}
}

// answer evaluates the outputs that are asked for.
func (s *stack) answer(asked []string) {
	for _, name := range asked {
		if s.hasOutput(name) {
			s.returned[resource.Ref{Address: s.within, Attribute: "outputs." + name}] = s.finish(s.value(s.outputs.get(name).get("Value")))
		}
	}
}

// setHanded sets the parameters that the parent of the stack passes.
func (s *stack) setHanded(in Input) {
	partition := s.place.Partition
	s.place, s.within = in.Scope, in.Within
	if s.place.InPartition() == "" {
		s.place.Partition = partition
	}
	for name, value := range in.Handed {
		if text, ok := scalarText(value); ok {
			value = withSensitivity(resource.StringValue(text), value.IsSensitive())
		}
		s.given[name] = value
	}
}

// waivers returns the waivers of all templates that were read.
func (r *run) waivers() (all []*resource.InlineWaiver) {
	for _, root := range r.roots {
		for _, i := range root.template.waivers.all {
			if i.Position.File == "" {
				i.Position.File = root.input.Path
			}
			all = append(all, i)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(r.files)) {
		all = append(all, r.files[path].waivers.all...)
	}
	return all
}

// document makes one document of the scenarios, with a case for each.
func document(scenarios []*scenario) *resource.Document {
	doc := &resource.Document{Format: resource.CloudFormation, Modules: scenarios[0].shared.nested}
	secrets := map[string]bool{}
	for _, text := range scenarios[0].shared.secrets {
		secrets[text] = true
	}
	notMade := slices.Clone(scenarios[0].notMade) // in no case
	for _, sc := range scenarios {
		maps.Copy(secrets, sc.secrets)
		doc.Total = max(doc.Total, sc.total)
		for _, n := range sc.notes {
			sc.note(&doc.Notes, "%s", n)
		}
		notMade = slices.DeleteFunc(notMade, func(n string) bool { return !slices.Contains(sc.notMade, n) })
		slices.SortStableFunc(sc.resources, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
		doc.Cases = append(doc.Cases, resource.Case{When: sc.assumptionTexts(), Resources: sc.resources, Incomplete: sc.incomplete, Gaps: sc.gaps, Outputs: sc.returned})
	}
	doc.Notes = append(doc.Notes, notMade...)
	first := doc.Cases[0]
	doc.Resources, doc.Incomplete, doc.Gaps, doc.Outputs = first.Resources, first.Incomplete, first.Gaps, first.Outputs
	if len(doc.Cases) == 1 {
		doc.Cases = nil
	}
	doc.Secrets = slices.Sorted(maps.Keys(secrets))
	return doc
}
