package fix

import (
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// values are the arguments that the draft sets to something that can be written out,
// with what they are now. What is sensitive or not known is not among them.
func (d *draft) values() (out []verdict.Value) {
	for _, a := range d.sets {
		text, ok := d.written(a)
		old := d.target.Attr(steps(a.path)...)
		if !ok || old.IsSensitive() {
			continue
		}
		if was, ok := scalarText(old); ok && was != text {
			out = append(out, verdict.Value{Attribute: d.property(d.target.Type, a.path), Old: was, New: text})
		}
	}
	return out
}

// written is the value of an argument as text.
func (d *draft) written(a argument) (string, bool) {
	switch v := a.value.(type) {
	case literal:
		return string(v), true
	case rawLiteral:
		return string(v), true
	}
	text, ok := d.referred[a.path]
	return text, ok && text != ""
}

// steps is an attribute path as values take it.
func steps(path string) (out []any) {
	for step := range strings.SplitSeq(path, ".") {
		if i, err := strconv.Atoi(step); err == nil {
			out = append(out, i)
			continue
		}
		out = append(out, step)
	}
	return out
}

// scalarText is a text, a number or a truth value as code writes it.
func scalarText(v resource.Value) (string, bool) {
	if text, ok := v.Text(); ok {
		return text, true
	}
	if truth, ok := v.Truth(); ok {
		return strconv.FormatBool(truth), true
	}
	if n, ok := v.Number(); ok {
		return strconv.FormatFloat(n, 'f', -1, 64), true
	}
	return "", false
}
