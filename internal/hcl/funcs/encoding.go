package funcs

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// digests are the hashes that Terraform has, of texts and of files.
var digests = map[string]func(string) string{
	"md5":          func(s string) string { h := md5.Sum([]byte(s)); return hex.EncodeToString(h[:]) },
	"sha1":         func(s string) string { h := sha1.Sum([]byte(s)); return hex.EncodeToString(h[:]) },
	"sha256":       func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) },
	"sha512":       func(s string) string { h := sha512.Sum512([]byte(s)); return hex.EncodeToString(h[:]) },
	"base64sha256": func(s string) string { h := sha256.Sum256([]byte(s)); return base64.StdEncoding.EncodeToString(h[:]) },
	"base64sha512": func(s string) string { h := sha512.Sum512([]byte(s)); return base64.StdEncoding.EncodeToString(h[:]) },
	"base64":       func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
}

// digest returns a function that hashes a text.
func digest(name string) maker { return onText(digests[name]) }

func decodeBase64(s string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil || !utf8.Valid(raw) {
		return "", errors.New("not base64 of a UTF-8 string")
	}
	return string(raw), nil
}

// yamlEncodeFunction returns JSON, which is YAML: as data it is the same.
var yamlEncodeFunction = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(cty.String), nil
		}
		return jsonText(args[0])
	},
})

var yamlFunction = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "text", Type: cty.String}},
	Type: func(args []cty.Value) (cty.Type, error) {
		if !args[0].IsKnown() {
			return cty.DynamicPseudoType, nil
		}
		text, _ := args[0].Unmark()
		v, err := decodeYAML(text.AsString())
		if err != nil {
			return cty.NilType, err
		}
		return v.Type(), nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return decodeYAML(args[0].AsString()) },
})
