package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// partition is the one that all ARNs which the code writes out agree on; "" where
// they name none or several.
func (l *loader) partition() string {
	if !l.surveyed {
		l.surveyed = true
		l.survey(l.modules[l.tree.dir], "", map[string]bool{})
	}
	return l.partitions.One()
}

// survey loads the modules that the code calls by plain texts, so that their ARNs
// count from the beginning. What is wrong with them is said where they are
// called.
func (l *loader) survey(m *module, key string, seen map[string]bool) {
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
		dir, why := l.locate(m.dir, inner, source, version)
		if why != "" {
			continue
		}
		if dir == ".." || strings.HasPrefix(dir, "../") {
			continue
		}
		if called, err := l.module(dir); err == nil {
			l.survey(called, inner, seen)
		}
	}
}

// isLocal says whether the source of a module is a path.
func isLocal(source string) bool {
	return strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../") || source == "." || source == ".."
}

// noteARNs notes the partitions of the ARNs in a text of the code.
func (l *loader) noteARNs(n hclsyntax.Node) {
	e, ok := n.(*hclsyntax.LiteralValueExpr)
	if !ok || e.Val.Type() != cty.String || !e.Val.IsKnown() || e.Val.IsNull() {
		return
	}
	l.partitions.Add(e.Val.AsString())
}
