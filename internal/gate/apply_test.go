package gate_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

// apply edits the file that a change is for.
func apply(t *testing.T, c verdict.Change) {
	t.Helper()
	raw, err := os.ReadFile(c.File)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case c.Language == "hcl":
		raw = inCode(t, raw, c)
	case strings.HasSuffix(c.File, ".tf.json"):
		raw = inJSONCode(t, raw, c)
	default:
		raw = inTemplate(t, raw, c)
	}
	if err := os.WriteFile(c.File, raw, 0o644); err != nil {
		t.Fatal(err)
	}
}

func parsed(t *testing.T, code string) *hclwrite.File {
	t.Helper()
	f, diags := hclwrite.ParseConfig([]byte(code), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v in\n%s", diags, code)
	}
	return f
}

// formatted is a mend as terraform fmt leaves it, which is as it was.
func formatted(t *testing.T, code string) string {
	t.Helper()
	if want := strings.TrimRight(string(hclwrite.Format([]byte(code+"\n"))), "\n"); code != want {
		t.Errorf("terraform fmt would change\n%s\nto\n%s", code, want)
	}
	return code + "\n"
}

var statements = regexp.MustCompile(`Statement\s*=\s*\[`)

func inCode(t *testing.T, raw []byte, c verdict.Change) []byte {
	t.Helper()
	f := parsed(t, string(raw))
	if c.Resource != "" {
		body := blockIn(t, f, c.Resource).Body()
		merge(body, parsed(t, formatted(t, c.Set)).Body())
		for _, gone := range c.Remove {
			body.RemoveAttribute(gone)
		}
		switch {
		case c.Append == "":
		case c.Into == "":
			for _, b := range parsed(t, formatted(t, c.Append)).Body().Blocks() {
				body.AppendBlock(b)
			}
		default:
			name, _, _ := strings.Cut(c.Into, ".")
			old := string(body.GetAttribute(name).Expr().BuildTokens(nil).Bytes())
			at := statements.FindStringIndex(old)
			if at == nil {
				t.Fatalf("no Statement in %s", old)
			}
			body.SetAttributeRaw(name, parsed(t, "x = "+old[:at[1]]+"\n"+c.Append+",\n"+old[at[1]:]+"\n").Body().GetAttribute("x").Expr().BuildTokens(nil))
		}
	}
	return append(f.Bytes(), []byte("\n"+formatted(t, c.Add))...)
}

func blockIn(t *testing.T, f *hclwrite.File, address string) *hclwrite.Block {
	t.Helper()
	parts := strings.Split(address, ".")
	typ, name := parts[len(parts)-2], parts[len(parts)-1]
	kind := "resource"
	if len(parts) > 2 && parts[len(parts)-3] == "data" {
		kind = "data"
	}
	b := f.Body().FirstMatchingBlock(kind, []string{typ, name})
	if b == nil {
		t.Fatalf("no %s", address)
	}
	return b
}

// merge writes arguments over those that are there.
func merge(into, from *hclwrite.Body) {
	for name, a := range from.Attributes() {
		into.SetAttributeRaw(name, a.Expr().BuildTokens(nil))
	}
	for _, b := range from.Blocks() {
		if old := into.FirstMatchingBlock(b.Type(), nil); old != nil {
			merge(old.Body(), b.Body())
		} else {
			into.AppendBlock(b)
		}
	}
}

// inJSONCode edits Terraform's code in JSON.
func inJSONCode(t *testing.T, raw []byte, c verdict.Change) []byte {
	t.Helper()
	top := node(t, string(raw))
	if c.Resource != "" {
		kind, parts := "resource", strings.Split(c.Resource, ".")
		if len(parts) > 2 && parts[len(parts)-3] == "data" {
			kind = "data"
		}
		body := only(under(t, top, append([]string{kind}, parts[len(parts)-2:]...)...))
		mergeNodes(body, snippet(t, c, c.Set))
		for _, gone := range c.Remove {
			take(t, body, gone)
		}
		if c.Append != "" {
			appendInJSON(t, body, c)
		}
	}
	mergeNodes(top, snippet(t, c, c.Add))
	var any any
	if err := top.Decode(&any); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(any)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// only is a block, of which JSON has one as it is or as a list of one.
func only(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		return n.Content[0]
	}
	return n
}

// appendInJSON adds a block, or a statement to the text of a policy.
func appendInJSON(t *testing.T, body *yaml.Node, c verdict.Change) {
	t.Helper()
	name, inner, _ := strings.Cut(c.Into, ".")
	if at := inJSONText.FindStringIndex(under(t, body, name).Value); inner != "" && at != nil {
		old := under(t, body, name).Value
		under(t, body, name).Value = old[:at[1]] + c.Append + "," + old[at[1]:]
		return
	}
	for i := 0; i < len(body.Content); i += 2 {
		if body.Content[i].Value == name {
			list := body.Content[i+1]
			if list.Kind != yaml.SequenceNode {
				list = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{list}}
				body.Content[i+1] = list
			}
			list.Content = append(list.Content, node(t, c.Append))
			return
		}
	}
	t.Fatalf("no %s", c.Into)
}

var inJSONText = regexp.MustCompile(`"?Statement"?\s*[=:]\s*\[`)

// take removes what lies at a path.
func take(t *testing.T, n *yaml.Node, gone string) {
	t.Helper()
	path := strings.Split(gone, ".")
	for _, step := range path[:len(path)-1] {
		n = only(under(t, n, step))
	}
	last := path[len(path)-1]
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == last {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
	t.Fatalf("no %s", gone)
}

// inTemplate edits a template; JSON is YAML, too, and stays JSON.
func inTemplate(t *testing.T, raw []byte, c verdict.Change) []byte {
	t.Helper()
	top := node(t, string(raw))
	if c.Resource != "" {
		parts := strings.Split(c.Resource, ".")
		properties := under(t, top, "Resources", parts[len(parts)-1], "Properties")
		mergeNodes(properties, snippet(t, c, c.Set))
		for _, gone := range c.Remove {
			path := strings.Split(gone, ".")
			in := under(t, properties, path[:len(path)-1]...)
			for i := 0; i < len(in.Content); i += 2 {
				if in.Content[i].Value == path[len(path)-1] {
					in.Content = slices.Delete(in.Content, i, i+2)
				}
			}
		}
		if c.Append != "" {
			items := node(t, c.Append)
			list := under(t, properties, strings.Split(c.Into, ".")...)
			if items.Kind == yaml.SequenceNode {
				list.Content = append(list.Content, items.Content...)
			} else {
				list.Content = append(list.Content, items)
			}
		}
	}
	mergeNodes(top, snippet(t, c, c.Add))
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	if err := enc.Encode(top); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func snippet(t *testing.T, c verdict.Change, text string) *yaml.Node {
	t.Helper()
	if c.Language == "json" {
		text = "{" + text + "}"
		if !json.Valid([]byte(text)) {
			t.Fatalf("no JSON: %s", text)
		}
	}
	if text == "" {
		return &yaml.Node{Kind: yaml.MappingNode}
	}
	return node(t, text)
}

func node(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return n.Content[0]
}

// under is what lies at a path of names and indexes.
func under(t *testing.T, n *yaml.Node, path ...string) *yaml.Node {
	t.Helper()
	for _, step := range path {
		at := -1
		if i, err := strconv.Atoi(step); err == nil {
			at = i
		}
		for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				at = i + 1
			}
		}
		if at < 0 {
			t.Fatalf("no %s in %s", step, strings.Join(path, "."))
		}
		n = n.Content[at]
	}
	return n
}

func mergeNodes(into, from *yaml.Node) {
	for i := 0; i < len(from.Content); i += 2 {
		mergeMember(into, from.Content[i], from.Content[i+1])
	}
}

// mergeMember writes over what is there, inside objects that are no functions.
func mergeMember(into, name, v *yaml.Node) {
	for i := 0; i < len(into.Content); i += 2 {
		old := into.Content[i+1]
		switch {
		case into.Content[i].Value != name.Value:
			continue
		case old.Kind == yaml.MappingNode && v.Kind == yaml.MappingNode && !isFunction(old) && !isFunction(v):
			mergeNodes(old, v)
		case old.Tag == "!!seq" && v.Kind == yaml.SequenceNode && v.Content[0].Kind == yaml.MappingNode && !isFunction(v.Content[0]):
			mergeNodes(old.Content[0], v.Content[0])
		default:
			into.Content[i+1] = v
		}
		return
	}
	into.Content = append(into.Content, name, v)
}

// isFunction says whether a node is a reference in its long form.
func isFunction(n *yaml.Node) bool {
	return len(n.Content) > 0 && (n.Content[0].Value == "Ref" || strings.HasPrefix(n.Content[0].Value, "Fn::"))
}
