// Package funcs has Terraform's functions: one table with the implementation of each, its
// cost, and what is known of its result if its arguments are only partly known. It does not parse or evaluate expressions.
package funcs

import (
	"iter"
	"maps"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

// A Host provides what functions need from the evaluator.
type Host struct {
	// readFile reads a file that the code names.
	ReadFile func(name string) ([]byte, error)
	// render evaluates a template with variables of its own. The template is in the
	// file with the name, or in none.
	Render func(template cty.Value, name string, variables cty.Value) (cty.Value, error)
}

// A Library has the functions of one evaluation, and counts what they cost.
type Library struct {
	budget *value.Budget
	host   Host
	made   map[string]function.Function
}

// New returns the functions, which count their costs in a budget.
func New(b *value.Budget, h Host) *Library {
	return &Library{budget: b, host: h, made: map[string]function.Function{}}
}

// Call calls a function that is evaluated with values, and counts what it
// reads and makes. Every call of a function of the library comes through here. marks
// are those of the arguments.
func (l *Library) Call(name string, args []cty.Value, marks cty.ValueMarks) (cty.Value, error) {
	v, err := l.applied(name, args, len(marks))
	if err != nil {
		return v, err
	}
	switch r := table()[name].result; {
	case r == argumentChoice && !v.IsKnown() && !v.HasMark(value.Mark{Kind: value.Chosen}) && !anyOutlined([]cty.Value{v}):
		v = v.WithMarks(value.UnknownPartMarks(marks))
	case r == newValue && len(marks) > 0 && v.ContainsMarked():
		v = v.Mark(value.Mark{Kind: value.Made})
	}
	return v, nil
}

func (l *Library) applied(name string, args []cty.Value, marks int) (v cty.Value, err error) {
	in, err := value.Weigh(args...)
	if err == nil {
		err = l.budget.Touch(in.Work(priceOf(name)))
	}
	if err == nil {
		v, err = table()[name].symbols.apply(name, l.function(name), args)
	}
	if err != nil {
		return v, err
	}
	out, err := value.Weigh(v)
	if err == nil {
		err = l.budget.Touch(out.Work(priceOf(name)) + marks*value.MarkWork)
	}
	if err == nil {
		err = l.budget.Hold(out.Size() + marks*value.ElementSize)
	}
	return v, err
}

// function returns a function of the table, made when it is first called.
func (l *Library) function(name string) function.Function {
	f, ok := l.made[name]
	if !ok {
		f = table()[name].new(l)
		l.made[name] = f
	}
	return f
}

func priceOf(name string) int { return max(value.ByteWork, table()[name].price) }

// IsFunction reports whether Terraform has a function of this name.
func IsFunction(name string) bool {
	_, ok := table()[name]
	return ok
}

// IsEvaluated reports whether a function of values is evaluated here.
func IsEvaluated(name string) bool { return table()[name].new != nil }

// FunctionNames returns the names of all functions.
func FunctionNames() iter.Seq[string] { return maps.Keys(table()) }

// IsListFunction reports whether a function makes a list of whatever it is given.
func IsListFunction(name string) bool { return table()[name].isList }

// ReadsFile reports whether the first argument of a function is the path of a file.
func ReadsFile(name string) bool { return table()[name].readsFile }

// MayDiffer reports whether Terraform's value may be another one: iacgate does not
// evaluate the function, or Terraform reads another file, or parses it differently.
func MayDiffer(name string) bool {
	r, ok := table()[name]
	return ok && (r.new == nil && !r.takesExpressions || r.readsFile || r.mayDiffer)
}
