package load

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
)

// Partition is the one that all ARNs which the code writes out agree on; "" where
// they name none or several.
func (l *Loader) Partition() string {
	if !l.surveyed {
		l.surveyed = true
		l.survey(l.Modules[l.Tree.Dir], "", map[string]bool{})
	}
	return l.Partitions.One()
}

// survey loads the modules that the code calls by plain texts, so that their ARNs
// count from the beginning. What is wrong with them is said where they are
// called.
func (l *Loader) survey(m *Module, key string, seen map[string]bool) {
	if m == nil || seen[m.Dir] || len(seen) > MaxModules {
		return
	}
	seen[m.Dir] = true
	for _, name := range m.CallOrder {
		source, ok := eval.Literal(m.Calls[name], "source")
		if !ok {
			continue
		}
		inner := strings.TrimPrefix(key+"."+name, ".")
		version, _ := eval.Literal(m.Calls[name], "version")
		dir, why := l.Installed.Locate(m.Dir, inner, source, version)
		if why != "" {
			continue
		}
		if dir == ".." || strings.HasPrefix(dir, "../") {
			continue
		}
		if called, err := l.Module(dir); err == nil {
			l.survey(called, inner, seen)
		}
	}
}

// noteARNs notes the partitions of the ARNs in a text of the code.
func (l *Loader) noteARNs(n hclsyntax.Node) {
	e, ok := n.(*hclsyntax.LiteralValueExpr)
	if !ok || e.Val.Type() != cty.String || !e.Val.IsKnown() || e.Val.IsNull() {
		return
	}
	l.Partitions.Add(e.Val.AsString())
}
