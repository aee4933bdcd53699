package plan

import (
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// A step is one part of an address or reference: a name, or what is in
// brackets.
type step struct {
	name string // "" for an index
	key  resource.Key
	any  bool // [*], or an index that is not a literal
}

func (s step) isIndex() bool { return s.name == "" }

// text returns the step as it is written in the path of an attribute.
func (s step) text() string {
	switch {
	case s.name != "":
		return s.name
	case s.any:
		return "*"
	case s.key.Kind == resource.IntKey:
		return strconv.Itoa(s.key.Int)
	}
	return s.key.Str
}

// attribute joins steps to the path of an attribute: metric_transformation.0.name.
func attribute(steps []step) string {
	texts := make([]string, len(steps))
	for i, s := range steps {
		texts[i] = s.text()
	}
	return strings.Join(texts, ".")
}

// parseSteps reads an address or reference. Keys may hold dots and brackets:
// module.m["a.b"].x has four steps.
func parseSteps(text string) []step {
	var steps []step
	for text != "" {
		if text[0] == '[' {
			end := indexEnd(text)
			steps = append(steps, parseIndex(text[1:end]))
			text = strings.TrimPrefix(text[end:], "]")
		} else {
			end := strings.IndexAny(text, ".[")
			if end < 0 {
				end = len(text)
			}
			if end > 0 {
				steps = append(steps, step{name: text[:end]})
			}
			text = text[end:]
		}
		text = strings.TrimPrefix(text, ".")
	}
	return steps
}

// indexEnd returns the position of the bracket that closes the one at the start of text.
func indexEnd(text string) int {
	quoted := false
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if quoted {
				i++
			}
		case '"':
			quoted = !quoted
		case ']':
			if !quoted {
				return i
			}
		}
	}
	return len(text)
}

func parseIndex(text string) step {
	if n, err := strconv.Atoi(text); err == nil {
		return step{key: resource.Key{Kind: resource.IntKey, Int: n}}
	}
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		return step{key: resource.Key{Kind: resource.StringKey, Str: unquote(text)}}
	}
	return step{any: true}
}

// unquote reads a key as Terraform writes it: a Go string in which ${ and %{
// are doubled, as in HCL.
func unquote(text string) string {
	plain, err := strconv.Unquote(text)
	if err != nil {
		plain = text[1 : len(text)-1]
	}
	return strings.NewReplacer("$${", "${", "%%{", "%{").Replace(plain)
}

// A moduleStep is a module call, or an instance of one.
type moduleStep struct {
	name string
	key  resource.Key
}

// A modulePath leads from the root module to a module instance.
type modulePath []moduleStep

func (p modulePath) child(name string, key resource.Key) modulePath {
	return append(p[:len(p):len(p)], moduleStep{name, key})
}

func (p modulePath) String() string {
	var b strings.Builder
	for i, m := range p {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString("module." + m.name + keyText(m.key))
	}
	return b.String()
}

// static returns the path without instance keys, which is how the configuration
// knows the module.
func (p modulePath) static() string {
	var b strings.Builder
	for _, m := range p {
		b.WriteString("module." + m.name + ".")
	}
	return b.String()
}

// in prefixes an address with the module.
func (p modulePath) in(address string) string {
	if len(p) == 0 {
		return address
	}
	return p.String() + "." + address
}

// keyText returns a key as Terraform writes it in addresses.
func keyText(k resource.Key) string {
	switch k.Kind {
	case resource.IntKey:
		return "[" + strconv.Itoa(k.Int) + "]"
	case resource.StringKey:
		return "[" + strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(k.Str)) + "]"
	}
	return ""
}

// An address is a resource, or an instance of one, and a path into it.
type address struct {
	module modulePath
	mode   resource.Mode
	typ    string
	name   string
	key    resource.Key
	any    bool // an index that is not a literal
	path   []step
}

// static returns the resource in the configuration: module.a.aws_sns_topic.t.
func (a address) static() string { return a.module.static() + a.local() }

// local returns the resource within its module, without a key: data.aws_region.r.
func (a address) local() string {
	if a.mode == resource.Data {
		return "data." + a.typ + "." + a.name
	}
	return a.typ + "." + a.name
}

func (a address) String() string { return a.module.in(a.local() + keyText(a.key)) }

// parseAddress reads the absolute address of a resource instance, or a
// reference to one within a module. ok is false for anything else.
func parseAddress(text string) (address, bool) {
	var a address
	steps := parseSteps(text)
	for len(steps) > 1 && steps[0].name == "module" {
		name := steps[1].name
		steps = steps[2:]
		key, _, rest := takeKey(steps)
		a.module = a.module.child(name, key)
		steps = rest
	}
	return a.resource(steps)
}

// resource reads the part of an address after the modules.
func (a address) resource(steps []step) (address, bool) {
	if len(steps) > 0 && steps[0].name == "data" {
		a.mode = resource.Data
		steps = steps[1:]
	}
	if len(steps) < 2 || steps[0].isIndex() || steps[1].isIndex() {
		return a, false
	}
	a.typ, a.name = steps[0].name, steps[1].name
	a.key, a.any, a.path = takeKey(steps[2:])
	return a, true
}

// takeKey takes the instance key from the front of steps, if there is one.
func takeKey(steps []step) (key resource.Key, anyKey bool, rest []step) {
	if len(steps) > 0 && steps[0].isIndex() {
		return steps[0].key, steps[0].any, steps[1:]
	}
	return resource.Key{}, false, steps
}

// modulePrefix returns the module instance of an absolute address, "" for the
// root module.
func modulePrefix(text string) string {
	end := 0
	for strings.HasPrefix(text[end:], "module.") {
		i := end + len("module.")
		for i < len(text) && text[i] != '.' {
			if text[i] == '[' {
				i += indexEnd(text[i:])
				continue
			}
			i++
		}
		if i >= len(text) {
			return text
		}
		end = i + 1
	}
	if end == 0 {
		return ""
	}
	return text[:end-1]
}

// parseModule reads the address of a module instance.
func parseModule(text string) modulePath {
	var p modulePath
	steps := parseSteps(text)
	for len(steps) > 1 && steps[0].name == "module" {
		key, _, rest := takeKey(steps[2:])
		p = p.child(steps[1].name, key)
		steps = rest
	}
	return p
}
