package cfn

import (
	"encoding/json"
	"slices"
	"strings"
)

// Raw decodes a template as it is written, with functions in their long forms:
// objects, lists and scalars as encoding/json has them. Defaults that are not to
// be echoed are hidden. Of its resources those that are read stay, and those of
// the types that are asked for; types is nil for all.
func Raw(template []byte, types func(typ string) bool) (any, error) {
	n, _, err := parseNode("", template)
	if err != nil {
		return nil, err
	}
	for _, p := range n.get("Parameters").all() {
		if echo := p.value.get("NoEcho"); echo != nil && strings.EqualFold(echo.text, "true") {
			if d := p.value.get("Default"); d != nil {
				*d = *textNode("(sensitive)", d.place)
			}
		}
	}
	if resources := n.get("Resources"); resources != nil && types != nil {
		resources.members = slices.DeleteFunc(resources.members, func(m member) bool { return !stays(m.value, types) })
	}
	return n.plain(), nil
}

// stays says whether a resource is of a type that is asked for, or that only
// CloudFormation knows, as in a loop.
func stays(r *node, types func(typ string) bool) bool {
	typ := r.get("Type")
	return typ == nil || typ.kind != text || kept(typ.text) || types(typ.text)
}

// all returns the members of an object; none where there is no node.
func (n *node) all() []member {
	if n == nil {
		return nil
	}
	return n.members
}

func (n *node) plain() any {
	switch n.kind {
	case boolean:
		return n.text == "true"
	case number:
		return json.Number(n.text)
	case text:
		return n.text
	case list:
		all := make([]any, len(n.items))
		for i, item := range n.items {
			all[i] = item.plain()
		}
		return all
	case object:
		all := make(map[string]any, len(n.members))
		for _, m := range n.members {
			all[m.name] = m.value.plain()
		}
		return all
	}
	return nil
}
