package policy

import "github.com/open-policy-agent/opa/v1/ast"

// document is where policies find the raw document.
var document = ast.MustParseRef("data.iacgate.document")

// ReadsRaw says whether the policies ask for the raw document, so that it is
// built for those alone: it is as large as the input, the judged one is not.
func (u *User) ReadsRaw() bool { return u != nil && (u.raw || refersTo(u.compiler, document)) }

// refersTo says whether a module reads below a path of data, or something above
// it: data itself, or data[name] with a name that only running it tells.
func refersTo(compiler *ast.Compiler, path ast.Ref) bool {
	found := false
	for _, m := range compiler.Modules {
		ast.WalkRefs(m, func(r ast.Ref) bool {
			found = found || mayReach(r, path)
			return found
		})
	}
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
