package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// partition is the one that all ARNs which the code writes out agree on; "" where
// they name none or several.
func (ev *evaluation) partition() string {
	if !ev.surveyed {
		ev.surveyed = true
		ev.survey(ev.modules[ev.tree.dir], "", map[string]bool{})
	}
	return ev.partitions.One()
}

// survey loads the modules that the code calls by plain texts, so that their ARNs
// count from the beginning. What is wrong with them is said where they are
// called.
func (ev *evaluation) survey(m *module, key string, seen map[string]bool) {
	if m == nil || seen[m.dir] || len(seen) > maxModules {
		return
	}
	seen[m.dir] = true
	for _, name := range m.callOrder {
		source, ok := literal(m.calls[name], "source")
		if !ok {
			continue
		}
		inner := strings.TrimPrefix(key+"."+name, ".")
		version, _ := literal(m.calls[name], "version")
		dir, why := ev.locate(m.dir, inner, source, version)
		if why != "" {
			continue
		}
		if dir == ".." || strings.HasPrefix(dir, "../") {
			continue
		}
		if called, err := ev.module(dir); err == nil {
			ev.survey(called, inner, seen)
		}
	}
}

// isLocal says whether the source of a module is a path.
func isLocal(source string) bool {
	return strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../") || source == "." || source == ".."
}

// noteARNs notes the partitions of the ARNs in a text of the code.
func (ev *evaluation) noteARNs(n hclsyntax.Node) {
	e, ok := n.(*hclsyntax.LiteralValueExpr)
	if !ok || e.Val.Type() != cty.String || !e.Val.IsKnown() || e.Val.IsNull() {
		return
	}
	ev.partitions.Add(e.Val.AsString())
}
