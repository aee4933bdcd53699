package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

func newTracer(c *contents, w *world, keep func(resource.Mode, string) bool) *tracer {
	mentioned := c.config.mentions()
	for _, r := range c.relevant {
		mentioned[localName(r.Resource)] = true
	}
	t := &tracer{
		config: &c.config, world: w, keep: keep, variables: c.variables,
		skipped: c.skipped.instances(mentioned),
		modules: map[string][]modulePath{}, reaches: map[string][]candidate{},
	}
	t.addModules(c.modules)
	t.locals = t.candidates(c.relevant)
	return t
}

// addModules notes module instances and their parents.
func (t *tracer) addModules(addresses map[string]bool) {
	seen := map[string]bool{}
	for text := range addresses {
		for path := parseModule(text); len(path) > 0 && !seen[path.String()]; path = path[:len(path)-1] {
			seen[path.String()] = true
			t.modules[path.static()] = append(t.modules[path.static()], path)
		}
	}
	for _, paths := range t.modules {
		slices.SortFunc(paths, func(a, b modulePath) int { return cmp.Compare(a.String(), b.String()) })
	}
}

// origin says where the unknown value at a path of an instance comes from.
func (t *tracer) origin(i *instance, path []string) resource.Origin {
	own := resource.Ref{Address: i.text, Attribute: catalog.Attribute(i.typ, strings.Join(path, "."))}
	block := t.config.resource(i.address)
	if block == nil || len(path) == 0 {
		return resource.Origin{Cause: resource.Opaque, Refs: []resource.Ref{own}}
	}
	found := findExpressions(i.typ, block.Expressions, i.value, path)
	switch found.cause {
	case resource.Computed:
		return resource.Origin{Cause: resource.Computed, Refs: []resource.Ref{own}, Certain: true}
	case resource.Opaque:
		return t.dynamicOrigin(i, path[0])
	}
	s := scene{module: i.module, key: i.key, forEach: block.ForEach, eachKnown: eachIsKnown(i, block)}
	tr := t.followAll(found, s)
	if tr.gained == 0 && s.eachKnown {
		s.eachKnown = false // it has to come from somewhere
		tr = t.followAll(found, s)
	}
	if tr.gained == 0 && found.references() || tr.local() && nullable(path) {
		// Known values make a known value, except null if the provider has a
		// default.
		return resource.Origin{Cause: resource.Computed, Refs: []resource.Ref{own}, Certain: !tr.local()}
	}
	return t.conclude(i, path, tr)
}

// followAll follows several expressions.
func (t *tracer) followAll(f found, s scene) *refTrace {
	tr := newRefTrace()
	tr.choice = f.ambiguous || f.inside
	for _, e := range f.expressions {
		t.follow(e, s, nil, tr)
	}
	return tr
}

// conclude makes an origin from a trace.
func (t *tracer) conclude(i *instance, path []string, tr *refTrace) resource.Origin {
	switch {
	case len(tr.refs) > 0:
		if !isDocument(path[0]) {
			t.addAlternatives(i, tr)
		}
		cause := resource.Outside
		if tr.inside {
			cause = resource.Referenced
		}
		certain := len(tr.refs) == 1 || !tr.choice && !tr.local() && !tr.variable
		return resource.Origin{Cause: cause, Refs: tr.sorted(), Certain: certain, Via: tr.names()}
	case tr.local():
		return resource.Origin{Cause: resource.Local, Refs: t.localRefs(i, tr), Via: tr.names()}
	case tr.variable:
		return resource.Origin{Cause: resource.Variable, Via: tr.names()}
	}
	return resource.Origin{Cause: resource.Opaque, Via: tr.names()}
}

// eachIsKnown reports whether all of each.value is known for an instance: another
// argument that is made of all of it is. Terraform's lookup(each.value, ...)
// waits for every part of its first argument.
func eachIsKnown(i *instance, block *configResource) bool {
	for name, e := range block.Expressions {
		whole := len(e.References) == 1 && e.References[0] == "each.value"
		if whole && memberOf(i.value, name) != nil && !marksAny(memberOf(i.unknown, name)) {
			return true
		}
	}
	return false
}

// isDocument reports whether an attribute is a text with many parts, in which a local
// beside a reference is another part, not an alternative.
func isDocument(name string) bool {
	switch name {
	case "statement", "alarm_rule", "pattern":
		return true
	}
	return strings.HasSuffix(name, "policy")
}

// nullable reports whether an attribute has a few fixed values, so that an unknown
// value in it is the provider's default for null.
func nullable(path []string) bool {
	switch path[len(path)-1] {
	case "log_group_class", "filter_policy_scope", "evaluate_low_sample_count_percentiles":
		return true
	}
	return false
}
