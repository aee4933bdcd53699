package plan

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// follow traces the references of an expression. rest is the path into its
// value that is asked for.
func (t *tracer) follow(e expression, s scene, rest []step, tr *refTrace) {
	for _, inner := range e.inner() {
		t.follow(inner, s, nil, tr)
	}
	written := e.direct()
	if slices.ContainsFunc(written, isInstanceKey) {
		s.byKey = true
	}
	plain := true
	for _, ref := range written {
		id := s.module.String() + keyText(s.key) + "|" + ref + "|" + attribute(rest)
		if tr.seen[id] {
			continue
		}
		if len(tr.seen) > maxSteps {
			tr.choice = true
			return
		}
		tr.seen[id] = true
		if !t.reference(parseSteps(ref), s, rest, tr) {
			plain = false
		}
	}
	if len(written) > 1 && !plain {
		tr.choice = true
	}
}

func isInstanceKey(ref string) bool {
	return ref == "each.key" || ref == "count.index" || ref == "each.value" || strings.HasPrefix(ref, "each.value.")
}

// reference traces one reference. plain says that it is the attribute of a
// resource, or leads to one through an output, and so cannot choose between
// others beside it.
func (t *tracer) reference(ref []step, s scene, rest []step, tr *refTrace) (plain bool) {
	if len(ref) < 2 {
		return false
	}
	switch ref[0].name {
	case "each":
		t.each(ref, s, rest, tr)
	case "var":
		t.input(ref[1].name, s, slices.Concat(ref[2:], rest), tr)
	case "local":
		tr.locals = append(tr.locals, s.module)
		tr.gained++
		tr.via = append(tr.via, hop{"local." + ref[1].name, true})
	case "module":
		return t.output(ref[1:], s, rest, tr)
	case "count", "path", "terraform", "self":
	default:
		a, ok := address{module: s.module}.resource(ref)
		if !ok {
			return false
		}
		return t.target(a, s, rest, tr)
	}
	return false
}

// each traces each.value to the elements that for_each iterates over.
func (t *tracer) each(ref []step, s scene, rest []step, tr *refTrace) {
	if ref[1].name != "value" || s.forEach == nil || s.eachKnown {
		return
	}
	source := *s.forEach
	tr.oneOf(func() {
		t.follow(source, scene{module: s.module, key: s.key, byKey: true}, slices.Concat(ref[2:], rest), tr)
	})
}

// input traces an input variable to the call of its module.
func (t *tracer) input(name string, s scene, rest []step, tr *refTrace) {
	if len(s.module) == 0 {
		if !t.variables[name].isSet {
			tr.variable = true
			tr.gained++
			tr.via = append(tr.via, hop{name: "var." + name})
		}
		return
	}
	call := t.config.call(s.module)
	if call == nil {
		return
	}
	last := len(s.module) - 1
	outer := scene{module: s.module[:last], key: s.module[last].key, forEach: call.forEach}
	tr.through("var."+name, func() { t.followPart(call.expressions[name], outer, rest, tr) })
}

// followPart follows an expression to a part of its value.
func (t *tracer) followPart(e expression, s scene, rest []step, tr *refTrace) {
	if len(rest) == 0 {
		t.follow(e, s, nil, tr)
		return
	}
	tr.oneOf(func() { t.follow(e, s, rest, tr) })
}

// output traces an output of a module, in every instance that the reference can mean.
func (t *tracer) output(ref []step, s scene, rest []step, tr *refTrace) (gained bool) {
	name := ref[0].name
	static := s.module.child(name, resource.Key{})
	m := t.config.module(static)
	if m == nil {
		return false
	}
	path := slices.Concat(ref[1:], rest)
	if t.namesOutput(m, static, path) {
		ref, rest = slices.Concat(ref[:1], path), nil
	}
	key, anyKey, ref := takeKey(ref[1:])
	text := "module." + name + keyText(key)
	for _, path := range t.moduleInstances(m, static, key, anyKey, s) {
		inner := scene{module: path}
		if len(ref) == 0 {
			tr.oneOf(func() {
				for _, output := range slices.Sorted(maps.Keys(m.outputs)) {
					gained = tr.through(text+"."+output, func() { t.followPart(m.outputs[output].Expression, inner, rest, tr) }) || gained
				}
			})
			continue
		}
		output := ref[0].text()
		into := slices.Concat(ref[1:], rest)
		gained = tr.through(text+"."+output, func() { t.followPart(m.outputs[output].Expression, inner, into, tr) }) || gained
	}
	return gained
}

// namesOutput reports whether a path leads from a module to one of its outputs:
// where an expression is the whole module, what follows it does.
func (t *tracer) namesOutput(m *module, static modulePath, path []step) bool {
	key, _, path := takeKey(path)
	if len(path) == 0 {
		return false
	}
	_, isOutput := m.outputs[path[0].text()]
	return isOutput && (key.Kind == resource.NoKey || slices.ContainsFunc(t.modules[static.static()], func(p modulePath) bool {
		return p[len(p)-1].key == key
	}))
}

// moduleInstances returns the instances of a module that a reference can mean.
func (t *tracer) moduleInstances(m *module, static modulePath, key resource.Key, anyKey bool, s scene) []modulePath {
	parent := s.module.String()
	var paths []modulePath
	for _, p := range t.modules[static.static()] {
		if p[:len(p)-1].String() == parent {
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 && !m.hasResources {
		// A plan does not show the instances of a module without resources.
		name := static[len(static)-1].name
		if call := t.config.call(static); s.byKey && key.Kind == resource.NoKey && call != nil && call.isRepeated() {
			key = s.key
		}
		return []modulePath{s.module.child(name, key)}
	}
	return choose(paths, func(p modulePath) resource.Key { return p[len(p)-1].key }, key, anyKey, s, nil)
}
