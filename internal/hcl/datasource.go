package hcl

import (
	"encoding/json"
	"maps"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// localData returns an attribute of a data source that needs no AWS: account,
// region and partition, and the text of a policy document.
func (i *instance) localData(name string) (cty.Value, bool) {
	if i.name.Mode != resource.Data {
		return cty.NilVal, false
	}
	place := i.place()
	switch i.name.Type + "." + name {
	case "aws_caller_identity.account_id", "aws_caller_identity.id":
		return i.placePart(place.AccountText(), name), true
	case "aws_region.name", "aws_region.region", "aws_region.id":
		return i.placePart(place.RegionText(), name), true
	case "aws_partition.partition", "aws_partition.id":
		return i.placePart(place.PartitionText(), name), true
	case "aws_partition.dns_suffix":
		return i.placePart(place.DNSSuffixText(), name), true
	case "aws_iam_policy_document.json", "aws_iam_policy_document.minified_json":
		doc, marks, ok := i.policyDocument()
		return i.text(resource.Text(doc), marks, name), ok
	}
	return cty.NilVal, false
}

// placePart returns a part of the place of the instance, such as its region.
func (i *instance) placePart(text resource.Text, path string) cty.Value {
	v := i.text(text, nil, path)
	if name, ok := text.Symbol(); ok {
		return v.Mark(value.Mark{Kind: value.Placed, Address: name})
	}
	return v
}

// policyDocument writes the JSON of a data source aws_iam_policy_document, with
// symbols for what is not known; ok is false if more than a text is not.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func (i *instance) policyDocument() (text string, marks cty.ValueMarks, ok bool) {
	w := documentWriter{instance: i, doc: policy{Version: "2012-10-17"}, marks: cty.ValueMarks{}}
	ok = w.documents("source_policy_documents") && w.documents("source_json") && w.statements() &&
		w.documents("override_policy_documents") && w.documents("override_json")
	if !ok {
		return "", nil, false
	}
	if version, ok := i.textArgument("version"); ok {
		w.doc.Version = version
	}
	w.doc.ID, _ = i.textArgument("policy_id")
	raw, err := json.MarshalIndent(w.doc, "", "  ") // as the provider does
	return string(raw), w.marks, err == nil
}

// textArgument returns an argument that is a text.
func (i *instance) textArgument(name string) (string, bool) {
	v, ok := i.setTo(name)
	if !ok {
		return "", false
	}
	text, ok := value.TextOf(v)
	return string(text), ok
}

// A documentWriter collects the statements of a policy document.
type documentWriter struct {
	*instance
	doc   policy
	marks cty.ValueMarks
}

// spellOut returns the value of an argument with its texts spelled out; ok is false
// where more than a text is not known. It is null where the code does not set it.
func (w *documentWriter) spellOut(name string) (v cty.Value, ok bool) {
	if !w.isSet(name) {
		return cty.NullVal(cty.DynamicPseudoType), true
	}
	v, diags := w.argument(name)
	maps.Copy(w.marks, value.MarksOf(v))
	v, _ = value.Encode(v).UnmarkDeep()
	return v, !diags.HasErrors() && v.IsWhollyKnown()
}

func (w *documentWriter) statements() bool {
	v, ok := w.spellOut("statement")
	if !ok || v.IsNull() {
		return ok
	}
	for it := v.ElementIterator(); it.Next(); {
		_, s := it.Element()
		w.doc.add(newStatement(s.AsValueMap()))
	}
	return true
}

// documents adds the statements of the documents that an argument holds.
func (w *documentWriter) documents(name string) bool {
	v, ok := w.spellOut(name)
	if !ok || v.IsNull() {
		return ok
	}
	texts := []cty.Value{v}
	if v.CanIterateElements() {
		texts = v.AsValueSlice()
	}
	for _, t := range texts {
		text, isText := value.ScalarText(t)
		if !isText || text == "" {
			continue
		}
		list, ok := statementsOf(text)
		if !ok {
			return false
		}
		for _, s := range list {
			w.doc.add(s)
		}
	}
	return true
}
