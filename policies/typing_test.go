package policies_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/document"
)

// In Rego a member that does not exist is undefined, and what needs it vanishes
// without an error. OPA checks input against a schema but not what functions are
// given, and nearly all of the library is functions. So a typer follows the
// types of the document through calls, and complains of members they lack.
type typer struct {
	params map[string][]types // of functions, as far as calls tell
	own    map[string]bool    // keys of the objects that policies make themselves
	faults map[string]bool
}

// types are the Go types that a term may have; none if it is the policies'
// own.
type types []reflect.Type

type scope map[ast.Var]types

// check returns the members that modules ask for and the document lacks.
func check(modules map[string]*ast.Module) []string {
	t := &typer{params: map[string][]types{}, own: map[string]bool{}}
	for _, m := range modules {
		t.literals(m)
	}
	// Calls lead on to calls: a pass for each level, and the last one tells.
	for range 8 {
		t.faults = map[string]bool{}
		for _, m := range modules {
			for _, r := range m.Rules {
				t.rule(r)
			}
		}
	}
	var out []string
	for f := range t.faults {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

// literals notes the keys of objects that are written out, and of parts of others.
func (t *typer) literals(m *ast.Module) {
	ast.WalkTerms(m, func(term *ast.Term) bool {
		switch v := term.Value.(type) {
		case ast.Object:
			for _, k := range v.Keys() {
				t.note(k)
			}
		case ast.Call:
			if keys, ok := filtered(v); ok {
				keys.Foreach(t.note)
			}
		}
		return false
	})
}

func (t *typer) note(key *ast.Term) {
	if s, ok := key.Value.(ast.String); ok {
		t.own[string(s)] = true
	}
}

// filtered returns the keys that a call of object.filter keeps.
func filtered(call ast.Call) (keys *ast.Array, ok bool) {
	if call[0].String() != "object.filter" {
		return nil, false
	}
	keys, ok = call[2].Value.(*ast.Array)
	return keys, ok
}

func (t *typer) rule(r *ast.Rule) {
	for ; r != nil; r = r.Else {
		s := scope{}
		params := t.params[r.Head.Name.String()]
		for i, arg := range r.Head.Args {
			if v, ok := arg.Value.(ast.Var); ok && i < len(params) {
				s[v] = params[i]
			}
		}
		t.body(r.Body, s)
		for _, term := range []*ast.Term{r.Head.Key, r.Head.Value} {
			if term != nil {
				t.of(term, s)
			}
		}
	}
}

func (t *typer) body(b ast.Body, s scope) {
	for _, e := range b {
		switch terms := e.Terms.(type) {
		case *ast.Term:
			t.of(terms, s)
		case []*ast.Term:
			t.call(terms, s)
		case *ast.SomeDecl:
			for _, symbol := range terms.Symbols {
				if c, ok := symbol.Value.(ast.Call); ok {
					t.member(c[1:len(c)-1], t.of(c[len(c)-1], s), s)
				}
			}
		case *ast.Every:
			t.member([]*ast.Term{terms.Value}, t.of(terms.Domain, s), s)
			t.body(terms.Body, s)
		}
	}
}

// member binds the variables of "some k, v in collection".
func (t *typer) member(vars []*ast.Term, of types, s scope) {
	if v, ok := vars[len(vars)-1].Value.(ast.Var); ok {
		s[v] = elements(of)
	}
}

func elements(of types) (out types) {
	for _, one := range of {
		if k := one.Kind(); k == reflect.Map || k == reflect.Slice {
			out = append(out, plain(one.Elem()))
		}
	}
	return out
}

func plain(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// call types a call: an assignment, one of our functions, or a built-in.
func (t *typer) call(terms []*ast.Term, s scope) types {
	var args []types
	for _, a := range terms[1:] {
		args = append(args, t.of(a, s))
	}
	name := terms[0].String()
	switch name {
	case "assign", "eq":
		if v, ok := terms[1].Value.(ast.Var); ok && len(s[v]) == 0 {
			s[v] = args[1]
		}
	case "equal", "neq":
		t.words(args[0], terms[2])
		t.words(args[1], terms[1])
	case "internal.member_2":
		t.words(args[0], terms[2])
	case "object.get":
		return t.get(args[0], terms[2])
	case "object.filter":
		if keys, ok := filtered(terms); ok {
			keys.Foreach(func(k *ast.Term) { t.step(args[0], k) })
		}
	default:
		t.pass(name[strings.LastIndexByte(name, '.')+1:], args)
	}
	return nil
}

// words complains of texts that an enumeration of the document lacks: what is compared
// with one never holds.
func (t *typer) words(of types, with *ast.Term) {
	for _, one := range of {
		known, ok := reflect.Zero(one).Interface().(interface{ Values() []string })
		if !ok {
			continue
		}
		ast.WalkTerms(with, func(term *ast.Term) bool {
			if s, ok := term.Value.(ast.String); ok && !slices.Contains(known.Values(), string(s)) {
				t.faults[fmt.Sprintf("%s: %s is never %q", term.Location, one.Name(), string(s))] = true
			}
			_, isRef := term.Value.(ast.Ref)
			return isRef
		})
	}
}

// get types object.get: its second argument is a key, or a path of keys.
func (t *typer) get(of types, key *ast.Term) types {
	path, ok := key.Value.(*ast.Array)
	if !ok {
		return t.step(of, key)
	}
	path.Foreach(func(k *ast.Term) { of = t.step(of, k) })
	return of
}

// pass notes what a function is called with.
func (t *typer) pass(name string, args []types) {
	params := t.params[name]
	for len(params) < len(args) {
		params = append(params, nil)
	}
	for i, arg := range args {
		for _, one := range arg {
			if !slices.Contains(params[i], one) {
				params[i] = append(params[i], one)
			}
		}
	}
	t.params[name] = params
}

// of types a term, and everything inside it.
func (t *typer) of(term *ast.Term, s scope) types {
	switch v := term.Value.(type) {
	case ast.Var:
		return s[v]
	case ast.Ref:
		return t.ref(v, s)
	case ast.Call:
		return t.call(v, s)
	case *ast.Array:
		v.Foreach(func(e *ast.Term) { t.of(e, s) })
	case ast.Set:
		v.Foreach(func(e *ast.Term) { t.of(e, s) })
	case ast.Object:
		v.Foreach(func(k, e *ast.Term) { t.of(k, s); t.of(e, s) })
	case *ast.ArrayComprehension:
		t.body(v.Body, s)
		t.of(v.Term, s)
	case *ast.SetComprehension:
		t.body(v.Body, s)
		t.of(v.Term, s)
	case *ast.ObjectComprehension:
		t.body(v.Body, s)
		t.of(v.Key, s)
		t.of(v.Value, s)
	}
	return nil
}

func (t *typer) ref(r ast.Ref, s scope) types {
	head, ok := r[0].Value.(ast.Var)
	if !ok || head == "data" {
		return nil
	}
	of := s[head]
	if head == "input" {
		of = types{reflect.TypeFor[document.Document]()}
	}
	for _, key := range r[1:] {
		t.of(key, s)
		of = t.step(of, key)
	}
	return of
}

// step types one member or element.
func (t *typer) step(of types, key *ast.Term) types {
	name, constant := key.Value.(ast.String)
	if len(of) == 0 {
		if constant && !t.own[string(name)] {
			t.faults[fmt.Sprintf("%s: no object of the policies has %s", key.Location, name)] = true
		}
		return nil
	}
	var out types
	for _, one := range of {
		if one.Kind() != reflect.Struct {
			out = append(out, elements(types{one})...)
			continue
		}
		f, ok := field(one, string(name))
		if constant && !ok {
			t.faults[fmt.Sprintf("%s: %s has no %s", key.Location, one, name)] = true
		}
		if ok {
			out = append(out, plain(f))
		}
	}
	return out
}

// field finds a member of a struct by its name in JSON.
func field(t reflect.Type, name string) (reflect.Type, bool) {
	for _, f := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == name && !f.Anonymous {
			return f.Type, true
		}
	}
	return nil, false
}
