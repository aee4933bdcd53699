package policy

import (
	"fmt"
	"math/big"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	operand "github.com/open-policy-agent/opa/v1/topdown/builtins"
)

// Bounds of what a single call takes its memory for at once, before anybody can
// look at how much.
const (
	maxShift  = 1 << 16  // bits, of bits.lsh
	maxJoined = 64 << 20 // bytes, of concat
)

// boundFunctions puts a bound before what a single call of some functions makes.
// OPA has one set of functions for the whole process, so it happens once, before
// the first query.
var boundFunctions = sync.OnceFunc(func() {
	bound(ast.BitsShiftLeft, shiftsFar)
	bound(ast.Concat, joinsMuch)
})

// bound lets a function refuse its operands.
func bound(b *ast.Builtin, refuse func(operands []*ast.Term) error) {
	do := topdown.GetBuiltin(b.Name)
	topdown.RegisterBuiltinFunc(b.Name, func(ctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
		if err := refuse(operands); err != nil {
			return err
		}
		return do(ctx, operands, iter)
	})
}

func shiftsFar(operands []*ast.Term) error {
	by, err := operand.BigIntOperand(operands[1].Value, 2)
	if err == nil && by.Cmp(big.NewInt(maxShift)) > 0 {
		return operand.NewOperandErr(2, fmt.Sprintf("must be at most %d", maxShift))
	}
	return nil
}

// joinsMuch leaves operands of other types to the function itself.
func joinsMuch(operands []*ast.Term) error {
	between, _ := operands[0].Value.(ast.String)
	size := 0
	count := func(t *ast.Term) {
		text, _ := t.Value.(ast.String)
		size += len(between) + len(text)
	}
	switch all := operands[1].Value.(type) {
	case *ast.Array:
		all.Foreach(count)
	case ast.Set:
		all.Foreach(count)
	}
	if size > maxJoined {
		return operand.NewOperandErr(2, fmt.Sprintf("must make at most %d MiB", maxJoined>>20))
	}
	return nil
}
