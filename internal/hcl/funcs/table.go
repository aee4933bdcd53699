package funcs

import (
	"net/url"
	"strings"
	"sync"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/iacgate/iacgate/internal/resource"
)

// A row describes one of Terraform's functions.
type row struct {
	// new makes the function. It is nil for those that are not evaluated: their
	// result changes with each call, they need something that only Terraform has, or
	// no argument of an alarm uses them.
	new maker
	// takesExpressions: its arguments are not values, so the evaluator has to call
	// it.
	takesExpressions bool
	symbols          transparency
	result           result
	price            int  // what it counts for a byte, if that is more than usual
	isList           bool // it makes a list of whatever it is given
	readsFile        bool // its first argument is the path of a file
	mayDiffer        bool // Terraform may come to another value
}

// A result says how the result of a function relates to its arguments.
type result uint8

const (
	// newValue: it is a new value, made from the arguments.
	newValue result = iota
	// argumentPart: it is an argument, or a part of one.
	argumentPart
	// argumentChoice: it is a choice of the arguments. If it is not known, the choice
	// is not, either.
	argumentChoice
)

// table is the one list of Terraform's functions.
// https://developer.hashicorp.com/terraform/language/functions
var table = sync.OnceValue(func() map[string]row {
	return map[string]row{
		// Texts.
		"chomp":       {new: of(stdlib.ChompFunc), symbols: blankTrimming, result: argumentPart, price: 128},
		"endswith":    {new: textPredicate(resource.Text.HasSuffix), symbols: passThrough},
		"format":      {new: of(stdlib.FormatFunc).bounded(formatSize), symbols: formatting, price: 16},
		"formatlist":  {new: variadic(formatList), symbols: passThrough, result: argumentPart, price: 16, isList: true},
		"indent":      {new: of(stdlib.IndentFunc).bounded(indentSize)},
		"join":        {new: of(stdlib.JoinFunc).bounded(joinSize), symbols: formatting},
		"lower":       {new: of(stdlib.LowerFunc)},
		"regex":       {new: of(stdlib.RegexFunc).metered((*Library).regexSize)},
		"regexall":    {new: of(stdlib.RegexAllFunc).metered((*Library).regexAllSize)},
		"replace":     {new: (*Library).replace, symbols: passThrough},
		"split":       {new: variadic(split), symbols: passThrough, isList: true},
		"startswith":  {new: textPredicate(resource.Text.HasPrefix), symbols: passThrough},
		"strcontains": {new: textPredicate(resource.Text.Contains), symbols: passThrough},
		"strrev":      {new: of(stdlib.ReverseFunc), price: 32},
		"substr":      {new: of(stdlib.SubstrFunc), price: 32},
		"title":       {new: of(stdlib.TitleFunc), price: 16},
		"trim":        {new: of(stdlib.TrimFunc).metered((*Library).trimSize)},
		"trimprefix":  {new: trimAffix(resource.Text.HasPrefix, strings.TrimPrefix), symbols: passThrough, result: argumentPart},
		"trimsuffix":  {new: trimAffix(resource.Text.HasSuffix, strings.TrimSuffix), symbols: passThrough, result: argumentPart},
		"trimspace":   {new: of(stdlib.TrimSpaceFunc), symbols: blankTrimming, result: argumentPart},
		"upper":       {new: of(stdlib.UpperFunc)},

		// Numbers and times.
		"abs":           {new: of(stdlib.AbsoluteFunc)},
		"ceil":          {new: of(stdlib.CeilFunc)},
		"floor":         {new: of(stdlib.FloorFunc)},
		"log":           {new: of(stdlib.LogFunc)},
		"max":           {new: of(stdlib.MaxFunc)},
		"min":           {new: of(stdlib.MinFunc)},
		"parseint":      {new: of(stdlib.ParseIntFunc).bounded(numeralSize)},
		"pow":           {new: of(stdlib.PowFunc)},
		"signum":        {new: of(stdlib.SignumFunc)},
		"sum":           {new: unary(sum)},
		"formatdate":    {new: of(stdlib.FormatDateFunc)},
		"timeadd":       {new: of(stdlib.TimeAddFunc)},
		"timecmp":       {new: of(timeComparison)},
		"timestamp":     {},
		"plantimestamp": {},

		// Lists, sets and maps.
		"alltrue":         {new: unary(allAre(true))},
		"anytrue":         {new: unary(allAre(false))},
		"chunklist":       {new: of(stdlib.ChunklistFunc), result: argumentChoice, isList: true},
		"coalesce":        {new: variadic(coalesce), symbols: passThrough, result: argumentChoice},
		"coalescelist":    {new: variadic(coalesceList), symbols: passThrough, result: argumentChoice},
		"compact":         {new: unary(compact), symbols: passThrough, result: argumentChoice, isList: true},
		"concat":          {new: variadic(concat), symbols: passThrough, result: argumentPart, isList: true},
		"contains":        {new: variadicMetered((*Library).contains), symbols: passThrough},
		"distinct":        {new: unaryMetered((*Library).distinct), symbols: passThrough, result: argumentPart, isList: true},
		"element":         {new: variadic(element), symbols: passThrough, result: argumentChoice},
		"flatten":         {new: unaryMetered((*Library).flatten), symbols: passThrough, result: argumentPart, isList: true},
		"index":           {new: variadicMetered((*Library).index), symbols: passThrough},
		"keys":            {new: of(stdlib.KeysFunc), isList: true},
		"length":          {new: unary(length), symbols: passThrough, price: 16},
		"lookup":          {new: variadic(lookup), symbols: passThrough, result: argumentChoice},
		"matchkeys":       {new: variadicMetered((*Library).matchKeys), symbols: passThrough, result: argumentChoice, isList: true},
		"merge":           {new: variadic(merge), symbols: passThrough, result: argumentChoice},
		"one":             {new: unary(one), symbols: passThrough, result: argumentChoice},
		"range":           {new: of(stdlib.RangeFunc), isList: true},
		"reverse":         {new: unary(reverse), symbols: passThrough, result: argumentPart, isList: true},
		"setintersection": {new: of(stdlib.SetIntersectionFunc), result: argumentChoice, price: 32},
		"setproduct":      {new: of(stdlib.SetProductFunc).bounded(productSize)},
		"setsubtract":     {new: of(stdlib.SetSubtractFunc), result: argumentChoice, price: 32},
		"setunion":        {new: of(stdlib.SetUnionFunc), result: argumentPart, price: 32},
		"slice":           {new: variadic(sliceOf), symbols: passThrough, result: argumentChoice, isList: true},
		"sort":            {new: of(stdlib.SortFunc), result: argumentPart, price: 16, isList: true},
		"transpose":       {new: unary(transpose)},
		"values":          {new: unary(values), symbols: passThrough, result: argumentChoice, isList: true},
		"zipmap":          {new: variadic(zipMap), symbols: passThrough, result: argumentChoice},

		// Types.
		"convert":  {takesExpressions: true},
		"list":     {new: removed("list", "tolist([...])")},
		"map":      {new: removed("map", "tomap({...})")},
		"tobool":   {new: of(stdlib.MakeToFunc(cty.Bool)).bounded(numeralSize), result: argumentPart},
		"tolist":   {new: unary(toList), symbols: passThrough, result: argumentPart, isList: true},
		"tomap":    {new: unary(toMap), symbols: passThrough, result: argumentPart},
		"tonumber": {new: of(stdlib.MakeToFunc(cty.Number)).bounded(numeralSize), result: argumentPart},
		"toset":    {new: unary(toSet), symbols: passThrough, result: argumentPart, price: 32},
		"tostring": {new: unary(toText), symbols: passThrough, result: argumentPart},
		"type":     {},
		"can":      {takesExpressions: true},
		"try":      {takesExpressions: true},

		// Encodings and digests.
		"base64decode":     {new: onTextErr(decodeBase64)},
		"base64encode":     {new: digest("base64")},
		"base64gunzip":     {},
		"base64gzip":       {},
		"base64sha256":     {new: digest("base64sha256")},
		"base64sha512":     {new: digest("base64sha512")},
		"bcrypt":           {},
		"csvdecode":        {new: of(stdlib.CSVDecodeFunc).bounded(csvSize), price: 32},
		"jsondecode":       {new: of(stdlib.JSONDecodeFunc).bounded(jsonSize), symbols: parsing, price: 64},
		"jsonencode":       {new: of(stdlib.JSONEncodeFunc), symbols: formatting, price: 16},
		"md5":              {new: digest("md5")},
		"rsadecrypt":       {},
		"sha1":             {new: digest("sha1")},
		"sha256":           {new: digest("sha256")},
		"sha512":           {new: digest("sha512")},
		"textdecodebase64": {},
		"textencodebase64": {},
		"urldecode":        {new: onTextErr(url.QueryUnescape)},
		"urlencode":        {new: onText(url.QueryEscape)},
		"uuid":             {},
		"uuidv5":           {},
		"yamldecode":       {new: of(yamlFunction).bounded(yamlSize), price: 256, mayDiffer: true},
		"yamlencode":       {new: of(yamlEncodeFunction), symbols: formatting, price: 16},

		// Files and templates.
		"abspath":          {},
		"basename":         {new: onText(baseName)},
		"dirname":          {new: onText(dirName)},
		"file":             {new: (*Library).file, readsFile: true},
		"filebase64":       {new: fileDigest("base64"), readsFile: true},
		"filebase64sha256": {new: fileDigest("base64sha256"), readsFile: true},
		"filebase64sha512": {new: fileDigest("base64sha512"), readsFile: true},
		"fileexists":       {new: (*Library).fileExists, readsFile: true},
		"filemd5":          {new: fileDigest("md5"), readsFile: true},
		"fileset":          {},
		"filesha1":         {new: fileDigest("sha1"), readsFile: true},
		"filesha256":       {new: fileDigest("sha256"), readsFile: true},
		"filesha512":       {new: fileDigest("sha512"), readsFile: true},
		"pathexpand":       {},
		"templatefile":     {new: variadicMetered((*Library).templateFile), symbols: passThrough, readsFile: true},
		"templatestring":   {new: variadicMetered((*Library).templateString), symbols: passThrough, mayDiffer: true},

		// Networks.
		"cidrcontains": {},
		"cidrhost":     {},
		"cidrnetmask":  {},
		"cidrsubnet":   {},
		"cidrsubnets":  {},

		// Sensitivity.
		"ephemeralasnull": {},
		"issensitive":     {new: of(isSensitiveFunction), symbols: passThrough},
		"nonsensitive":    {new: of(nonsensitiveFunction), symbols: passThrough, result: argumentPart},
		"sensitive":       {new: of(sensitiveFunction), symbols: passThrough, result: argumentPart},
	}
})
