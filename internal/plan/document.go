package plan

import (
	"github.com/iacgate/iacgate/internal/plan/jsonstream"
	"github.com/iacgate/iacgate/internal/resource"
)

// A rawDocument is the input as it is written, for policies that ask for it. If
// policies declare the types of resources that they read, its lists only have these, so
// that it is no larger than needed.
type rawDocument struct {
	jsonstream.Copy
	types  func(typ string) bool // that stay in lists, besides the kept ones; nil for all
	hidden hider                 // what is sensitive in resources that do not stay
}

func newRawDocument(types func(typ string) bool) *rawDocument {
	return &rawDocument{types: types, hidden: newHider()}
}

// decode decodes the document, without sensitive values.
func (d *rawDocument) decode(veil resource.Veil) (any, error) { return d.hidden.decode(d.Text, veil) }

// filters reports whether resources are left out.
func (d *rawDocument) filters() bool { return d != nil && d.types != nil }

// filter adds a resource that a scanner has read, unless it is left out. In either
// case it remembers the sensitive texts: another resource may have the same text.
func (d *rawDocument) filter(s *jsonstream.Scanner, typ string, raw []byte, kept bool) error {
	switch {
	case !d.filters():
		return nil
	case !kept && !d.types(typ):
		return d.hideMarked(s, raw)
	}
	if key := jsonstream.RepeatedKey(raw); key != "" {
		return s.Fault("%q appears twice in one object", key)
	}
	if d.Text[len(d.Text)-1] != '[' {
		d.Text = append(d.Text, ',')
	}
	d.Text = append(d.Text, raw...)
	return nil
}

// hideMarked remembers the sensitive texts of a resource.
func (d *rawDocument) hideMarked(s *jsonstream.Scanner, raw []byte) error {
	if !mayMark(raw) {
		return nil
	}
	var element any
	if err := unmarshalAt(s, raw, &element); err != nil {
		return err
	}
	d.hidden.document(element)
	return nil
}
