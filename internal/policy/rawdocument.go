package policy

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// input is the judged document, or the raw one if that was asked for.
var input = sync.OnceValue(func() ast.Ref { return ast.MustParseRef("input") })

// ResourceTypes says which types of resources the policies read in the raw
// document. It is nil, which is all of them, unless every module that reads it
// belongs to a package that declares its types.
func (u *User) ResourceTypes() func(typ string) bool {
	if u == nil {
		return nil
	}
	declared := map[string][]string{}
	for _, m := range u.compiler.Modules {
		if types, ok, _ := typesIn(m); ok {
			declared[packageName(m)] = types
		}
	}
	var wanted typeSet
	for _, m := range u.compiler.Modules {
		if !u.seesRaw(m) {
			continue
		}
		types, ok := declared[packageName(m)]
		if !ok {
			return nil
		}
		wanted.add(types)
	}
	return wanted.has
}

// A typeSet is a set of types.
type typeSet struct {
	names []string
	globs []*regexp.Regexp
}

func (s *typeSet) add(types []string) {
	for _, typ := range types {
		if !strings.Contains(typ, "*") {
			s.names = append(s.names, typ)
			continue
		}
		s.globs = append(s.globs, regexp.MustCompile(`(?s)^`+strings.ReplaceAll(regexp.QuoteMeta(typ), `\*`, `.*`)+`$`))
	}
}

func (s *typeSet) has(typ string) bool {
	return slices.Contains(s.names, typ) || slices.ContainsFunc(s.globs, func(g *regexp.Regexp) bool { return g.MatchString(typ) })
}

// seesRaw reports whether a module reads the raw document.
func (u *User) seesRaw(m *ast.Module) bool {
	return refersTo(m, document()) || u.raw && refersTo(m, input())
}

// document is where policies find the raw document.
var document = sync.OnceValue(func() ast.Ref { return ast.MustParseRef("data.iacgate.document") })

// ReadsRaw reports whether the policies ask for the raw document, so that it is
// built for those alone: it is as large as the input, the judged one is not.
func (u *User) ReadsRaw() bool {
	if u == nil || u.raw {
		return u != nil
	}
	for _, m := range u.compiler.Modules {
		if refersTo(m, document()) {
			return true
		}
	}
	return false
}

// refersTo reports whether a module reads below a path, or something above it: data
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
