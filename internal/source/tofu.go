package source

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// What is assumed where nobody knows whether OpenTofu or Terraform applies the code.
const (
	byOpenTofu  = "OpenTofu applies the code (--tofu)"
	byTerraform = "Terraform applies the code (--tofu=false)"
)

// directory reads a root module. Where it has files that OpenTofu alone reads, and
// nothing says which of the two applies it, what is judged has to hold for both.
func (o Options) directory(ctx context.Context, path string) (*resource.Document, error) {
	doc, err := o.rootModule(ctx, path)
	switch {
	case err != nil || o.Directory.Tofu != nil || doc.Tofu == nil:
		return doc, err
	case doc.Tofu.Evidence != "":
		doc.Notes = append(doc.Notes, "read as OpenTofu does, with "+strings.Join(doc.Tofu.Files, ", ")+": "+doc.Tofu.Evidence+" (--tofu=false leaves them out)")
		return doc, nil
	}
	no := false
	o.Directory.Tofu = &no
	other, err := o.rootModule(ctx, path)
	if err != nil {
		return nil, hinted(path, err)
	}
	return either(doc, other, o.Combine), nil
}

// rootModule reads a root module and what its resources make.
func (o Options) rootModule(ctx context.Context, path string) (*resource.Document, error) {
	doc, err := o.Directory.read(ctx, path, o.Place)
	if err != nil {
		return nil, err
	}
	return doc, o.unfold(ctx, doc)
}

// hinted is what is wrong with code without the files of OpenTofu.
func hinted(path string, err error) error {
	var wrong *diag.Diagnostic
	if !errors.As(err, &wrong) {
		return err
	}
	return errors.Join(err, &Error{Path: path, What: "so Terraform reads it, without the files that end in .tofu", Hint: "--tofu where OpenTofu applies the code"})
}

// either is a document that is one of two. Of several taken together none has cases.
func either(tofu, terraform *resource.Document, combined bool) *resource.Document {
	out := *tofu
	out.Notes = slices.Compact(slices.Sorted(slices.Values(slices.Concat(tofu.Notes, terraform.Notes))))
	out.Secrets = slices.Compact(slices.Sorted(slices.Values(slices.Concat(tofu.Secrets, terraform.Secrets))))
	if combined {
		out.Incomplete = append(out.Incomplete, "whether OpenTofu or Terraform applies "+tofu.Path+" is not known (--tofu)")
		return &out
	}
	out.Cases = slices.Concat(assuming(byOpenTofu, tofu), assuming(byTerraform, terraform))
	return &out
}

// assuming are the cases of a document under an assumption.
func assuming(what string, doc *resource.Document) []resource.Case {
	if len(doc.Cases) == 0 {
		return []resource.Case{{When: []string{what}, Resources: doc.Resources, Incomplete: doc.Incomplete, Gaps: doc.Gaps}}
	}
	cases := slices.Clone(doc.Cases)
	for i := range cases {
		cases[i].When = slices.Concat([]string{what}, cases[i].When)
	}
	return cases
}
