package cfn

import "github.com/iacgate/iacgate/internal/resource"

// Bounds of the cost of evaluating templates. Steps differ: a single Fn::Split may read
// a whole template.
const (
	// maxSpent bounds the bytes that functions read, in all cases together.
	maxSpent = 512 << 20
)

// valueSize is the cost of a value in bytes, besides its text.
const valueSize = 32

// spend counts bytes that are read; it returns false if they are too many. Without a
// place, the error is reported at the next one.
func (s *stack) spend(bytes int, at place) bool {
	if s.shared.spent += bytes; s.shared.spent > maxSpent || bytes < 0 {
		s.shared.spent = maxSpent + 1
		s.fail(errorAt(at, "with it functions process more than %d MiB of strings and values", maxSpent>>20))
	}
	return s.failure == nil
}

// sizeOf returns the size of a value with everything in it.
func sizeOf(v resource.Value) int {
	size := valueSize
	switch v.Kind() {
	case resource.List:
		for _, e := range v.List() {
			size += sizeOf(e)
		}
	case resource.Map:
		for _, key := range v.Keys() {
			size += len(key) + sizeOf(v.Get(key))
		}
	default:
		text, _ := v.Text()
		size += len(text)
	}
	return size
}

// maxText bounds the text that a function makes: a template has at most 1 MB.
const maxText = 1 << 20

// maxTexts bounds all texts that functions make in one case.
const maxTexts = 16 << 20

// maxSteps bounds how many values are evaluated in one case. Without it, nested
// Fn::Sub that repeat their variables would never end.
const maxSteps = 2_000_000

// step counts an evaluation; it returns false after a failure.
func (s *stack) step(at place) (ok bool) {
	if s.steps++; s.steps > maxSteps {
		s.fail(errorAt(at, "its functions evaluate more than %d values", maxSteps))
	}
	if s.steps%1024 == 0 && s.shared.ctx.Err() != nil {
		s.fail(errorAt(at, "its functions take too long"))
	}
	return s.spend(valueSize, at)
}

// isExhausted reports whether the evaluation reached a bound.
func (sc *scenario) isExhausted() bool {
	return sc.steps > maxSteps || sc.texts > maxTexts || sc.shared.spent > maxSpent || sc.shared.ctx.Err() != nil
}

const maxNested = 8 // stacks inside stacks
