package plan

import (
	"slices"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// target ends a trace at the instances of a resource that a reference can mean.
func (t *tracer) target(a address, s scene, rest []step, tr *refTrace) (plain bool) {
	if !t.keep(a.mode, a.typ) {
		return t.skippedTarget(a, s, rest, tr)
	}
	parent := s.module.String()
	var here []*instance
	for _, i := range t.world.byStatic[a.static()] {
		if i.home == parent {
			here = append(here, i)
		}
	}
	path := slices.Concat(a.path, rest)
	here = choose(here, func(i *instance) resource.Key { return i.key }, a.key, a.any, s, path)
	for _, i := range here {
		if a.mode == resource.Data && i.change.Action != resource.Read {
			continue // read already, so its values are known
		}
		tr.inside = true
		tr.add(ref(i.text, a.typ, i.pathWithin(a.path, rest)))
	}
	return a.mode == resource.Managed
}

// pathWithin returns the path of an attribute of i, from a reference to it and a path into
// the value of the expression with the reference. That path leads into the resource only
// if the expression is the reference: in { topic = aws_sns_topic.t.arn }, topic leads to
// the reference itself.
func (i *instance) pathWithin(path, rest []step) []step {
	for ; len(rest) > 0; rest = rest[1:] {
		full := slices.Concat(path, rest)
		if lookUp(i.value, full[:len(path)+1]) != nil || lookUp(i.unknown, full[:len(path)+1]) != nil {
			return full
		}
	}
	return path
}

func (t *tracer) skippedTarget(a address, s scene, rest []step, tr *refTrace) (plain bool) {
	parent := s.module.String()
	var here []*skippedInstance
	for _, p := range t.skipped[a.static()] {
		if p.module.String() == parent {
			here = append(here, p)
		}
	}
	path := slices.Concat(a.path, rest)
	for _, p := range choose(here, func(p *skippedInstance) resource.Key { return p.key }, a.key, a.any, s, path) {
		tr.inside = tr.inside || a.mode == resource.Managed
		tr.add(ref(p.text, a.typ, a.path))
	}
	return a.mode == resource.Managed
}

// choose returns the instances that a reference means: the one it names, the
// one with the key of the instance that refers, the one that the path into the
// collection names, or all.
func choose[T any](all []T, keyOf func(T) resource.Key, key resource.Key, anyKey bool, s scene, path []step) []T {
	named := func(k resource.Key) []T {
		i := slices.IndexFunc(all, func(e T) bool { return keyOf(e) == k })
		if i < 0 || k.Kind == resource.NoKey {
			return nil
		}
		return all[i : i+1]
	}
	if key.Kind != resource.NoKey {
		return named(key)
	}
	if len(path) > 0 && path[0].isIndex() && !path[0].any {
		if one := named(path[0].key); one != nil {
			return one
		}
	}
	if s.byKey && !anyKey {
		if one := named(s.key); one != nil {
			return one
		}
	}
	return all
}

func ref(text, typ string, path []step) resource.Ref {
	return resource.Ref{Address: text, Attribute: catalog.Attribute(typ, attribute(path))}
}
