package cfn

import "github.com/iacgate/iacgate/internal/resource"

// What the evaluation of templates may cost, whatever their functions do in how
// many steps: a single Fn::Split may go through a whole template.
const (
	// maxTouched bounds the bytes that functions go through, in all cases together.
	maxTouched = 512 << 20
	// maxParts bounds the elements that a text is split into; a whole template has
	// at most some thousand lines.
	maxParts = 10_000
)

// valueSize is what a value counts in bytes, besides its text.
const valueSize = 32

// touch counts what is gone through; it is false where that is too much. What is
// counted where there is no place is told at the next one.
func (s *stack) touch(bytes int, at place) bool {
	if s.run.touched += bytes; s.run.touched > maxTouched || bytes < 0 {
		s.run.touched = maxTouched + 1
		s.fail(errorAt(at, "with it functions go through more than %d MiB of texts and values", maxTouched>>20))
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
