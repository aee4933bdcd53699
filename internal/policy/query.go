package policy

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
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
	body, err := compiler.QueryCompiler().Compile(ast.NewBody(ast.Equality.Expr(ast.VarTerm(string(queried)), ast.NewTerm(ref))))
	return query{compiler, body}, err
}

// A question is what a query is evaluated with.
type question struct {
	input  ast.Value
	store  storage.Store
	strict bool             // the first error of a function ends the evaluation, instead of making a value undefined
	errors *[]topdown.Error // where errors of functions go, too
}

// answer returns the value as JSON has it; nil where it is undefined.
func (q query) answer(ctx context.Context, is question) (any, error) {
	txn, err := is.store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer is.store.Abort(ctx, txn)
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	run := topdown.NewQuery(q.body).WithCompiler(q.compiler).WithStore(is.store).WithTransaction(txn).WithInput(ast.NewTerm(is.input)).
		WithStrictBuiltinErrors(is.strict).WithBuiltinErrorList(is.errors).WithCancel(cancel)
	var answer any
	err = run.Iter(ctx, func(result topdown.QueryResult) error {
		answer, err = ast.JSON(result[queried].Value)
		return err
	})
	return answer, err
}
