package remedy

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/resource"
)

// added writes what stands beside the resources that are there, in the order of
// the chain.
func (w *work) added() string {
	var out *yaml.Node
	switch {
	case w.language == HCL:
		return w.beside()
	case w.terraform:
		out = w.sections()
	default:
		out = w.parts()
	}
	if len(out.Content) == 0 {
		return ""
	}
	return w.encode(out)
}

// purpose is what the variable is for that asks for an address.
const purpose = "who reads the alarms"

// beside are the blocks of Terraform's own syntax.
func (w *work) beside() string {
	var parts []string
	if w.asks() {
		parts = append(parts, "data \"aws_caller_identity\" \"current\" {}")
	}
	if w.input != "" {
		parts = append(parts, format("variable \""+w.input+"\" {\ndescription = "+literal(purpose).hcl(w.scope)+"\ntype = string\n}\n"))
	}
	if len(w.blocks) > 0 {
		parts = append(parts, w.add(w.blocks))
	}
	return strings.Join(parts, "\n\n")
}

// asks says whether the account has to be asked for, which nothing does yet.
func (w *work) asks() bool {
	return w.terraform && w.data && !slices.ContainsFunc(w.resources, func(r *resource.Resource) bool {
		return r.Address == strings.TrimPrefix(w.module+".data.aws_caller_identity.current", ".")
	})
}

// parts are the sections of a template.
func (w *work) parts() *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	if w.input != "" {
		out.Content = append(out.Content, literal("Parameters").node(w.scope), object{
			{w.input, object{{"Type", literal("String")}, {"Description", literal(purpose)}}},
		}.node(w.scope))
	}
	if len(w.blocks) > 0 {
		out.Content = append(out.Content, literal("Resources").node(w.scope), w.whole(w.blocks))
	}
	return out
}

func jsonText(n *yaml.Node) string {
	var b bytes.Buffer
	writeJSON(&b, n, "")
	return b.String()
}
