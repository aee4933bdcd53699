package plan

import (
	"hash/maphash"
	"strings"
)

// skipped is what is remembered of resources that are not decoded: which of
// their attributes the plan leaves unknown. A reference to such a resource can
// only matter if it is one of those, so a resource that the plan does not touch
// costs nothing.
type skipped struct {
	resources []*outline
	// attributes holds lists of attributes that many resources share.
	attributes map[string][]string
}

func (s *skipped) add(o *outline) {
	if len(o.unknown) == 0 {
		return
	}
	names := strings.Join(o.unknown, "\x00")
	if s.attributes == nil {
		s.attributes = map[string][]string{}
	}
	if shared, ok := s.attributes[names]; ok {
		o.unknown = shared
	} else {
		s.attributes[names] = o.unknown
	}
	s.resources = append(s.resources, &outline{address: o.address, mode: o.mode, unknown: o.unknown})
}

// addressSet counts addresses, eight bytes for each.
type addressSet map[uint64]struct{}

func (a addressSet) add(address string) { a[maphash.String(addressSeed, address)] = struct{}{} }

func (a addressSet) has(address string) bool {
	_, ok := a[maphash.String(addressSeed, address)]
	return ok
}

var addressSeed = maphash.MakeSeed()
