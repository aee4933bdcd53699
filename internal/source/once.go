package source

import "path/filepath"

// once leaves of inputs that are named several times, as x, ./x and x/ or below a
// directory that is named, too, the first. A link is another name: what the
// configuration says of paths holds for it by itself.
func once(inputs []input) []input {
	seen := map[string]bool{}
	var out []input
	for _, in := range inputs {
		if name := in.name(); !seen[name] {
			seen[name] = true
			out = append(out, in)
		}
	}
	return out
}

// name is what an input is called, however it was named.
func (in input) name() string {
	if in.path == Stdin {
		return Stdin
	}
	if full, err := filepath.Abs(in.path); err == nil {
		return full
	}
	return in.path
}
