package policy

import "github.com/open-policy-agent/opa/v1/ast"

// terms turns what encoding/json decodes into Rego's terms. Equal texts share one, unlike
// with ast.InterfaceToValue: names of members and of states are most of the texts of a
// document, and each resource has them.
type terms map[string]*ast.Term

func (t terms) of(value any) (*ast.Term, error) {
	switch v := value.(type) {
	case nil:
		return ast.NullTerm(), nil
	case bool:
		return ast.InternedTerm(v), nil
	case string:
		return t.text(v), nil
	case []any:
		return t.list(v)
	case map[string]any:
		return t.object(v)
	}
	other, err := ast.InterfaceToValue(value)
	return ast.NewTerm(other), err
}

func (t terms) text(text string) *ast.Term {
	term, ok := t[text]
	if !ok {
		term = ast.StringTerm(text)
		t[text] = term
	}
	return term
}

func (t terms) list(list []any) (*ast.Term, error) {
	elements := make([]*ast.Term, len(list))
	for i, e := range list {
		var err error
		if elements[i], err = t.of(e); err != nil {
			return nil, err
		}
	}
	return ast.ArrayTerm(elements...), nil
}

func (t terms) object(object map[string]any) (*ast.Term, error) {
	members := make([][2]*ast.Term, 0, len(object))
	for name, member := range object {
		term, err := t.of(member)
		if err != nil {
			return nil, err
		}
		members = append(members, [2]*ast.Term{t.text(name), term})
	}
	return ast.ObjectTerm(members...), nil
}
