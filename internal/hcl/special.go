package hcl

import (
	"encoding/json"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// special is an attribute of a data source that needs no AWS: who and where one
// is, and the text of a policy document.
func (i *instance) special(name string) (cty.Value, bool) {
	if i.name.mode != resource.Data {
		return cty.NilVal, false
	}
	text := ""
	place := i.place()
	switch i.name.typ + "." + name {
	case "aws_caller_identity.account_id", "aws_caller_identity.id":
		text = symbol(place.Account, place.AccountName())
	case "aws_region.name", "aws_region.region", "aws_region.id":
		text = symbol(place.Region, place.RegionName())
	case "aws_partition.partition", "aws_partition.id":
		text = symbol(place.InPartition(), place.PartitionName())
	case "aws_partition.dns_suffix":
		text = symbol(place.Suffix(), place.SuffixName())
	case "aws_iam_policy_document.json", "aws_iam_policy_document.minified_json":
		doc, ok := i.policyDocument()
		if !ok {
			return cty.NilVal, false
		}
		return i.known(cty.StringVal(doc), name), true
	default:
		return cty.NilVal, false
	}
	return i.known(cty.StringVal(text), name), true
}

// symbol is a text that is known, or a stand-in that is the same text wherever
// the same is meant, so that ARNs made of it are equal. Its name is the one that
// package analysis gives the region or account of a provider, so that policies
// match it.
func symbol(known, name string) string {
	if known != "" {
		return known
	}
	return resource.Symbol(name)
}

// policyDocument writes the JSON of a data source aws_iam_policy_document; ok is
// false where a part is not known.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func (i *instance) policyDocument() (text string, ok bool) {
	doc := policy{Version: "2012-10-17"}
	for _, name := range []string{"source_policy_documents", "source_json"} {
		if !i.eachDocument(name, doc.add) {
			return "", false
		}
	}
	if i.isSet("statement") {
		v, diags := i.argument("statement")
		v, _ = v.UnmarkDeep()
		if diags.HasErrors() || !v.IsWhollyKnown() {
			return "", false
		}
		for it := v.ElementIterator(); it.Next(); {
			_, s := it.Element()
			doc.add(newStatement(s.AsValueMap()))
		}
	}
	for _, name := range []string{"override_policy_documents", "override_json"} {
		if !i.eachDocument(name, doc.add) {
			return "", false
		}
	}
	if version, ok := i.own("version"); ok {
		doc.Version = version
	}
	doc.ID, _ = i.own("policy_id")
	raw, err := json.MarshalIndent(doc, "", "  ") // as the provider does
	return string(raw), err == nil
}

// own is an argument that is a text.
func (i *instance) own(name string) (string, bool) {
	if !i.isSet(name) {
		return "", false
	}
	v, diags := i.argument(name)
	if diags.HasErrors() {
		return "", false
	}
	return textOf(v)
}

// eachDocument visits the statements of the documents that an argument holds.
func (i *instance) eachDocument(name string, visit func(policyStatement)) (ok bool) {
	if !i.isSet(name) {
		return true
	}
	v, diags := i.argument(name)
	v, _ = v.UnmarkDeep()
	if diags.HasErrors() || !v.IsWhollyKnown() {
		return false
	}
	texts := []cty.Value{v}
	if v.CanIterateElements() && !v.IsNull() {
		texts = v.AsValueSlice()
	}
	for _, t := range texts {
		text, isText := textOf(t)
		if !isText || text == "" {
			continue
		}
		list, ok := statementsOf(text)
		if !ok {
			return false
		}
		for _, s := range list {
			visit(s)
		}
	}
	return true
}
