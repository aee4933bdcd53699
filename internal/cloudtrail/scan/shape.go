package scan

import "bytes"

// A shape remembers in which order the members of an object came. Nearly all records have
// them in the order of others, so that to compare the next name with the one that came here
// before is enough to know it.
type shape struct {
	start   step // before the first member
	members map[string]*step
}

// A step is a member, and what came after it the last two times that this changed.
type step struct {
	name  string // as JSON, with the colon
	child *node  // that the values are kept by, nil if they are skipped
	next  [2]*step
}

// maxMembers bounds the members that are remembered of an object, and maxName the bytes of a
// name.
const (
	maxMembers = 256
	maxName    = 128
)

// learn remembers that a member came after another, and returns it. written is what there
// is of it before its value.
func (s *shape) learn(last *step, written, name []byte, child *node) *step {
	next, known := s.members[string(name)]
	if !known {
		if len(s.members) == maxMembers || len(name) > maxName || bytes.IndexByte(written, '\\') >= 0 {
			return &step{child: child}
		}
		if s.members == nil {
			s.members = map[string]*step{}
		}
		next = &step{name: `"` + string(name) + `":`, child: child}
		s.members[string(name)] = next
	}
	last.next = [2]*step{next, last.next[0]}
	return next
}
