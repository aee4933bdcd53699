package policy

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/print"
)

// A query asks compiled policies for the value of one reference. It is OPA's
// package rego without what only bundles, plugins and WebAssembly need.
type query struct {
	compiler *ast.Compiler
	body     ast.Body
}

// queried is the variable that holds the answer.
const queried = ast.Var("queried")

func newQuery(compiler *ast.Compiler, ref ast.Ref) (query, error) {
	boundFunctions()
	body, err := compiler.QueryCompiler().Compile(ast.NewBody(ast.Equality.Expr(ast.VarTerm(string(queried)), ast.NewTerm(ref))))
	return query{compiler, body}, err
}

// A question holds the arguments of an evaluation.
type question struct {
	input  ast.Value        // nil for none
	store  store            // data
	strict bool             // the first error of a function ends the evaluation, instead of making a value undefined
	errors *[]topdown.Error // where errors of functions go, too; nil for nowhere
	tracer topdown.QueryTracer
	print  print.Hook
}

// answer returns the value as JSON has it; nil if it is undefined.
func (q query) answer(ctx context.Context, is question) (any, error) {
	value, err := q.value(ctx, is)
	if value == nil || err != nil {
		return nil, err
	}
	return ast.JSON(value)
}

// value returns the value as Rego has it; nil if it is undefined.
func (q query) value(ctx context.Context, is question) (ast.Value, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	run := topdown.NewQuery(q.body).WithCompiler(q.compiler).WithStore(is.store).
		WithStrictBuiltinErrors(is.strict).WithBuiltinErrorList(is.errors).WithCancel(cancel).WithPrintHook(is.print)
	if is.input != nil {
		run = run.WithInput(ast.NewTerm(is.input))
	}
	if is.tracer != nil {
		run = run.WithQueryTracer(is.tracer)
	}
	var value ast.Value
	err := run.Iter(ctx, func(result topdown.QueryResult) error {
		value = result[queried].Value
		return nil
	})
	return value, err
}
