package resource

import "strings"

// Cause says why a value is not known.
type Cause uint8

const (
	// Computed: no expression sets the attribute; the provider or AWS chooses.
	// For an argument this means its default, for arn or id the resource's own.
	Computed Cause = iota
	// Referenced: the value is made from the attributes in Refs.
	Referenced
	// Local: the value passes through a local or a dynamic block that the input does not
	// show. Refs holds everything that it could be.
	Local
	// Variable: an input variable without a value.
	Variable
	// Outside: a data source, remote state or import: another system's value.
	Outside
	// Composed: a text whose only unknown parts are its symbols.
	Composed
	// Opaque: the expression cannot be seen (a redacted plan, a resource without configuration).
	Opaque
)

// An Origin says where a value comes from.
type Origin struct {
	Cause Cause
	// Refs are the attributes that the value holds or may hold, in address
	// order. The addresses are absolute instance addresses, not all of which
	// need to be in the input (other types are skipped by readers).
	Refs []Ref
	// Certain says that every one of Refs contributes to the value: a single
	// reference, or the elements of a list. Otherwise it holds some of them: the
	// arms of a conditional, an index that is not known, the candidates for a
	// local.
	Certain bool
	// Exact says that the value equals the one attribute in Refs, not a text
	// made from it. Readers that cannot tell leave it false.
	Exact bool
	// Deciders are the symbols that decide which value it is, if that is not known.
	Deciders []string
	// Made says that the value is made from Refs in a way that is not followed: it
	// equals none of them.
	Made bool
	// Symbolic is the text of the value as far as it is known, with a [Symbol] for each
	// unknown part. Two values with the same text are equal, two with different texts may
	// be. "" if nothing is known.
	Symbolic string
	// Via names what the value passes through, as the code writes it: local.on_alarm,
	// var.topic_arn, module.alerts.topic_arn.
	Via []string
}

// Ref names an attribute of a resource instance.
type Ref struct {
	Address   string
	Attribute string // arn, id, metric_transformation.0.name; "" for the whole
}

func (r Ref) String() string {
	if r.Attribute == "" {
		return r.Address
	}
	return r.Address + "." + r.Attribute
}

// Whole reports whether the value may be treated as the one attribute in Refs: it is known
// to equal it, or the reader cannot distinguish it from a text made from it.
func (o Origin) Whole() bool {
	return o.Exact || o.Symbolic == "" && !o.Made && len(o.Refs) == 1
}

// Text names the origin as the code does: the first thing that it passes through,
// otherwise what it refers to.
func (o Origin) Text() string {
	if len(o.Deciders) > 0 {
		what := make([]string, len(o.Deciders))
		for i, name := range o.Deciders {
			what[i] = SymbolWords(name)
		}
		return "what " + strings.Join(what, ", ") + " decides"
	}
	if len(o.Via) > 0 {
		return o.Via[0]
	}
	refs := make([]string, len(o.Refs))
	for i, r := range o.Refs {
		refs[i] = r.String()
	}
	return strings.Join(refs, ", ")
}
