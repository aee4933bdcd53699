package value

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"
)

// Bounds of the cost of evaluating one directory. Steps differ: a single one may hash
// 16 MiB, or capitalize them. Real directories stay below a hundredth.
const (
	maxTouched = 1 << 30   // bytes that functions, templates and operators go through, weighed
	maxHeld    = 768 << 20 // bytes of the values that expressions make
)

// Bounds of one value. Real ones stay far below.
const (
	MaxValues = 1_000_000 // inside one named value
	MaxText   = 16 << 20  // bytes of one text
)

// ByteWork is the cost of a byte that a function or an operator copies, compares
// or hashes.
const ByteWork = 4

// ElementSize is the size of a value in bytes, besides its text; ElementWork is the cost of
// going through it, as much as so many bytes of a text; MarkWork is the cost of
// carrying a source on.
const (
	ElementSize = 64
	ElementWork = 256
	MarkWork    = 1024
)

var (
	ErrTextTooLong   = fmt.Errorf("a string of more than %d MiB", MaxText>>20)
	ErrTooManyValues = fmt.Errorf("more than %d values", MaxValues)
	ErrTouched       = fmt.Errorf("with it functions and templates process more than %d MiB of strings and values", maxTouched>>20)
	errHeld          = fmt.Errorf("with it the values of the code take more than %d MiB", maxHeld>>20)
)

// A Budget counts what an evaluation has spent, in bytes. Dropping a value gives
// nothing back.
type Budget struct{ touched, held int }

// Touch counts reading values.
func (b *Budget) Touch(bytes int) error {
	if b.touched += bytes; bytes < 0 || b.touched > maxTouched {
		b.touched = maxTouched + 1
		return ErrTouched
	}
	return nil
}

// TouchEach counts reading values several times.
func (b *Budget) TouchEach(times, bytes int) error {
	if times > 0 && bytes > maxTouched/times {
		return b.Touch(maxTouched + 1)
	}
	return b.Touch(times * bytes)
}

// Hold counts new values.
func (b *Budget) Hold(bytes int) error {
	if b.held += bytes; bytes < 0 || b.held > maxHeld {
		b.held = maxHeld + 1
		return errHeld
	}
	return nil
}

// IsSpent reports whether an error is about the budget. It ends the reading, because
// the next expression would fail, too.
func IsSpent(err error) bool {
	return errors.Is(err, ErrTextTooLong) || errors.Is(err, ErrTooManyValues) || errors.Is(err, ErrTouched) || errors.Is(err, errHeld)
}

// A weight is the size of values.
type weight struct{ Values, Bytes int }

func (w weight) Size() int { return w.Values*ElementSize + w.Bytes }

// Work returns the cost of reading them, at a price for a byte of text.
func (w weight) Work(price int) int { return w.Values*ElementWork + w.Bytes*price }

// Weigh refuses values that are small in memory and huge when walked: lists of
// lists of the same lists.
func Weigh(values ...cty.Value) (w weight, err error) {
	for _, v := range values {
		if err := w.add(v); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (w *weight) add(v cty.Value) error {
	if w.Values++; w.Values > MaxValues {
		return ErrTooManyValues
	}
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() {
		return nil
	}
	switch {
	case v.Type() == cty.Number:
		digits, err := digitsOf(v)
		w.Bytes += digits
		return err
	case v.Type() == cty.String:
		if w.Bytes += len(v.AsString()); w.Bytes > MaxText {
			return ErrTextTooLong
		}
	case v.CanIterateElements():
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			if err := w.add(e); err != nil {
				return err
			}
		}
	}
	return nil
}
