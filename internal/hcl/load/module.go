package load

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// A Module is the code of one directory, before anything is evaluated.
type Module struct {
	Dir       string // in the tree
	Variables map[string]*hclsyntax.Block
	Locals    map[string]*hclsyntax.Attribute
	Outputs   map[string]*hclsyntax.Block
	Providers []*hclsyntax.Block
	Calls     map[string]*hclsyntax.Block
	Resources map[syntax.ResourceName]*hclsyntax.Block
	Settings  []*hclsyntax.Block // terraform blocks
	Removed   []*hclsyntax.Block
	Sensitive []hclsyntax.Expression // what the code gives to sensitive()

	files []File

	Order     []syntax.ResourceName // of resources, as written
	CallOrder []string
}

// add adds a block of the top level. Blocks that move, import or check
// things do not change the resources; a removed resource may stay.
func (m *Module) add(b *hclsyntax.Block, override bool) error {
	if want, ok := syntax.LabelCounts[b.Type]; ok && len(b.Labels) != want {
		return syntax.DiagnosticAt(b.DefRange(), "a %s block must have %s", b.Type, []string{"no label", "one label", "two labels"}[want])
	}
	switch b.Type {
	case "variable":
		return put(m.Variables, b.Labels[0], b, override)
	case "output":
		return put(m.Outputs, b.Labels[0], b, override)
	case "module":
		if m.Calls[b.Labels[0]] == nil {
			m.CallOrder = append(m.CallOrder, b.Labels[0])
		}
		return put(m.Calls, b.Labels[0], b, override)
	case "provider":
		return m.addProvider(b, override)
	case "locals":
		for _, a := range syntax.SortedAttributes(b.Body) {
			if m.Locals[a.Name] != nil && !override {
				return syntax.DiagnosticAt(a.NameRange, "local.%s is defined twice", a.Name)
			}
			m.Locals[a.Name] = a
		}
	case "resource":
		return m.addResource(resource.Managed, b, override)
	case "data":
		return m.addResource(resource.Data, b, override)
	case "terraform":
		m.Settings = append(m.Settings, b)
	case "removed":
		m.Removed = append(m.Removed, b)
	}
	return nil
}

// same returns the module's block with the name of a resource or module call; nil for
// any other block.
func (m *Module) same(b *hclsyntax.Block) *hclsyntax.Block {
	switch b.Type {
	case "module":
		return m.Calls[b.Labels[0]]
	case "resource":
		return m.Resources[syntax.ResourceName{Mode: resource.Managed, Type: b.Labels[0], Name: b.Labels[1]}]
	case "data":
		return m.Resources[syntax.ResourceName{Mode: resource.Data, Type: b.Labels[0], Name: b.Labels[1]}]
	}
	return nil
}

func (m *Module) addResource(mode resource.Mode, b *hclsyntax.Block, override bool) error {
	name := syntax.ResourceName{Mode: mode, Type: b.Labels[0], Name: b.Labels[1]}
	if m.Resources[name] == nil {
		m.Order = append(m.Order, name)
	}
	return put(m.Resources, name, b, override)
}

func (m *Module) addProvider(b *hclsyntax.Block, override bool) error {
	key := ProviderKey(b)
	i := slices.IndexFunc(m.Providers, func(o *hclsyntax.Block) bool { return ProviderKey(o) == key })
	switch {
	case i < 0:
		m.Providers = append(m.Providers, b)
	case override:
		mergeBlock(m.Providers[i], b)
	default:
		return duplicateError(b)
	}
	return nil
}

// put adds a block under a name, or merges it into the one that it overrides.
func put[K comparable](blocks map[K]*hclsyntax.Block, name K, b *hclsyntax.Block, override bool) error {
	switch base := blocks[name]; {
	case base == nil:
		blocks[name] = b
	case override:
		mergeBlock(base, b)
	default:
		return duplicateError(b)
	}
	return nil
}

func duplicateError(b *hclsyntax.Block) error {
	text := b.Type
	for _, l := range b.Labels {
		text += " " + syntax.Quote(l)
	}
	return syntax.DiagnosticAt(b.DefRange(), "%s is defined twice", text)
}

// mergeBlock merges a block of an override file as Terraform does: an argument
// replaces the argument, the blocks of a type replace all blocks of the type,
// except that lifecycle blocks are merged.
// https://developer.hashicorp.com/terraform/language/files/override
func mergeBlock(base, over *hclsyntax.Block) {
	for name, a := range over.Body.Attributes {
		base.Body.Attributes[name] = a
	}
	replaced := map[string]bool{}
	for _, b := range over.Body.Blocks {
		i := slices.IndexFunc(base.Body.Blocks, func(o *hclsyntax.Block) bool { return o.Type == "lifecycle" && b.Type == "lifecycle" })
		if i >= 0 {
			mergeBlock(base.Body.Blocks[i], b)
			continue
		}
		replaced[syntax.BlockName(b)] = true
	}
	base.Body.Blocks = slices.DeleteFunc(base.Body.Blocks, func(b *hclsyntax.Block) bool { return replaced[syntax.BlockName(b)] })
	for _, b := range over.Body.Blocks {
		if replaced[syntax.BlockName(b)] {
			base.Body.Blocks = append(base.Body.Blocks, b)
		}
	}
}

// ProviderKey returns the name of a provider configuration within its module: aws,
// aws.frankfurt.
func ProviderKey(b *hclsyntax.Block) string {
	if alias, ok := eval.Literal(b, "alias"); ok {
		return b.Labels[0] + "." + alias
	}
	return b.Labels[0]
}

// InModulesDir reports whether a directory lies in one that is named modules.
func InModulesDir(base, dir string) bool {
	rel, err := filepath.Rel(base, dir)
	return err == nil && slices.Contains(strings.Split(filepath.ToSlash(rel), "/"), "modules")
}

// madeSensitive returns the arguments of sensitive() in a body.
func madeSensitive(body *hclsyntax.Body) (found []hclsyntax.Expression) {
	for _, a := range body.Attributes {
		_ = hclsyntax.VisitAll(a.Expr, func(n hclsyntax.Node) hcl.Diagnostics {
			if call, ok := n.(*eval.Call); ok && strings.TrimPrefix(call.Name, "core::") == "sensitive" && len(call.Args) == 1 {
				found = append(found, call.Args[0])
			}
			return nil
		})
	}
	for _, b := range body.Blocks {
		found = append(found, madeSensitive(b.Body)...)
	}
	return found
}
