package cfn

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// checkNames refuses what CloudFormation refuses of names: references to what
// does not exist, and cycles.
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
	if cycle := findCycle(order, graph); cycle != nil {
		s.fail(errorAt(s.declared[cycle[0]].place, "cycle of resources: %s", strings.Join(cycle, " -> ")))
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

// checkConditions refuses conditions that are inside themselves, and names of
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
	cycle := findCycle(order, graph)
	if known && cycle != nil {
		s.fail(errorAt(s.conditions[cycle[0]].place, "cycle: the condition %s refers to itself: %s", cycle[0], strings.Join(cycle, " -> ")))
	}
	return known && cycle == nil
}

func (s *stack) hasCondition(name string, at place) bool {
	if _, ok := s.conditions[name]; ok || s.template.transformed {
		return true
	}
	s.fail(errorAt(at, "unknown condition %s", name).WithHint("%s", didYouMean(name, s.conditionNames())))
	return false
}

// dependencies returns the resources that have to be made before one. What only
// a branch of Fn::If needs is not a certain dependency.
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
			if s.declared[item.text] == nil && !s.isInModule(item.text) && !s.template.transformed {
				s.fail(errorAt(item.place, "unknown resource %q", item.text).WithHint("%s", didYouMean(item.text, s.names())))
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
// where one of the names, certain or not, does not exist.
func (s *stack) references(n *node, certain bool, visit func(name string)) (ok bool) {
	name, arg, isCall := n.call()
	switch {
	case isCall && n.members[0].hasComputedLogicalID():
		return s.references(arg, false, visit)
	case isCall && name == refFn:
		return s.reference(arg.text, arg.place, certain, visit)
	case isCall && name == "Fn::GetAtt":
		logical, _, _ := strings.Cut(arg.text, ".")
		if arg.kind == list {
			logical = arg.items[0].text
		}
		return s.reference(logical, arg.place, certain, visit)
	case isCall && name == "Fn::Sub":
		return s.referencesInSub(arg, certain, visit)
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

// reference visits a name, if it exists and the reference to it is certain.
func (s *stack) reference(name string, at place, certain bool, visit func(name string)) (ok bool) {
	if !s.hasName(name) {
		s.unresolved(name, at)
		return s.template.transformed
	}
	if certain {
		visit(name)
	}
	return true
}

// referencesInSub is references for the argument of Fn::Sub, which may have names of
// its own.
func (s *stack) referencesInSub(arg *node, certain bool, visit func(name string)) (ok bool) {
	source, local := arg, &node{}
	if arg.kind == list {
		source, local = arg.items[0], arg.items[1]
	}
	for _, p := range placeholders(source.text) {
		logical, _, dotted := strings.Cut(p.text, ".")
		if p.literal || dotted && local.get(p.text) != nil || local.get(logical) != nil {
			continue
		}
		if !s.reference(logical, source.place, certain, visit) {
			return false
		}
	}
	return s.references(local, certain, visit)
}

// hasName reports whether a name is a parameter, a resource or one of CloudFormation.
func (s *stack) hasName(name string) bool {
	return s.parameters[name] != nil || s.declared[name] != nil || strings.HasPrefix(name, "AWS::") || s.isInModule(name)
}

// isInModule reports whether a name may be that of a resource inside a module of a
// registry: the module's name and its own, with or without a period between them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/module-ref-resources.html
func (s *stack) isInModule(name string) bool {
	return slices.ContainsFunc(s.resources, func(d *declaration) bool {
		return isModule(d.typ) && name != d.name && strings.HasPrefix(name, d.name)
	})
}

// findCycle returns names of which each leads to the next and the last is the
// first again; nil if there is none.
func findCycle(order []string, graph map[string][]string) []string {
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
			if cycle := visit(next); cycle != nil {
				return cycle
			}
		}
		path = path[:len(path)-1]
		done[name] = true
		return nil
	}
	for _, name := range order {
		if cycle := visit(name); cycle != nil {
			return cycle
		}
	}
	return nil
}

// unresolved returns a name that nothing in the template has.
func (s *stack) unresolved(name string, at place) resource.Value {
	if !s.template.transformed && !s.isInModule(name) {
		s.fail(errorAt(at, "%q is neither a parameter nor a resource", name).WithHint("%s", didYouMean(name, s.names())))
	}
	return s.unknownText(s.symbol(name), resource.Origin{Cause: resource.Outside, Via: []string{s.displayName(name)}})
}

// names returns the names that Ref may take.
func (s *stack) names() []string {
	var names []string
	for name := range s.parameters {
		names = append(names, name)
	}
	for name := range s.declared {
		names = append(names, name)
	}
	return append(names, "AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackName", "AWS::URLSuffix")
}
