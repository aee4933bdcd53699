package edit

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Declared returns the addresses of what a file declares, as a reference would name them:
// module.x, var.x, data.T.x and T.x in Terraform, the name alone of a resource or
// parameter in a template. It is empty for a file that does not parse.
func Declared(name string, text []byte) map[string]bool {
	switch {
	case isTerraformJSON(name):
		return declaredInJSON(text)
	case isHCL(name):
		return declaredInHCL(text)
	}
	out := map[string]bool{}
	if root, err := parseTree(text); err == nil {
		for _, section := range []string{"Parameters", "Resources"} {
			eachMember(memberOf(root, section), func(key string, _ *yaml.Node) { out[key] = true })
		}
	}
	return out
}

func isTerraformJSON(name string) bool {
	return strings.HasSuffix(name, ".tf.json") || strings.HasSuffix(name, ".tofu.json")
}

// IsTerraform reports whether a file is one of Terraform or OpenTofu code, in either
// syntax.
func IsTerraform(name string) bool { return isHCL(name) || isTerraformJSON(name) }

// Language is that of a file: hcl, json or yaml.
func Language(name string) string {
	switch {
	case isHCL(name):
		return "hcl"
	case strings.HasSuffix(name, ".json"):
		return "json"
	}
	return "yaml"
}

func isHCL(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tofu")
}

func declaredInHCL(text []byte) map[string]bool {
	out := map[string]bool{}
	file, _ := hclsyntax.ParseConfig(text, "", hcl.InitialPos)
	if file == nil {
		return out
	}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		out[blockAddress(b.Type, b.Labels)] = true
	}
	return out
}

// blockAddress is how a reference names a block.
func blockAddress(typ string, labels []string) string {
	switch typ {
	case "resource":
	case "variable":
		typ = "var"
		fallthrough
	default:
		labels = slices.Concat([]string{typ}, labels)
	}
	return strings.Join(labels, ".")
}

func declaredInJSON(text []byte) map[string]bool {
	out := map[string]bool{}
	root, err := parseTree(text)
	if err != nil {
		return out
	}
	eachMember(root, func(typ string, blocks *yaml.Node) {
		eachMember(blocks, func(label string, inner *yaml.Node) {
			if typ != "resource" && typ != "data" {
				out[blockAddress(typ, []string{label})] = true
				return
			}
			eachMember(inner, func(name string, _ *yaml.Node) { out[blockAddress(typ, []string{label, name})] = true })
		})
	})
	return out
}

// eachMember visits the members of an object, or of each object in a list.
func eachMember(n *yaml.Node, visit func(key string, value *yaml.Node)) {
	switch {
	case n == nil:
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			eachMember(item, visit)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			visit(n.Content[i].Value, n.Content[i+1])
		}
	}
}

// memberOf is the member of an object; nil where there is none.
func memberOf(n *yaml.Node, key string) (found *yaml.Node) {
	eachMember(n, func(name string, value *yaml.Node) {
		if name == key && found == nil {
			found = value
		}
	})
	return found
}

// WithoutDeclared returns a change that adds none of the variables and data sources that
// are declared already: several fixes may need the same one.
func WithoutDeclared(c verdict.Change, declared map[string]string) verdict.Change {
	if c.Language != "hcl" || c.Add == "" {
		return c // members of JSON and YAML are merged
	}
	file, err := parse([]byte(c.Add + "\n"))
	if err != nil {
		return c
	}
	body := file.Body()
	removed := false
	for _, b := range body.Blocks() {
		if shared := b.Type() == "variable" || b.Type() == "data"; shared && declared[blockAddress(b.Type(), b.Labels())] != "" {
			body.RemoveBlock(b)
			removed = true
		}
	}
	if removed {
		c.Add = string(bytes.TrimSpace(hclwrite.Format(file.Bytes())))
	}
	return c
}
