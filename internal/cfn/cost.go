package cfn

import "github.com/iacgate/iacgate/internal/resource"

// What the evaluation of templates may cost, whatever their functions do in how
// many steps: a single Fn::Split may go through a whole template.
const (
	// maxSpent bounds the bytes that functions go through, in all cases together.
	maxSpent = 512 << 20
)

// valueSize is the cost of a value in bytes, besides its text.
const valueSize = 32

// spend counts what is gone through; it is false if that is too much. What is
// counted if there is no place is reported at the next one.
func (s *stack) spend(bytes int, at place) bool {
	if s.shared.spent += bytes; s.shared.spent > maxSpent || bytes < 0 {
		s.shared.spent = maxSpent + 1
		s.fail(errorAt(at, "with it functions process more than %d MiB of strings and values", maxSpent>>20))
	}
	return s.failure == nil
}

// sizeOf is how large a value is, with all that is inside it.
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

// maxText bounds the texts that functions make: a template has at most 1 MB.
const maxText = 1 << 20

// maxTexts bounds all texts that functions make in one case.
const maxTexts = 16 << 20

// maxSteps bounds how many values are evaluated in one case. A variable that
// Fn::Sub names often, made of others that do so, would take for ever.
const maxSteps = 2_000_000

// step counts an evaluation; there are no more where one has failed.
func (s *stack) step(at place) (ok bool) {
	if s.steps++; s.steps > maxSteps {
		s.fail(errorAt(at, "its functions evaluate more than %d values", maxSteps))
	}
	if s.steps%1024 == 0 && s.shared.ctx.Err() != nil {
		s.fail(errorAt(at, "its functions take too long"))
	}
	return s.spend(valueSize, at)
}

// isExhausted reports whether evaluation came to a bound.
func (sc *scenario) isExhausted() bool {
	return sc.steps > maxSteps || sc.texts > maxTexts || sc.shared.spent > maxSpent || sc.shared.ctx.Err() != nil
}

const maxNested = 8 // stacks inside stacks
