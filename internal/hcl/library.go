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
	library := map[string]function.Function{
		"chomp": stdlib.ChompFunc, "trimspace": stdlib.TrimSpaceFunc, "jsondecode": bounded(stdlib.JSONDecodeFunc, jsonSize),
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc,
		"max": stdlib.MaxFunc, "min": stdlib.MinFunc, "parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,

		"format": bounded(stdlib.FormatFunc, formatSize),
		"indent": bounded(stdlib.IndentFunc, indentSize), "join": bounded(stdlib.JoinFunc, joinSize), "lower": stdlib.LowerFunc,
		"regex": stdlib.RegexFunc, "regexall": stdlib.RegexAllFunc, "split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc,
		"substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc, "trim": stdlib.TrimFunc,
		"upper": stdlib.UpperFunc,

		"chunklist": stdlib.ChunklistFunc, "keys": stdlib.KeysFunc,
		"range": stdlib.RangeFunc, "setintersection": stdlib.SetIntersectionFunc,
		"setproduct": bounded(stdlib.SetProductFunc, productSize), "setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
		"sort": stdlib.SortFunc,

		"csvdecode": stdlib.CSVDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc,
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
	}
	for name, typ := range map[string]cty.Type{"tobool": cty.Bool, "tonumber": cty.Number} {
		library[name] = stdlib.MakeToFunc(typ)
	}
	for _, part := range []map[string]function.Function{textFunctions(), keepingFunctions(), collectionFunctions(), encodingFunctions(), ev.fileFunctions()} {
		maps.Copy(library, part)
	}
	return library
}

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
