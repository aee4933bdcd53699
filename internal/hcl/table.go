package hcl

import (
	"net/url"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/iacgate/iacgate/internal/resource"
)

// A row is what is known of one of Terraform's functions.
type row struct {
	// new makes the function. It is nil for those that are not evaluated: their
	// result is another each time, they need what only Terraform has, or no argument
	// of an alarm is made with them.
	new maker
	// takesExpressions: its arguments are not values, so that whoever evaluates
	// expressions has to call it.
	takesExpressions bool
	symbols          transparency
	result           result
	price            int  // what it counts for a byte, where that is more than usual
	isList           bool // it makes a list of whatever it is given
	readsFile        bool // its first argument is the path of a file
	mayDiffer        bool // Terraform may come to another value
}

// A result says how much of what a function is given its result has in it.
type result uint8

const (
	// newValue: something new is made of the arguments.
	newValue result = iota
	// argumentPart: it is an argument, or a part of one.
	argumentPart
	// argumentChoice: it is some of what the function is given. Where it is not known,
	// neither is which.
	argumentChoice
)

// table is the one list of Terraform's functions.
// https://developer.hashicorp.com/terraform/language/functions
var table = map[string]row{
	// Texts.
	"chomp":       {new: of(stdlib.ChompFunc), symbols: trims, result: argumentPart, price: 128},
	"endswith":    {new: textTest(resource.Text.HasSuffix), symbols: hands},
	"format":      {new: of(stdlib.FormatFunc).bounded(formatSize), symbols: writes, price: 16},
	"formatlist":  {new: variadic(formatList), symbols: hands, result: argumentPart, price: 16, isList: true},
	"indent":      {new: of(stdlib.IndentFunc).bounded(indentSize)},
	"join":        {new: of(stdlib.JoinFunc).bounded(joinSize), symbols: writes},
	"lower":       {new: of(stdlib.LowerFunc)},
	"regex":       {new: of(stdlib.RegexFunc).metered((*library).regexSize)},
	"regexall":    {new: of(stdlib.RegexAllFunc).metered((*library).regexAllSize)},
	"replace":     {new: (*library).replacing, symbols: hands},
	"split":       {new: of(stdlib.SplitFunc).bounded(splitSize), isList: true},
	"startswith":  {new: textTest(resource.Text.HasPrefix), symbols: hands},
	"strcontains": {new: textTest(resource.Text.Contains), symbols: hands},
	"strrev":      {new: of(stdlib.ReverseFunc), price: 32},
	"substr":      {new: of(stdlib.SubstrFunc), price: 32},
	"title":       {new: of(stdlib.TitleFunc), price: 16},
	"trim":        {new: of(stdlib.TrimFunc).metered((*library).trimSize)},
	"trimprefix":  {new: trimming(resource.Text.HasPrefix, strings.TrimPrefix), symbols: hands, result: argumentPart},
	"trimsuffix":  {new: trimming(resource.Text.HasSuffix, strings.TrimSuffix), symbols: hands, result: argumentPart},
	"trimspace":   {new: of(stdlib.TrimSpaceFunc), symbols: trims, result: argumentPart},
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
	"coalesce":        {new: variadic(coalesce), symbols: hands, result: argumentChoice},
	"coalescelist":    {new: variadic(coalesceList), symbols: hands, result: argumentChoice},
	"compact":         {new: unary(compact), symbols: hands, result: argumentChoice, isList: true},
	"concat":          {new: variadic(concat), symbols: hands, result: argumentPart, isList: true},
	"contains":        {new: variadicMetered((*library).contains), symbols: hands},
	"distinct":        {new: unaryMetered((*library).distinct), symbols: hands, result: argumentPart, isList: true},
	"element":         {new: variadic(element), symbols: hands, result: argumentChoice},
	"flatten":         {new: unaryMetered((*library).flatten), symbols: hands, result: argumentPart, isList: true},
	"index":           {new: variadicMetered((*library).index), symbols: hands},
	"keys":            {new: of(stdlib.KeysFunc), isList: true},
	"length":          {new: unary(length), symbols: hands, price: 16},
	"lookup":          {new: variadic(lookup), symbols: hands, result: argumentChoice},
	"matchkeys":       {new: variadicMetered((*library).matchKeys), symbols: hands, result: argumentChoice, isList: true},
	"merge":           {new: variadic(merge), symbols: hands, result: argumentChoice},
	"one":             {new: unary(one), symbols: hands, result: argumentChoice},
	"range":           {new: of(stdlib.RangeFunc), isList: true},
	"reverse":         {new: unary(reverse), symbols: hands, result: argumentPart, isList: true},
	"setintersection": {new: of(stdlib.SetIntersectionFunc), result: argumentChoice, price: 32},
	"setproduct":      {new: of(stdlib.SetProductFunc).bounded(productSize)},
	"setsubtract":     {new: of(stdlib.SetSubtractFunc), result: argumentChoice, price: 32},
	"setunion":        {new: of(stdlib.SetUnionFunc), result: argumentPart, price: 32},
	"slice":           {new: variadic(sliceOf), symbols: hands, result: argumentChoice, isList: true},
	"sort":            {new: of(stdlib.SortFunc), result: argumentPart, price: 16, isList: true},
	"transpose":       {new: unary(transpose)},
	"values":          {new: unary(values), symbols: hands, result: argumentChoice, isList: true},
	"zipmap":          {new: variadic(zipMap), symbols: hands, result: argumentChoice},

	// Types.
	"convert":  {takesExpressions: true},
	"list":     {new: removed("list", "tolist([...])")},
	"map":      {new: removed("map", "tomap({...})")},
	"tobool":   {new: of(stdlib.MakeToFunc(cty.Bool)).bounded(numeralSize), result: argumentPart},
	"tolist":   {new: unary(toList), symbols: hands, result: argumentPart, isList: true},
	"tomap":    {new: unary(toMap), symbols: hands, result: argumentPart},
	"tonumber": {new: of(stdlib.MakeToFunc(cty.Number)).bounded(numeralSize), result: argumentPart},
	"toset":    {new: unary(toSet), symbols: hands, result: argumentPart, price: 32},
	"tostring": {new: unary(toText), symbols: hands, result: argumentPart},
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
	"jsondecode":       {new: of(stdlib.JSONDecodeFunc).bounded(jsonSize), symbols: reads, price: 64},
	"jsonencode":       {new: of(stdlib.JSONEncodeFunc), symbols: writes, price: 16},
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
	"yamlencode":       {new: of(yamlEncodeFunction), symbols: writes, price: 16},

	// Files and templates.
	"abspath":          {},
	"basename":         {new: onText(baseName)},
	"dirname":          {new: onText(dirName)},
	"file":             {new: (*library).file, readsFile: true},
	"filebase64":       {new: fileDigest("base64"), readsFile: true},
	"filebase64sha256": {new: fileDigest("base64sha256"), readsFile: true},
	"filebase64sha512": {new: fileDigest("base64sha512"), readsFile: true},
	"fileexists":       {new: (*library).fileExists, readsFile: true},
	"filemd5":          {new: fileDigest("md5"), readsFile: true},
	"fileset":          {},
	"filesha1":         {new: fileDigest("sha1"), readsFile: true},
	"filesha256":       {new: fileDigest("sha256"), readsFile: true},
	"filesha512":       {new: fileDigest("sha512"), readsFile: true},
	"pathexpand":       {},
	"templatefile":     {new: variadicMetered((*library).templateFile), symbols: hands, readsFile: true},
	"templatestring":   {new: variadicMetered((*library).templateString), symbols: hands, mayDiffer: true},

	// Networks.
	"cidrcontains": {},
	"cidrhost":     {},
	"cidrnetmask":  {},
	"cidrsubnet":   {},
	"cidrsubnets":  {},

	// Sensitivity.
	"ephemeralasnull": {},
	"issensitive":     {new: of(isSensitiveFunction), symbols: hands},
	"nonsensitive":    {new: of(nonsensitiveFunction), symbols: hands, result: argumentPart},
	"sensitive":       {new: of(sensitiveFunction), symbols: hands, result: argumentPart},
}
