package cfn

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/diag"
)

// parseNode reads JSON or YAML.
func parseNode(file string, raw []byte) (n *node, aliased bool, err error) {
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	switch {
	case len(bytes.TrimLeft(raw, " \t\r\n")) == 0:
		return nil, false, diag.New(file, "empty")
	case !utf8.Valid(raw):
		return nil, false, diag.New(file, "not UTF-8")
	case isJSON(raw):
		n, err = parseJSON(file, raw)
		return n, false, err
	}
	return parseYAML(file, raw)
}

func isJSON(raw []byte) bool {
	trimmed := bytes.TrimLeft(raw, " \t\r\n")
	return len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[')
}

// checkTexts refuses the characters around symbols: nobody may write the symbol for the
// account of the stack.
func checkTexts(n *node) (fault error) {
	n.walk(func(n *node) bool {
		bad := strings.ContainsAny(n.text, "\uFFF9\uFFFB")
		for _, m := range n.members {
			bad = bad || strings.ContainsAny(m.name, "\uFFF9\uFFFB")
		}
		if bad {
			fault = errorAt(n.place, "a string with the characters U+FFF9 or U+FFFB")
		}
		return fault == nil
	})
	return fault
}
