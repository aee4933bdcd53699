package hcl

import (
	"iter"
	"maps"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// A host does what functions need and cannot do alone.
type host struct {
	// readFile reads a file that the code names.
	readFile func(name string) ([]byte, error)
	// render evaluates a template with variables of its own. The template is in the
	// file with the name, or in none.
	render func(template cty.Value, name string, variables cty.Value) (cty.Value, error)
}

// A library has the functions of one evaluation, and counts what they cost.
type library struct {
	budget *budget
	host   host
	made   map[string]function.Function
}

// newLibrary returns the functions whose costs a budget bears.
func newLibrary(b *budget, h host) *library {
	return &library{budget: b, host: h, made: map[string]function.Function{}}
}

// call calls a function that is evaluated with values, and counts what it goes
// through and makes. This is the one way to a function of the library. Marks are
// those of the arguments.
func (l *library) call(name string, args []cty.Value, marks cty.ValueMarks) (cty.Value, error) {
	v, err := l.applied(name, args, len(marks))
	if err != nil {
		return v, err
	}
	switch r := table[name].result; {
	case r == argumentChoice && !v.IsKnown() && !v.HasMark(mark{kind: chosen}) && !anyOutlined([]cty.Value{v}):
		v = v.WithMarks(undecided(marks))
	case r == newValue && len(marks) > 0 && v.ContainsMarked():
		v = v.Mark(mark{kind: made})
	}
	return v, nil
}

func (l *library) applied(name string, args []cty.Value, marks int) (v cty.Value, err error) {
	in, err := weigh(args...)
	if err == nil {
		err = l.budget.touch(in.work(priceOf(name)))
	}
	if err == nil {
		v, err = table[name].symbols.apply(name, l.function(name), args)
	}
	if err != nil {
		return v, err
	}
	out, err := weigh(v)
	if err == nil {
		err = l.budget.touch(out.work(priceOf(name)) + marks*markWork)
	}
	if err == nil {
		err = l.budget.hold(out.size() + marks*valueSize)
	}
	return v, err
}

// function is a function of the table, made when it is first called.
func (l *library) function(name string) function.Function {
	f, ok := l.made[name]
	if !ok {
		f = table[name].new(l)
		l.made[name] = f
	}
	return f
}

func priceOf(name string) int { return max(usual, table[name].price) }

// isFunction says whether Terraform has a function.
func isFunction(name string) bool {
	_, ok := table[name]
	return ok
}

// isEvaluated says whether a function of values is evaluated here.
func isEvaluated(name string) bool { return table[name].new != nil }

// functionNames are the names of all functions.
func functionNames() iter.Seq[string] { return maps.Keys(table) }

// isListFunction says whether a function makes a list of whatever it is given.
func isListFunction(name string) bool { return table[name].isList }

// readsFile says whether the first argument of a function is the path of a file.
func readsFile(name string) bool { return table[name].readsFile }

// mayDiffer says whether Terraform may come to another value: it evaluates the
// function and iacgate does not, or reads another file, or reads it another way.
func mayDiffer(name string) bool {
	r, ok := table[name]
	return ok && (r.new == nil && !r.takesExpressions || r.readsFile || r.mayDiffer)
}
