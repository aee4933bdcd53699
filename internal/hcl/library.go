package hcl

import (
	"maps"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// newLibrary is the one table of Terraform's functions that are evaluated. try
// and can are not here: they take expressions.
func newLibrary(ev *evaluation) map[string]function.Function {
	b := &ev.budget
	library := map[string]function.Function{
		"chomp": stdlib.ChompFunc, "trimspace": stdlib.TrimSpaceFunc, "jsondecode": bounded(stdlib.JSONDecodeFunc, jsonSize),
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc,
		"max": stdlib.MaxFunc, "min": stdlib.MinFunc, "parseint": bounded(stdlib.ParseIntFunc, numeralSize), "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,

		"format": bounded(stdlib.FormatFunc, formatSize),
		"indent": bounded(stdlib.IndentFunc, indentSize), "join": bounded(stdlib.JoinFunc, joinSize), "lower": stdlib.LowerFunc,
		"regex": bounded(stdlib.RegexFunc, b.regexSize), "regexall": bounded(stdlib.RegexAllFunc, b.regexAllSize), "split": bounded(stdlib.SplitFunc, splitSize), "strrev": stdlib.ReverseFunc,
		"substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc, "trim": bounded(stdlib.TrimFunc, b.trimSize),
		"upper": stdlib.UpperFunc,

		"chunklist": stdlib.ChunklistFunc, "keys": stdlib.KeysFunc,
		"range": stdlib.RangeFunc, "setintersection": stdlib.SetIntersectionFunc,
		"setproduct": bounded(stdlib.SetProductFunc, productSize), "setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
		"sort": stdlib.SortFunc,

		"csvdecode": bounded(stdlib.CSVDecodeFunc, csvSize), "jsonencode": stdlib.JSONEncodeFunc,
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
	}
	for name, typ := range map[string]cty.Type{"tobool": cty.Bool, "tonumber": cty.Number} {
		library[name] = bounded(stdlib.MakeToFunc(typ), numeralSize)
	}
	for _, part := range []map[string]function.Function{b.textFunctions(), b.keepingFunctions(), b.collectionFunctions(), encodingFunctions(), ev.fileFunctions()} {
		maps.Copy(library, part)
	}
	return library
}

// usual is what a function counts for a byte that it copies, compares or hashes.
const usual = 4

// dear are the functions that do more with a byte, in such counts.
var dear = map[string]int{
	"chomp": 128, "csvdecode": 32, "format": 16, "formatlist": 16, "jsondecode": 64, "jsonencode": 16, "length": 16, "setintersection": 32,
	"setsubtract": 32, "setunion": 32, "sort": 16, "strrev": 32, "substr": 32, "title": 16, "toset": 32, "yamldecode": 256, "yamlencode": 16,
}

func priceOf(name string) int { return max(usual, dear[name]) }

// declaredUnknown are Terraform's functions whose result is another each time,
// or which need what is not there; and those that no argument of an alarm is
// made with.
var declaredUnknown = map[string]bool{
	"timestamp": true, "plantimestamp": true, "uuid": true, "bcrypt": true, "rsadecrypt": true, "ephemeralasnull": true,
	"base64gzip": true, "base64gunzip": true, "uuidv5": true, "textencodebase64": true, "textdecodebase64": true,
	"cidrhost": true, "cidrnetmask": true, "cidrsubnet": true, "cidrsubnets": true, "cidrcontains": true,
	"abspath": true, "pathexpand": true, "fileset": true, "type": true,
}

// passes are the functions whose result is an argument, or a part of one:
// nothing new is made of it.
var passes = map[string]bool{
	"coalesce": true, "coalescelist": true, "compact": true, "concat": true, "distinct": true, "element": true, "flatten": true,
	"lookup": true, "merge": true, "one": true, "reverse": true, "slice": true, "sort": true, "tolist": true, "toset": true, "tomap": true,
	"tostring": true, "tobool": true, "tonumber": true, "values": true, "zipmap": true, "sensitive": true, "nonsensitive": true,
	"formatlist": true, "matchkeys": true, "chunklist": true, "setunion": true, "setintersection": true, "setsubtract": true,
	"trimprefix": true, "trimsuffix": true, "trimspace": true, "chomp": true,
}

// selects are the functions whose result is some of what they are given: where it
// is not known, neither is which.
var selects = map[string]bool{
	"coalesce": true, "coalescelist": true, "compact": true, "element": true, "lookup": true, "merge": true, "one": true, "slice": true,
	"chunklist": true, "values": true, "zipmap": true, "matchkeys": true, "setintersection": true, "setsubtract": true,
}

// bounded refuses a call before it makes something huge.
func bounded(f function.Function, size func(args []cty.Value) error) function.Function {
	spec := function.Spec{Params: f.Params(), VarParam: f.VarParam(), Description: f.Description()}
	spec.Type = func(args []cty.Value) (cty.Type, error) {
		if err := size(args); err != nil {
			return cty.NilType, err
		}
		return f.ReturnTypeForValues(args)
	}
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f.Call(args) }
	return function.New(&spec)
}
