package remedy

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// What is written here is Terraform in its JSON syntax, where references stand
// in templates and blocks of one kind are a list:
// https://developer.hashicorp.com/terraform/language/syntax/json

// sections are the blocks that stand beside those that are there, by kind, type
// and name.
func (w *work) sections() *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	if w.asks() {
		put(out, []string{"data", "aws_caller_identity", "current"}, object{}.node(w.scope))
	}
	if w.input != "" {
		put(out, []string{"variable", w.input}, object{{"description", literal(purpose)}, {"type", literal("string")}}.node(w.scope))
	}
	for _, r := range w.blocks {
		b := jsonBody(w.scope, r.arguments)
		if len(r.after) > 0 {
			var names list
			for _, a := range r.after {
				names = append(names, literal(w.local(a)))
			}
			give(b, "depends_on", names.node(w.scope))
		}
		word, kind, name := w.labels(r.address)
		put(out, []string{word, kind, name}, b)
	}
	return out
}

// jsonBody are the arguments and blocks of a resource.
func jsonBody(s scope, arguments []argument) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	for _, p := range partsOf(arguments) {
		if p.inner == nil {
			give(out, p.path, p.node(s))
			continue
		}
		again(out, p.path, jsonBody(s, p.inner))
	}
	return out
}

// again adds a block, which makes a list where there is one like it.
func again(in *yaml.Node, name string, block *yaml.Node) {
	i := slices.IndexFunc(in.Content, func(n *yaml.Node) bool { return n.Value == name })
	switch {
	case i < 0:
		give(in, name, block)
	case in.Content[i+1].Kind == yaml.SequenceNode:
		in.Content[i+1].Content = append(in.Content[i+1].Content, block)
	default:
		in.Content[i+1] = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{in.Content[i+1], block}}
	}
}

func give(in *yaml.Node, name string, v *yaml.Node) {
	in.Content = append(in.Content, said(name), v)
}
