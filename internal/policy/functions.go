package policy

import (
	"fmt"
	"math/big"
	"slices"
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
	bound(ast.BitsShiftLeft, checkShift)
	bound(ast.Concat, checkJoin)
})

// bound checks the operands of a function before it is called.
func bound(b *ast.Builtin, check func(operands []*ast.Term) error) {
	do := topdown.GetBuiltin(b.Name)
	topdown.RegisterBuiltinFunc(b.Name, func(ctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
		if err := check(operands); err != nil {
			return err
		}
		return do(ctx, operands, iter)
	})
}

func checkShift(operands []*ast.Term) error {
	by, err := operand.BigIntOperand(operands[1].Value, 2)
	if err == nil && by.Cmp(big.NewInt(maxShift)) > 0 {
		return operand.NewOperandErr(2, fmt.Sprintf("must be at most %d", maxShift))
	}
	return nil
}

// checkJoin leaves operands of other types to the function itself.
func checkJoin(operands []*ast.Term) error {
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

// builtins are the functions that policies may call: an allow-list, so that an
// upgrade of OPA brings nothing in by itself. Nothing in it reaches the
// network, files, the environment or the clock, or is nondeterministic.
var builtins = []string{
	"abs", "all", "any", "array.concat", "array.flatten", "array.reverse", "array.slice", "assign", "base64.decode",
	"base64.encode", "base64.is_valid", "base64url.decode", "base64url.encode", "bits.and", "bits.lsh", "bits.negate",
	"bits.or", "bits.rsh", "bits.xor", "ceil", "concat", "contains", "count", "div", "endswith", "eq", "equal", "floor",
	"format_int", "glob.match", "glob.quote_meta", "graph.reachable", "graph.reachable_paths", "gt", "gte", "hex.decode",
	"hex.encode", "indexof", "indexof_n", "internal.member_2", "internal.member_3", "internal.print",
	"internal.template_string", "internal.test_case", "intersection", "is_array", "is_boolean", "is_null", "is_number",
	"is_object", "is_set", "is_string", "json.filter", "json.is_valid", "json.marshal", "json.marshal_with_options",
	"json.patch", "json.remove", "json.unmarshal", "lower", "lt", "lte", "max", "min", "minus", "mul",
	"net.cidr_contains", "net.cidr_contains_matches", "net.cidr_expand", "net.cidr_intersects", "net.cidr_is_valid",
	"net.cidr_merge", "neq", "numbers.range", "numbers.range_step", "object.filter", "object.get", "object.keys",
	"object.remove", "object.subset", "object.union", "object.union_n", "or", "and", "plus", "print", "product",
	"regex.find_all_string_submatch_n", "regex.find_n", "regex.globs_match", "regex.is_valid", "regex.match",
	"regex.replace", "regex.split", "regex.template_match", "rego.metadata.chain", "rego.metadata.rule", "rem",
	"replace", "round", "semver.compare", "semver.is_valid", "sort", "split", "sprintf", "startswith",
	"strings.any_prefix_match", "strings.any_suffix_match", "strings.count", "strings.render_template",
	"strings.replace_n", "strings.reverse", "substring", "sum", "time.add_date", "time.clock", "time.date", "time.diff",
	"time.format", "time.parse_duration_ns", "time.parse_ns", "time.parse_rfc3339_ns", "time.weekday", "to_number",
	"trace", "trim", "trim_left", "trim_prefix", "trim_right", "trim_space", "trim_suffix", "type_name", "union",
	"units.parse", "units.parse_bytes", "upper", "urlquery.decode", "urlquery.decode_object", "urlquery.encode",
	"urlquery.encode_object", "uuid.parse", "walk", "yaml.is_valid", "yaml.marshal", "yaml.unmarshal",
	"cast_array", "cast_boolean", "cast_null", "cast_object", "cast_set", "cast_string",
}

// capabilities are OPA's own without the functions that are not on the list,
// and without any host.
func capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return !slices.Contains(builtins, b.Name) })
	c.AllowNet = []string{} // an empty list admits no host; nil admits every one
	return c
}
