package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// A scope is a module instance, which resolves the names in its code.
type scope struct {
	ev     *evaluation
	config *load.Module
	path   string // its address, "" for the root module
	depth  int

	// What calls it, nil for the root module.
	parent *scope
	block  *hclsyntax.Block
	outer  *hcl.EvalContext // of the call's arguments, with each and count

	base      *hcl.EvalContext
	inputs    map[string]*eval.Cell
	given     map[string]cty.Value // the root module's variables
	locals    map[string]*eval.Cell
	outputs   map[string]*eval.Cell
	resources map[syntax.ResourceName]*expansion
	calls     map[string]*moduleCall
	providers map[string]*configuration
	hopMarks  map[string]cty.ValueMarks    // of what names bring in, see hopTracker
	trail     map[string]resource.Position // the calls that lead here
	ignores   []*resource.InlineWaiver     // at the calls that lead here
	uncertain string                       // why it is not known whether it is there
	installed bool                         // its code is not that of who is judged
}

// moduleCall are the instances of a module call.
type moduleCall struct {
	scope     *scope // that calls
	name      string
	block     *hclsyntax.Block // nil if there is no such call
	repeated  repetition
	busy      bool
	missing   bool // the module's code is not there
	installed bool // it comes from elsewhere, or from what does
	scopes    []*scope
	byKey     map[resource.Key]*scope
	whole     eval.Cell
}

// An expansion is the instances of a resource.
type expansion struct {
	scope     *scope
	name      syntax.ResourceName
	block     *hclsyntax.Block // nil if there is no such resource
	repeated  repetition
	busy      bool
	instances []*instance
	byKey     map[resource.Key]*instance
	whole     eval.Cell
	places    map[string]resource.Position // of arguments, once they are asked for
}

// An instance is one instance of a resource.
type instance struct {
	*expansion
	key       resource.Key
	address   string
	ctx       *hcl.EvalContext
	arguments map[string]*eval.Cell
	where     *resource.Scope // once it is found
}

// repetition has the instances of a resource or module.
type repetition struct {
	kind  resource.KeyKind
	keys  []iteration
	marks cty.ValueMarks // of what decides
	// unsettled says that their number is not known: one instance without a key
	// represents all of them.
	unknown bool
	why     string
}

// An iteration is one instance of a repeated block.
type iteration struct {
	key   resource.Key
	names map[string]cty.Value // each or count
}

// A configuration is a provider configuration: the place that it leads to, and the
// arguments that decide the place.
type configuration struct {
	place       resource.Scope
	region      statement
	credentials string // all that may decide the account, in one text
}

// A statement is the meaning of an expression: a text that is known, or a name
// that is the same wherever the same is meant. The zero value is null.
type statement struct {
	text  string
	known bool
	named bool // the name is a symbol's
}

func (ev *evaluation) newScope(config *load.Module, path string) *scope {
	s := &scope{
		ev: ev, config: config, path: path,
		inputs: map[string]*eval.Cell{}, locals: map[string]*eval.Cell{}, outputs: map[string]*eval.Cell{},
		resources: map[syntax.ResourceName]*expansion{}, calls: map[string]*moduleCall{}, providers: map[string]*configuration{},
		trail: map[string]resource.Position{}, hopMarks: map[string]cty.ValueMarks{},
	}
	s.base = ev.Context(s, map[string]cty.Value{
		"path": cty.ObjectVal(map[string]cty.Value{
			"module": cty.StringVal(ev.Tree.FromRoot(config.Dir)), "root": cty.StringVal("."),
			"cwd": value.UnknownSymbol(cty.String, value.Mark{Kind: value.Opaque, Address: "path.cwd"}),
		}),
		"terraform": cty.ObjectVal(map[string]cty.Value{
			"workspace": ev.workspaceValue(), "env": ev.workspaceValue(), "applying": cty.False,
		}),
	})
	s.base.Variables["tofu"] = s.base.Variables["terraform"]
	return s
}

// with returns a context of the scope with further names.
func (s *scope) with(names map[string]cty.Value) *hcl.EvalContext {
	if len(names) == 0 {
		return s.base
	}
	ctx := s.base.NewChild()
	ctx.Variables = names
	return ctx
}

// in prefixes an address with the module's.
func (s *scope) in(address string) string {
	if s.path == "" {
		return address
	}
	return s.path + "." + address
}
