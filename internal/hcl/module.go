package hcl

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/resource"
)

// What one directory may ask for. Real ones stay far below.
const (
	maxDepth   = 64     // modules inside modules
	maxModules = 10_000 // module instances
	maxNames   = 10_000 // different names of attributes
)

// A module is the code of one directory, before anything is evaluated.
type module struct {
	dir       string // in the tree
	variables map[string]*hclsyntax.Block
	locals    map[string]*hclsyntax.Attribute
	outputs   map[string]*hclsyntax.Block
	providers []*hclsyntax.Block
	calls     map[string]*hclsyntax.Block
	resources map[resourceName]*hclsyntax.Block
	settings  []*hclsyntax.Block // terraform blocks
	removed   []*hclsyntax.Block
	sensitive []hclsyntax.Expression // what the code gives to sensitive()

	files []file

	order     []resourceName // of resources, as written
	callOrder []string
}

// resourceName is a resource within its module.
type resourceName struct {
	mode resource.Mode
	typ  string
	name string
}

func (n resourceName) String() string {
	if n.mode == resource.Data {
		return "data." + n.typ + "." + n.name
	}
	return n.typ + "." + n.name
}

// module loads the module in a directory, once.
func (l *loader) module(dir string) (*module, error) {
	if m, ok := l.modules[dir]; ok {
		return m, nil
	}
	files, err := l.files(dir)
	if err != nil {
		return nil, err
	}
	m := &module{
		dir: dir, files: files, variables: map[string]*hclsyntax.Block{}, locals: map[string]*hclsyntax.Attribute{},
		outputs: map[string]*hclsyntax.Block{}, calls: map[string]*hclsyntax.Block{}, resources: map[resourceName]*hclsyntax.Block{},
	}
	for _, f := range files {
		m.sensitive = append(m.sensitive, madeSensitive(f.body)...)
		for _, b := range f.body.Blocks {
			if err := m.add(b, f.override); err != nil {
				return nil, err
			}
			l.ignores.override(m.same(b), b)
		}
	}
	l.modules[dir] = m
	return m, nil
}

// add adds a block of the top level. Blocks that only move, import or check
// things change nothing of what there will be; what is removed may stay.
func (m *module) add(b *hclsyntax.Block, override bool) error {
	if want, ok := labels[b.Type]; ok && len(b.Labels) != want {
		return errorAt(b.DefRange(), "a %s block with another number of labels than %s", b.Type, []string{"none", "one", "two"}[want])
	}
	switch b.Type {
	case "variable":
		return put(m.variables, b.Labels[0], b, override)
	case "output":
		return put(m.outputs, b.Labels[0], b, override)
	case "module":
		if m.calls[b.Labels[0]] == nil {
			m.callOrder = append(m.callOrder, b.Labels[0])
		}
		return put(m.calls, b.Labels[0], b, override)
	case "provider":
		return m.addProvider(b, override)
	case "locals":
		for _, a := range sortedAttributes(b.Body) {
			if m.locals[a.Name] != nil && !override {
				return errorAt(a.NameRange, "local.%s is defined twice", a.Name)
			}
			m.locals[a.Name] = a
		}
	case "resource":
		return m.addResource(resource.Managed, b, override)
	case "data":
		return m.addResource(resource.Data, b, override)
	case "terraform":
		m.settings = append(m.settings, b)
	case "removed":
		m.removed = append(m.removed, b)
	}
	return nil
}

// same is what the module has of the name of a resource or module call; nil for
// any other block.
func (m *module) same(b *hclsyntax.Block) *hclsyntax.Block {
	switch b.Type {
	case "module":
		return m.calls[b.Labels[0]]
	case "resource":
		return m.resources[resourceName{resource.Managed, b.Labels[0], b.Labels[1]}]
	case "data":
		return m.resources[resourceName{resource.Data, b.Labels[0], b.Labels[1]}]
	}
	return nil
}

var labels = map[string]int{
	"variable": 1, "output": 1, "module": 1, "provider": 1, "locals": 0, "resource": 2, "data": 2,
}

func (m *module) addResource(mode resource.Mode, b *hclsyntax.Block, override bool) error {
	name := resourceName{mode, b.Labels[0], b.Labels[1]}
	if m.resources[name] == nil {
		m.order = append(m.order, name)
	}
	return put(m.resources, name, b, override)
}

func (m *module) addProvider(b *hclsyntax.Block, override bool) error {
	key := providerKey(b)
	i := slices.IndexFunc(m.providers, func(o *hclsyntax.Block) bool { return providerKey(o) == key })
	switch {
	case i < 0:
		m.providers = append(m.providers, b)
	case override:
		mergeBlock(m.providers[i], b)
	default:
		return twice(b)
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
		return twice(b)
	}
	return nil
}

func twice(b *hclsyntax.Block) error {
	text := b.Type
	for _, l := range b.Labels {
		text += " " + quoted(l)
	}
	return errorAt(b.DefRange(), "%s is defined twice", text)
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
		replaced[blockName(b)] = true
	}
	base.Body.Blocks = slices.DeleteFunc(base.Body.Blocks, func(b *hclsyntax.Block) bool { return replaced[blockName(b)] })
	for _, b := range over.Body.Blocks {
		if replaced[blockName(b)] {
			base.Body.Blocks = append(base.Body.Blocks, b)
		}
	}
}

// blockName is the type of a nested block; a dynamic block makes blocks of
// another type.
func blockName(b *hclsyntax.Block) string {
	if b.Type == "dynamic" && len(b.Labels) == 1 {
		return b.Labels[0]
	}
	return b.Type
}

// argument returns an argument of a block, nil if it is not given.
func argument(b *hclsyntax.Block, name string) hclsyntax.Expression {
	if a := b.Body.Attributes[name]; a != nil {
		return a.Expr
	}
	return nil
}

// literal returns an argument of a block that is a text without references.
func literal(b *hclsyntax.Block, name string) (string, bool) {
	e := argument(b, name)
	if e == nil {
		return "", false
	}
	v, diags := e.Value(someConstant())
	if diags.HasErrors() {
		return "", false
	}
	return textOf(v)
}
