package policy

import (
	"fmt"
	"math/big"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	operand "github.com/open-policy-agent/opa/v1/topdown/builtins"
)

// maxShift bounds how far bits.lsh shifts: a result takes memory at once, before
// anybody can look at how much.
const maxShift = 1 << 16

// boundFunctions puts a bound before what a single call of some functions makes.
// OPA has one set of functions for the whole process, so it happens once, before
// the first query.
var boundFunctions = sync.OnceFunc(func() {
	shift := topdown.GetBuiltin(ast.BitsShiftLeft.Name)
	topdown.RegisterBuiltinFunc(ast.BitsShiftLeft.Name, func(ctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
		by, err := operand.BigIntOperand(operands[1].Value, 2)
		if err == nil && by.Cmp(big.NewInt(maxShift)) > 0 {
			return operand.NewOperandErr(2, fmt.Sprintf("must be at most %d", maxShift))
		}
		return shift(ctx, operands, iter)
	})
})
