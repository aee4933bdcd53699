package policy

import (
	"encoding/binary"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/policies"
)

var updateSnapshot = flag.Bool("update-snapshot", false, "write policies/compiled.bin anew")

// TestSnapshot: what is stored of the embedded policies is what the compiler
// makes of them, byte for byte.
func TestSnapshot(t *testing.T) {
	ids, err := IDs()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parseAll(embedded())
	if err != nil {
		t.Fatal(err)
	}
	compiler := newCompiler().WithSkipStages(settled...)
	if compiler.Compile(parsed); compiler.Failed() {
		t.Fatal(compiler.Errors)
	}
	w := writer{places: map[string]int{}}
	want := w.snapshot(t, compiler.Modules)
	if *updateSnapshot {
		if err := os.WriteFile("../../policies/compiled.bin", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != policies.Compiled {
		t.Fatal("policies/compiled.bin is not current: go test ./internal/policy -run TestSnapshot -update-snapshot")
	}
	modules, ok := stored().modules(embedded())
	if !ok {
		t.Fatal("there are files of policies that are not stored")
	}
	for name, m := range compiler.Modules {
		if got, want := modules[name].String(), m.String(); got != want {
			t.Errorf("%s is stored as\n%s\nwant\n%s", name, got, want)
		}
		if got, want := located(modules[name]), located(m); !slices.Equal(got, want) {
			t.Errorf("%s: places %v, want %v", name, got, want)
		}
	}
	for _, id := range ids {
		file := path.Join(controlDir, id+controlEnding)
		got, ok := stored().control(file)
		want, err := parseControl(id, file)
		if !ok || err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is stored as %+v, want %+v, %v", file, got, want, err)
		}
	}
}

// located are the lines of rules and expressions.
func located(m *ast.Module) (rows []int) {
	ast.WalkRules(m, func(r *ast.Rule) bool {
		rows = append(rows, r.Location.Row)
		return false
	})
	ast.WalkExprs(m, func(e *ast.Expr) bool {
		rows = append(rows, e.Location.Row)
		return false
	})
	return rows
}

// TestSnapshotIsOfThisText: an edited file is not what is stored.
func TestSnapshotIsOfThisText(t *testing.T) {
	s := snapshot{files: maps.Clone(stored().files)}
	f := s.files["main.rego"]
	f.sum = sumOf(nil)
	s.files["main.rego"] = f
	if _, ok := s.modules([]string{"main.rego"}); ok {
		t.Error("a module of another text is taken")
	}
	if _, ok := s.modules([]string{"absent.rego"}); ok {
		t.Error("a module that is not stored is taken")
	}
}

// A writer writes what a reader reads.
type writer struct {
	strings.Builder
	texts  []string
	places map[string]int
	terms  int
	t      *testing.T
}

func (w *writer) snapshot(t *testing.T, modules map[string]*ast.Module) string {
	var files writer
	w.t = t
	names := slices.Concat(slices.Sorted(maps.Keys(modules)), controlFiles(t))
	for _, name := range names {
		body := writer{t: t, texts: w.texts, places: w.places}
		if m := modules[name]; m != nil {
			body.module(m)
		}
		w.texts = body.texts
		text, err := fs.ReadFile(policies.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files.bytes(name)
		files.WriteString(sumOf(text))
		files.number(body.terms)
		files.bytes(controlJSON(t, name))
		files.bytes(body.String())
	}
	w.number(snapshotForm)
	w.number(len(w.texts))
	for _, text := range w.texts {
		w.bytes(text)
	}
	w.number(len(names))
	return w.String() + files.String()
}

func controlFiles(t *testing.T) (files []string) {
	ids, err := IDs()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		files = append(files, path.Join(controlDir, id+controlEnding))
	}
	return files
}

func controlJSON(t *testing.T, file string) string {
	if path.Dir(file) != controlDir {
		return ""
	}
	c, err := parseControl(strings.TrimSuffix(path.Base(file), controlEnding), file)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func (w *writer) number(n int) {
	w.Write(binary.AppendUvarint(nil, uint64(n)))
}

func (w *writer) bytes(text string) {
	w.number(len(text))
	w.WriteString(text)
}

func (w *writer) text(text string) {
	place, ok := w.places[text]
	if !ok {
		place = len(w.texts)
		w.places[text] = place
		w.texts = append(w.texts, text)
	}
	w.number(place)
}

func (w *writer) location(l *ast.Location) {
	if l == nil {
		l = &ast.Location{}
	}
	w.number(l.Row)
	w.number(l.Col)
}

func (w *writer) module(m *ast.Module) {
	w.list(m.Package.Path)
	w.location(m.Package.Location)
	w.number(len(m.Rules))
	for _, r := range m.Rules {
		w.rule(r)
	}
}

func flags(of map[int]bool) (n int) {
	for flag, set := range of {
		if set {
			n |= flag
		}
	}
	return n
}

func (w *writer) rule(r *ast.Rule) {
	w.number(flags(map[int]bool{defaultRule: r.Default, elseRule: r.Else != nil, assigned: r.Head.Assign}))
	w.location(r.Location)
	w.text(string(r.Head.Name))
	w.list(r.Head.Reference)
	w.list(r.Head.Args)
	w.term(r.Head.Key)
	w.term(r.Head.Value)
	w.body(r.Body)
	if r.Else != nil {
		w.rule(r.Else)
	}
}

func (w *writer) body(b ast.Body) {
	w.number(len(b))
	for _, e := range b {
		w.expr(e)
	}
}

func (w *writer) expr(e *ast.Expr) {
	if len(e.With) > 0 {
		w.t.Fatalf("%v: with, which a snapshot cannot hold", e.Location)
	}
	kind := map[int]bool{negated: e.Negated, generated: e.Generated}
	switch terms := e.Terms.(type) {
	case *ast.Term:
		kind[termExpr] = true
		w.number(flags(kind))
		w.location(e.Location)
		w.term(terms)
	case []*ast.Term:
		kind[callExpr] = true
		w.number(flags(kind))
		w.location(e.Location)
		w.list(terms)
	case *ast.Every:
		kind[everyExpr] = true
		w.number(flags(kind))
		w.location(e.Location)
		w.term(terms.Key)
		w.term(terms.Value)
		w.term(terms.Domain)
		w.body(terms.Body)
	default:
		w.t.Fatalf("%v: %T, which a snapshot cannot hold", e.Location, terms)
	}
}

func (w *writer) list(terms []*ast.Term) {
	w.number(len(terms))
	for _, t := range terms {
		w.term(t)
	}
}

func (w *writer) term(t *ast.Term) {
	if t == nil {
		w.number(noTerm)
		return
	}
	w.terms++
	switch v := t.Value.(type) {
	case ast.Null:
		w.number(nullTerm)
	case ast.Boolean:
		w.number(map[bool]int{false: falseTerm, true: trueTerm}[bool(v)])
	case ast.Number:
		w.number(numberTerm)
		w.text(string(v))
	case ast.String:
		w.number(stringTerm)
		w.text(string(v))
	case ast.Var:
		w.number(varTerm)
		w.text(string(v))
	case ast.Ref:
		w.number(refTerm)
		w.list(v)
	case ast.Call:
		w.number(callTerm)
		w.list(v)
	case *ast.Array:
		w.number(arrayTerm)
		var elements []*ast.Term
		v.Foreach(func(e *ast.Term) { elements = append(elements, e) })
		w.list(elements)
	case ast.Set:
		w.number(setTerm)
		w.list(v.Slice())
	case ast.Object:
		w.number(objectTerm)
		w.number(v.Len())
		v.Foreach(func(key, value *ast.Term) {
			w.term(key)
			w.term(value)
		})
	case *ast.ArrayComprehension:
		w.number(arrayComprehension)
		w.term(v.Term)
		w.body(v.Body)
	case *ast.SetComprehension:
		w.number(setComprehension)
		w.term(v.Term)
		w.body(v.Body)
	case *ast.ObjectComprehension:
		w.number(objectComprehension)
		w.term(v.Key)
		w.term(v.Value)
		w.body(v.Body)
	default:
		w.t.Fatalf("%v: %T, which a snapshot cannot hold", t.Location, v)
	}
}
