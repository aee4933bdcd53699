// Package schematest makes the JSON Schemas of what iacgate writes from the types that it
// writes: every field with its type and its comment, and no other. Only tests use it.
package schematest

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Hold compares the schema in a file, which a package returns, with the one of a type, and
// writes the file anew where update says so.
func Hold(t *testing.T, file string, returned []byte, update bool, of reflect.Type, title string, dirs ...string) {
	t.Helper()
	want := schemaOf(t, of, title, dirs...)
	if update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(returned, want) {
		t.Errorf("%s is out of step: go generate in its package", file)
	}
}

// schemaOf returns the JSON Schema (draft 2020-12) of a type, with the comments of the
// packages in some folders.
func schemaOf(t *testing.T, of reflect.Type, title string, dirs ...string) []byte {
	t.Helper()
	s := maker{defs: map[string]any{}, comments: comments(t, dirs...)}
	whole := s.object(of)
	whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	whole["title"] = title
	whole["$defs"] = s.defs
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(whole); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// maker makes schemas of types; named types are in $defs.
type maker struct {
	defs     map[string]any
	comments map[string]string // by type, or type and field
}

func (s maker) of(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[verdict.Date]():
		return map[string]any{"type": "string", "format": "date"}
	case reflect.TypeFor[truth.Truth]():
		return map[string]any{"enum": []string{"yes", "no", "unknown"}}
	case reflect.TypeFor[verdict.Level]():
		return map[string]any{"enum": []string{"error", "unknown", "warning", "note"}}
	}
	if words, ok := reflect.Zero(t).Interface().(interface{ Values() []string }); ok {
		return map[string]any{"enum": words.Values()}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return orNull(s.of(t.Elem()))
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		if t.Elem().Kind() == reflect.Interface { // an event
			return map[string]any{"type": []string{"object", "null"}}
		}
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		if _, done := s.defs[t.Name()]; !done {
			s.defs[t.Name()] = nil // it may hold itself
			s.defs[t.Name()] = s.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		return map[string]any{"type": "string"}
	}
	panic("no schema for " + t.String())
}

func orNull(schema map[string]any) map[string]any {
	if name, ok := schema["type"].(string); ok {
		schema["type"] = []string{name, "null"}
		return schema
	}
	return map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}}
}

func (s maker) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, tagged := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "-" || name == "" && !tagged {
			continue
		}
		owner := t
		for _, i := range f.Index[:len(f.Index)-1] {
			owner = owner.Field(i).Type
		}
		property := s.of(f.Type)
		if text := s.comments[owner.String()+"."+f.Name]; text != "" {
			property["description"] = text
		}
		properties[name] = property
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	if text := s.comments[t.String()]; text != "" {
		out["description"] = text
	}
	return out
}

// comments returns those of the types and fields of some packages.
func comments(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
					commentsOf(file.Name.Name, g, found)
				}
			}
		}
	}
	return found
}

func commentsOf(pkg string, g *ast.GenDecl, found map[string]string) {
	for _, spec := range g.Specs {
		named := spec.(*ast.TypeSpec)
		name := pkg + "." + named.Name.Name
		found[name] = oneLine(g.Doc)
		body, ok := named.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range body.Fields.List {
			for _, n := range f.Names {
				found[name+"."+n.Name] = strings.TrimSpace(oneLine(f.Doc) + " " + oneLine(f.Comment))
			}
		}
	}
}

func oneLine(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }
