package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

type object = map[string]any

// inJSON returns a copy of a directory with its code in JSON.
func inJSON(t *testing.T, dir string) string {
	t.Helper()
	work := t.TempDir()
	if err := os.CopyFS(work, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(work, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".tf" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, diags := hclsyntax.ParseConfig(raw, path, hcl.InitialPos)
		if diags.HasErrors() {
			return diags
		}
		out, err := json.MarshalIndent(bodyInJSON(f.Body.(*hclsyntax.Body), raw, ""), "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(path+".json", out, 0o644); err != nil {
			return err
		}
		return os.Remove(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	return work
}

// bodyInJSON writes blocks by their labels; those of one kind are a list.
func bodyInJSON(body *hclsyntax.Body, source []byte, of string) object {
	out := object{}
	for name, a := range body.Attributes {
		out[name] = expressionInJSON(a.Expr, source, of == "lifecycle" || slices.Contains([]string{"depends_on", "type", "provider", "providers"}, name))
	}
	for _, b := range body.Blocks {
		in := out
		for _, label := range append([]string{b.Type}, b.Labels...)[:len(b.Labels)] {
			if in[label] == nil {
				in[label] = object{}
			}
			in = in[label].(object)
		}
		last := append([]string{b.Type}, b.Labels...)[len(b.Labels)]
		list, _ := in[last].([]any)
		in[last] = append(list, bodyInJSON(b.Body, source, b.Type))
	}
	return out
}

// expressionInJSON writes names as they are where Terraform wants no template.
func expressionInJSON(e hclsyntax.Expression, source []byte, names bool) any {
	text := string(e.Range().SliceBytes(source))
	if v, diags := e.Value(nil); !diags.HasErrors() && v.IsKnown() && v.Type() == cty.String {
		return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(v.AsString())
	}
	if list, ok := e.(*hclsyntax.TupleConsExpr); ok {
		out := []any{}
		for _, x := range list.Exprs {
			out = append(out, expressionInJSON(x, source, names))
		}
		return out
	}
	if pairs, ok := e.(*hclsyntax.ObjectConsExpr); ok && names { // the providers of a module
		out := object{}
		for _, p := range pairs.Items {
			out[string(p.KeyExpr.Range().SliceBytes(source))] = expressionInJSON(p.ValueExpr, source, true)
		}
		return out
	}
	if names {
		return text
	}
	return "${" + text + "}"
}
