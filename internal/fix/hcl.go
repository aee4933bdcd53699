package fix

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// hclFile writes blocks of Terraform's own syntax, with the variable and the data
// source that they ask for.
func (s scope) hclFile(input string, needsAccount bool, blocks []block) string {
	var parts []string
	if needsAccount {
		parts = append(parts, "data \"aws_caller_identity\" \"current\" {}")
	}
	if input != "" {
		parts = append(parts, "variable \""+input+"\" {\ndescription = "+hclString(inputDescription)+"\ntype = string\n}")
	}
	for _, b := range blocks {
		word, typ, name := s.labels(b.address)
		parts = append(parts, word+" "+strconv.Quote(typ)+" "+strconv.Quote(name)+" {\n"+s.hclBody(b.arguments)+s.hclDependsOn(b.dependsOn)+"}")
	}
	return format(strings.Join(parts, "\n\n"))
}

// format is terraform fmt, without the last line end. Root modules that lack the same
// lack it in the same words, so what was formatted is kept.
func format(code string) string {
	if known, ok := formatted.Load(code); ok {
		return known.(string)
	}
	text := strings.TrimRight(string(hclwrite.Format([]byte(code))), "\n")
	if formattedCount.Add(1) <= maxFormatted {
		formatted.Store(code, text)
	}
	return text
}

var (
	formatted      sync.Map // strings by code
	formattedCount atomic.Int64
)

// maxFormatted bounds the texts that are kept, which are about one kilobyte each.
const maxFormatted = 2000

// labels are what the block of an address begins with.
func (s scope) labels(address string) (word, typ, name string) {
	word, local := "resource", s.local(address)
	if of, ok := strings.CutPrefix(local, "data."); ok {
		word, local = "data", of
	}
	typ, name, _ = strings.Cut(local, ".")
	return word, typ, name
}

// hclBody writes arguments; those that lead into one block are in one block.
func (s scope) hclBody(arguments []argument) string {
	var b strings.Builder
	for _, m := range nest(arguments) {
		switch {
		case m.inner == nil:
			b.WriteString(m.path + " = " + m.hcl(s) + "\n")
			continue
		case b.Len() > 0:
			b.WriteString("\n")
		}
		b.WriteString(m.path + " {\n" + s.hclBody(m.inner) + "}\n")
	}
	return b.String()
}

func (s scope) hclDependsOn(addresses []string) string {
	if len(addresses) == 0 {
		return ""
	}
	names := make([]string, len(addresses))
	for i, a := range addresses {
		names[i] = s.local(a)
	}
	return "\ndepends_on = [" + strings.Join(names, ", ") + "]\n"
}
