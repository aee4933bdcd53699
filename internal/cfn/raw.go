package cfn

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// Raw decodes a template as it is written, with functions in their long forms:
// objects, lists and scalars as encoding/json has them. What parameters hold that
// are not to be echoed is hidden, and what a veil hides, wherever it is. Of its
// resources those that are read stay, and those of the types that are asked for;
// types is nil for all.
func Raw(template []byte, types func(typ string) bool, veil resource.Veil) (any, error) {
	n, _, err := parseNode("", template)
	if err != nil {
		return nil, err
	}
	for _, p := range n.get("Parameters").all() {
		hideParameter(p.value, veil)
	}
	for _, r := range n.get("Resources").all() {
		hideHanded(r.value, veil)
	}
	if resources := n.get("Resources"); resources != nil && types != nil {
		resources.members = slices.DeleteFunc(resources.members, func(m member) bool { return !isNeeded(m.value, types) })
	}
	return veil.Tree(n.plain()), nil
}

// hideParameter hides the texts that a parameter which is not to be echoed may
// have, and the default that equals the value of another one.
func hideParameter(p *node, veil resource.Veil) {
	echo := p.get("NoEcho")
	secret := echo != nil && strings.EqualFold(echo.text, "true")
	for _, name := range []string{"Default", "AllowedValues", "AllowedPattern"} {
		if v := p.get(name); v != nil && (secret || name == "Default") {
			hideTexts(v, func(text string) bool { return secret || veil.IsSecret(text) })
		}
	}
}

// hideHanded hides what a nested stack gets, if it is the value of a parameter
// that is not to be echoed: too short, perhaps, to be hidden inside other texts.
func hideHanded(r *node, veil resource.Veil) {
	typ := r.get("Type")
	if typ == nil || nestedTypes[typ.text] == "" {
		return
	}
	for _, property := range r.get("Properties").all() {
		if property.name == "Parameters" {
			hideTexts(property.value, veil.IsSecret)
		}
	}
}

// hideTexts hides the scalars inside a node.
func hideTexts(n *node, hides func(text string) bool) {
	if n.isScalar() && n.kind != null && hides(n.text) {
		*n = *textNode(resource.Hidden, n.place)
	}
	for _, item := range n.items {
		hideTexts(item, hides)
	}
	for _, m := range n.members {
		hideTexts(m.value, hides)
	}
}

// isNeeded reports whether a resource is of a type that is asked for, or that only
// CloudFormation knows, as in a loop.
func isNeeded(r *node, types func(typ string) bool) bool {
	typ := r.get("Type")
	return typ == nil || typ.kind != text || isRelevant(typ.text) || types(typ.text)
}

// all returns the members of an object; none if there is no node.
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
