// Package plan reads the JSON of Terraform and OpenTofu plans and states as resources. It
// knows how plans say what will exist, which values are not known yet, and which
// references those depend on.
//
// It reads a stream: of a plan of any size, it keeps only the resources of the wanted
// types. It does not read Terraform configuration (package hcl does), does not judge, and
// does not know what a trail or an alarm is.
package plan

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// Options says what to read.
type Options struct {
	// Keep reports whether to decode a resource type; nil means the types of the
	// graph.
	Keep func(mode resource.Mode, typ string) bool
	// Raw asks for the document as it is written, too.
	Raw bool
	// Types reports whether a type, besides those of Keep, stays in it; nil means all
	// types.
	Types func(typ string) bool
	// Region and Account are where the plan is applied, as far as the plan does not say.
	Region, Account string
}

// Read reads a plan or a state. An error that is a [*diag.Diagnostic] says what is wrong
// with the input and what to do; others come from r.
func Read(r io.Reader, opts Options) (*resource.Document, error) {
	if opts.Keep == nil {
		opts.Keep = catalog.Relevant
	}
	var raw *rawDocument
	if opts.Raw {
		raw = newRawDocument(opts.Types)
	}
	c, err := read(r, opts.Keep, raw)
	if err != nil {
		return nil, err
	}
	doc := c.document(opts)
	if problem := c.marked.problem(); problem != "" {
		return nil, refuse(problem, "")
	}
	if raw != nil {
		doc.Raw = raw.decode
	}
	return doc, nil
}

// document makes the document from the contents.
func (c *contents) document(o Options) *resource.Document {
	doc := &resource.Document{
		Format: resource.Plan, Tool: c.tool(), Incomplete: c.incomplete(),
		Total: len(c.managed), Changed: c.changed,
	}
	if c.isState() {
		doc.Format = resource.State
	}
	m := merger{secret: c.marked.add}
	after, before := c.after(), c.before()
	t := newTracer(c, after, o.Keep)
	s := newScopes(c, resource.Scope{Region: o.Region, Account: o.Account}, after, before)
	doc.Resources, doc.Notes = after.resources(t, s, m)
	if before != nil {
		doc.Before, _ = before.resources(t, s, m)
	}
	if !c.isState() {
		doc.Configuration, doc.Variables = c.config.written, c.inputs
	}
	c.collectSecrets(s, m)
	doc.Secrets = c.marked.sorted()
	return doc
}

// inputs returns the values of the input variables.
func (c *contents) inputs() map[string]any {
	all := map[string]any{}
	for name, v := range c.variables {
		if v.isSet {
			all[name] = v.value
		}
	}
	return all
}

func (c *contents) tool() string {
	switch {
	case c.terraformVersion == "":
		return ""
	case c.openTofu:
		return "OpenTofu " + c.terraformVersion
	}
	return "Terraform " + c.terraformVersion
}

// incomplete returns why the plan does not show everything, so that what is absent from it is unknown.
func (c *contents) incomplete() []string {
	var why []string
	if c.errored {
		why = append(why, "planning stopped at an error")
	}
	if len(c.deferred) > 0 {
		why = append(why, "changes are deferred to a later plan: "+strings.Join(c.deferrals(), ", "))
	}
	for _, ch := range c.changes {
		if ch.IndexUnknown {
			why = append(why, "the instances of "+ch.Address+" are not known yet")
		}
	}
	if c.complete != nil && !*c.complete && len(why) == 0 {
		why = append(why, "the plan is incomplete (-target or deferred changes)")
	}
	return why
}

func (c *contents) deferrals() []string {
	var names []string
	for _, d := range c.deferred {
		if d.Change != nil {
			names = append(names, d.Change.Address+" ("+d.Reason+")")
		}
	}
	slices.Sort(names)
	return names
}

// resources makes the resources of a world, in address order.
func (w *world) resources(t *tracer, scopes *scopes, m merger) (list []*resource.Resource, notes []string) {
	for _, i := range w.instances {
		m.origin = func(path []string) resource.Origin { return t.origin(i, path) }
		r := &resource.Resource{
			Address: i.text, Mode: i.mode, Type: i.typ, Name: i.name, Module: i.home, Key: i.key,
			Scope: scopes.of(i), Change: i.change,
			Attributes: m.merge(i.value, i.unknown, i.sensitive, nil),
		}
		if k := r.Attributes.Kind(); k != resource.Map && k != resource.Unknown {
			r.Attributes = resource.MapValue(nil)
		}
		if catalog.ByAWSCC(r.Type) != nil {
			var missing []string
			r.Type, r.Attributes, missing = catalog.FromAWSCC(r.Type, r.Attributes)
			for _, note := range missing {
				notes = append(notes, r.Address+": "+note)
			}
			list = append(list, catalog.Expand(r)...)
			continue
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *resource.Resource) int { return cmp.Compare(a.Address, b.Address) })
	return list, notes
}

// collectSecrets reports the sensitive values outside of resources: outputs, and the
// values of sensitive variables.
func (c *contents) collectSecrets(s *scopes, m merger) {
	for _, o := range c.outputs {
		m.collectMarked(o)
	}
	if c.config.root == nil {
		return
	}
	for name, v := range c.config.root.variables {
		if v.Sensitive {
			m.collect(c.variables[name].value)
		}
	}
	c.config.root.collectSecrets(s, m, nil)
}

// collectSecrets reports the values of sensitive variables of a module and of the calls
// in it, as far as they are constants, or variables that are constants.
func (mod *module) collectSecrets(s *scopes, m merger, path modulePath) {
	for _, v := range mod.variables {
		if v.Sensitive {
			m.collect(v.Default)
		}
	}
	for name, call := range mod.calls {
		for argument, e := range call.expressions {
			if call.module.variables[argument].Sensitive {
				m.collect(s.constant(e, path))
			}
		}
		call.module.collectSecrets(s, m, path.child(name, resource.Key{}))
	}
}
