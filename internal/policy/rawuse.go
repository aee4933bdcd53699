package policy

import "github.com/open-policy-agent/opa/v1/ast"

// document is where policies find the raw document.
var document = ast.MustParseRef("data.iacgate.document")

// ReadsRaw says whether the policies ask for the raw document, so that it is
// built for those alone: it is as large as the input, the judged one is not.
func (u *User) ReadsRaw() bool {
	if u == nil || u.raw {
		return u != nil
	}
	for _, m := range u.compiler.Modules {
		if refersTo(m, document) {
			return true
		}
	}
	return false
}

// refersTo says whether a module reads below a path, or something above it: data
// itself, or data[name] with a name that only running it tells.
func refersTo(m *ast.Module, path ast.Ref) bool {
	found := false
	ast.WalkRefs(m, func(r ast.Ref) bool {
		found = found || mayReach(r, path)
		return found
	})
	return found
}

func mayReach(r, path ast.Ref) bool {
	for i := range min(len(r), len(path)) {
		if i > 0 && !r[i].IsGround() {
			return true
		}
		if _, text := r[i].Value.(ast.String); i > 0 && !text {
			return true // a name that a call or a variable makes
		}
		if !r[i].Equal(path[i]) {
			return false
		}
	}
	return true
}
