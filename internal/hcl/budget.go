package hcl

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"
)

// What the evaluation of one directory may cost, whatever it does in how many
// turns: a single one may be the hash of 16 MiB, or their capitals. Real
// directories stay below a hundredth.
const (
	maxTouched = 1 << 30   // bytes that functions, templates and operators go through, weighed
	maxHeld    = 768 << 20 // bytes of the values that expressions make
)

// What one value may be. Real ones stay far below.
const (
	maxValues = 1_000_000 // inside one named value
	maxText   = 16 << 20  // bytes of one text
)

// usual is what a function or an operator counts for a byte that it copies, compares
// or hashes.
const usual = 4

// valueSize is what a value takes in bytes, besides its text; valueWork is what
// going through it counts, as much as so many bytes of a text; markWork is what
// carrying a source on counts.
const (
	valueSize = 64
	valueWork = 256
	markWork  = 1024
)

var (
	errTextTooLong   = fmt.Errorf("a text of more than %d MiB", maxText>>20)
	errTooManyValues = fmt.Errorf("more than %d values", maxValues)
	errTouched       = fmt.Errorf("with it functions and templates go through more than %d MiB of texts and values", maxTouched>>20)
	errHeld          = fmt.Errorf("with it the values of the code take more than %d MiB", maxHeld>>20)
)

// A budget is what an evaluation has spent, in bytes. What is spent stays spent:
// who held a value may drop it, but makes no more of them.
type budget struct{ touched, held int }

// touch counts what something goes through.
func (b *budget) touch(bytes int) error {
	if b.touched += bytes; bytes < 0 || b.touched > maxTouched {
		b.touched = maxTouched + 1
		return errTouched
	}
	return nil
}

// touchEach counts what something goes through so many times.
func (b *budget) touchEach(times, bytes int) error {
	if times > 0 && bytes > maxTouched/times {
		return b.touch(maxTouched + 1)
	}
	return b.touch(times * bytes)
}

// hold counts what something makes.
func (b *budget) hold(bytes int) error {
	if b.held += bytes; bytes < 0 || b.held > maxHeld {
		b.held = maxHeld + 1
		return errHeld
	}
	return nil
}

// isSpent says whether an error is about what an expression may cost. It ends the
// reading: the next expression would say the same.
func isSpent(err error) bool {
	return errors.Is(err, errTextTooLong) || errors.Is(err, errTooManyValues) || errors.Is(err, errTouched) || errors.Is(err, errHeld)
}

// A weight is how large values are.
type weight struct{ values, bytes int }

func (w weight) size() int { return w.values*valueSize + w.bytes }

// work is what going through them counts, where a byte of a text has a price.
func (w weight) work(price int) int { return w.values*valueWork + w.bytes*price }

// weigh refuses values that are small in memory and huge when walked: lists of
// lists of the same lists.
func weigh(values ...cty.Value) (w weight, err error) {
	for _, v := range values {
		if err := w.add(v); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (w *weight) add(v cty.Value) error {
	if w.values++; w.values > maxValues {
		return errTooManyValues
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
		w.bytes += digits
		return err
	case v.Type() == cty.String:
		if w.bytes += len(v.AsString()); w.bytes > maxText {
			return errTextTooLong
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
