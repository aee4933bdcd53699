package hcl

import (
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// A boundError is about what is too much for us: Terraform may well go on.
type boundError struct{ err error }

func beyond(what string) error { return boundError{errors.New(what)} }

func (e boundError) Error() string { return e.err.Error() }

func (e boundError) Unwrap() error { return e.err }

// isBeyond says whether an error is about what is too much for us, or not ours to
// look at.
func isBeyond(err error) bool {
	var ours boundError
	return errors.As(err, &ours)
}

// isOurs says whether an expression may well have a value for Terraform: the error
// is about what is too much for us.
func isOurs(diags hcl.Diagnostics) bool {
	return slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		_, ours := d.Extra.(boundError)
		return ours
	})
}

// carried is the error of an expression inside another, which stays what it is.
func carried(diags hcl.Diagnostics) error {
	if isOurs(diags) {
		return beyond(first(diags))
	}
	return errors.New(first(diags))
}

// failed is the error of a function or an operation.
func failed(at hcl.Range, what string, err error) hcl.Diagnostics {
	diags := fault(at, "%s%v", what, err)
	var ours boundError
	if errors.As(err, &ours) {
		diags[0].Extra = ours
	}
	return diags
}

func plainText(v cty.Value) (string, bool) {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

func plainNumber(v cty.Value) (float64, bool) {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return 0, false
	}
	n, _ := v.AsBigFloat().Float64()
	return n, true
}

// maxExponent bounds numbers: as text they have as many digits.
const maxExponent = 1 << 16

func checkNumber(v cty.Value) error {
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return nil
	}
	_, err := digitsOf(v)
	return err
}

// digitsOf are how many digits a number has as text, about.
func digitsOf(v cty.Value) (int, error) {
	e := v.AsBigFloat().MantExp(nil)
	if e > maxExponent || e < -maxExponent {
		return 0, beyond("a number of more than 10,000 digits")
	}
	return max(e, -e) / 3, nil
}
