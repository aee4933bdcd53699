package edit

import (
	"bytes"

	"go.yaml.in/yaml/v3"
)

// end is where a node ends. The parser says where nodes begin only. indent are the
// columns before the members of the collection that the node is in.
func (t *tree) end(n *yaml.Node, indent int, flow bool) int {
	start := t.offset(n)
	if n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode {
		return t.scalarEnd(n, t.skipProperties(start), indent, flow)
	}
	if n.Style&yaml.FlowStyle != 0 || flow {
		return t.closing(t.skipProperties(start))
	}
	if len(n.Content) == 0 {
		return start
	}
	last := n.Content[len(n.Content)-1]
	inner := n.Content[0].Column - 1
	if n.Kind == yaml.SequenceNode {
		inner = n.Column - 1
	}
	end := t.end(last, inner, false)
	if n.Kind == yaml.MappingNode {
		end = max(end, t.afterKey(n.Content[len(n.Content)-2]))
	}
	return end
}

// skipProperties skips the tag and the anchor before a node.
func (t *tree) skipProperties(at int) int {
	for at < len(t.text) && (t.text[at] == '!' || t.text[at] == '&') {
		for at < len(t.text) && !isBlank(t.text[at]) {
			at++
		}
		for at < len(t.text) && (t.text[at] == ' ' || t.text[at] == '\t') {
			at++
		}
	}
	return at
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (t *tree) scalarEnd(n *yaml.Node, at, indent int, flow bool) int {
	if at >= len(t.text) {
		return len(t.text)
	}
	switch {
	case n.Kind == yaml.ScalarNode && (n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle)) != 0:
		return t.quoteEnd(at)
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return t.indented(t.lineEnd(at), indent, true)
	case n.Kind == yaml.ScalarNode && n.Value == "" && n.Tag == "!!null":
		return at
	case flow || n.Kind == yaml.AliasNode:
		return t.plainEnd(at, flow)
	}
	end := t.plainEnd(at, false)
	if rest := t.text[end:t.lineEnd(end)]; len(bytes.TrimSpace(rest)) > 0 {
		return end // a comment follows
	}
	return t.indented(end, indent, false)
}

// quoteEnd is where a quoted text ends that begins at an offset.
func (t *tree) quoteEnd(at int) int {
	quote := t.text[at]
	for i := at + 1; i < len(t.text); i++ {
		switch {
		case quote == '"' && t.text[i] == '\\':
			i++
		case t.text[i] == quote && quote == '\'' && i+1 < len(t.text) && t.text[i+1] == '\'':
			i++
		case t.text[i] == quote:
			return i + 1
		}
	}
	return len(t.text)
}

// plainEnd is where a text without quotes ends on its line.
func (t *tree) plainEnd(at int, flow bool) int {
	i := at
	for ; i < len(t.text) && t.text[i] != '\n'; i++ {
		c := t.text[i]
		if flow && (c == ',' || c == ']' || c == '}') || c == '#' && i > 0 && isBlank(t.text[i-1]) {
			break
		}
		if flow && c == ':' && (i+1 == len(t.text) || isBlank(t.text[i+1])) {
			break
		}
	}
	for i > at && isBlank(t.text[i-1]) {
		i--
	}
	return i
}

// indented goes on over the lines below that are indented deeper, as those of a long
// text are.
func (t *tree) indented(end, indent int, literal bool) int {
	at := end
	for at < len(t.text) {
		next := t.lineEnd(at)
		for next < len(t.text) && t.text[next] != '\n' {
			next++
		}
		if next >= len(t.text) {
			break
		}
		line := t.text[next+1 : t.lineEnd(next+1)]
		rest := bytes.TrimLeft(line, " ")
		switch {
		case len(bytes.TrimSpace(line)) == 0 && next+1 < len(t.text):
			at = next + 1
			continue
		case len(line)-len(rest) <= indent || !literal && rest[0] == '#':
			return end
		}
		at = next + 1 + len(line)
		end = at
	}
	return end
}

// closing is where a collection in brackets ends that begins at an offset.
func (t *tree) closing(at int) int {
	depth := 0
	for i := at; i < len(t.text); i++ {
		switch c := t.text[i]; c {
		case '"':
			i = t.quoteEnd(i) - 1
		case '\'':
			if !t.json && (i == 0 || isBlank(t.text[i-1]) || bytes.IndexByte([]byte("[{,:"), t.text[i-1]) >= 0) {
				i = t.quoteEnd(i) - 1
			}
		case '#':
			if i > 0 && isBlank(t.text[i-1]) {
				i = t.lineEnd(i)
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(t.text)
}
