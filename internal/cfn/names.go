package cfn

import (
	"slices"
	"strings"
)

// checkNames refuses what CloudFormation refuses of names: references to what
// is not there, and circles.
func (s *stack) checkNames() {
	if !s.checkConditions() {
		return
	}
	graph := map[string][]string{}
	var order []string
	for _, d := range s.resources {
		if d.condition != "" && !s.hasCondition(d.condition, d.body.get("Condition").place) {
			return
		}
		dependencies, ok := s.dependencies(d)
		if !ok {
			return
		}
		graph[d.name], order = dependencies, append(order, d.name)
	}
	if circle := circleIn(order, graph); circle != nil {
		s.fail(errorAt(s.declared[circle[0]].place, "resources need each other: %s", strings.Join(circle, " -> ")))
	}
	s.checkOutputs()
}

func (s *stack) checkOutputs() {
	if s.outputs == nil {
		return
	}
	for _, m := range s.outputs.members {
		if m.name == transformFn {
			continue
		}
		if m.value.get("Value") == nil {
			s.fail(errorAt(m.place, "the output %s has no Value", m.name))
			return
		}
		if c := m.value.get("Condition"); c != nil && !s.hasCondition(c.text, c.place) {
			return
		}
	}
	s.references(s.outputs, true, func(string) {})
}

// checkConditions refuses conditions that stand inside themselves, and names of
// conditions that are not there.
func (s *stack) checkConditions() bool {
	graph := map[string][]string{}
	order := s.conditionNames()
	known := true
	for _, name := range order {
		s.conditions[name].walk(func(n *node) bool {
			for _, m := range n.members {
				if m.name == conditionFn && m.value.kind == text {
					known = known && s.hasCondition(m.value.text, m.value.place)
					graph[name] = append(graph[name], m.value.text)
				}
			}
			return known
		})
	}
	circle := circleIn(order, graph)
	if known && circle != nil {
		s.fail(errorAt(s.conditions[circle[0]].place, "the condition %s stands inside itself: %s", circle[0], strings.Join(circle, " -> ")))
	}
	return known && circle == nil
}

func (s *stack) hasCondition(name string, at place) bool {
	if _, ok := s.conditions[name]; ok || s.template.open {
		return true
	}
	s.fail(errorAt(at, "there is no condition %s", name).WithHint("%s", didYouMean(name, s.conditionNames())))
	return false
}

// dependencies returns the resources that have to be made before one. What only
// a branch of Fn::If needs is no certain dependency.
func (s *stack) dependencies(d *declaration) (names []string, ok bool) {
	add := func(name string) {
		if s.declared[name] != nil && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if n := d.body.get("DependsOn"); n != nil {
		all := n.items
		if n.kind == text {
			all = []*node{n}
		}
		for _, item := range all {
			if s.declared[item.text] == nil && !s.template.open {
				s.fail(errorAt(item.place, "there is no resource %q", item.text).WithHint("%s", didYouMean(item.text, s.names())))
				return nil, false
			}
			add(item.text)
		}
	}
	if d.properties == nil {
		return names, true
	}
	return names, s.references(d.properties, true, add)
}

// references visits the resources that a node certainly refers to. It is not ok
// where one of the names, certain or not, is none.
func (s *stack) references(n *node, certain bool, visit func(name string)) (ok bool) {
	use := func(name string, at place, local *node) bool {
		if local != nil && local.get(name) != nil {
			return true
		}
		if !s.knows(name) {
			s.unresolved(name, at)
			return s.template.open
		}
		if certain {
			visit(name)
		}
		return true
	}
	name, arg, isCall := n.call()
	switch {
	case isCall && n.members[0].takesMadeName():
		return s.references(arg, false, visit)
	case isCall && name == refFn:
		return use(arg.text, arg.place, nil)
	case isCall && name == "Fn::GetAtt":
		logical, _, _ := strings.Cut(arg.text, ".")
		if arg.kind == list {
			logical = arg.items[0].text
		}
		return use(logical, arg.place, nil)
	case isCall && name == "Fn::Sub":
		source, local := arg, (*node)(nil)
		if arg.kind == list {
			source, local = arg.items[0], arg.items[1]
		}
		for _, p := range placeholders(source.text) {
			logical, _, dotted := strings.Cut(p.text, ".")
			if dotted && local != nil && local.get(p.text) != nil {
				continue
			}
			if !p.literal && !use(logical, source.place, local) {
				return false
			}
		}
		return local == nil || s.references(local, certain, visit)
	case isCall && name == "Fn::If":
		if !s.hasCondition(arg.items[0].text, arg.items[0].place) {
			return false
		}
		return s.references(arg.items[1], false, visit) && s.references(arg.items[2], false, visit)
	}
	for _, item := range n.items {
		if !s.references(item, certain, visit) {
			return false
		}
	}
	for _, m := range n.members {
		if !s.references(m.value, certain, visit) {
			return false
		}
	}
	return true
}

// knows says whether a name is a parameter, a resource or one of CloudFormation.
func (s *stack) knows(name string) bool {
	return s.parameters[name] != nil || s.declared[name] != nil || strings.HasPrefix(name, "AWS::")
}

// circleIn returns names of which each leads to the next and the last is the
// first again; nil if there is no such circle.
func circleIn(order []string, graph map[string][]string) []string {
	done := map[string]bool{}
	var path []string
	var visit func(name string) []string
	visit = func(name string) []string {
		if at := slices.Index(path, name); at >= 0 {
			return append(slices.Clone(path[at:]), name)
		}
		if done[name] {
			return nil
		}
		path = append(path, name)
		for _, next := range graph[name] {
			if circle := visit(next); circle != nil {
				return circle
			}
		}
		path = path[:len(path)-1]
		done[name] = true
		return nil
	}
	for _, name := range order {
		if circle := visit(name); circle != nil {
			return circle
		}
	}
	return nil
}
