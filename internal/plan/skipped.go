package plan

import (
	"hash/maphash"
	"slices"
	"strings"
)

// skipped remembers the unknown attributes of resources that are not decoded. A reference
// to such a resource only matters if it is to one of those, so a resource that the plan
// does not change costs nothing, and one that it changes little more than its address.
type skipped struct {
	addresses []byte // one after the other
	entries   []skippedEntry
	lists     map[string]int32 // attributes, which many resources share
	unknown   [][]string
}

type skippedEntry struct {
	end     int // of its address
	unknown int32
}

func (s *skipped) add(address []byte, unknown []string) {
	if len(unknown) == 0 {
		return
	}
	names := strings.Join(unknown, "\x00")
	list, ok := s.lists[names]
	if !ok {
		if s.lists == nil {
			s.lists = map[string]int32{}
		}
		list = int32(len(s.unknown))
		s.lists[names] = list
		s.unknown = append(s.unknown, slices.Clone(unknown))
	}
	s.addresses = append(s.addresses, address...)
	s.entries = append(s.entries, skippedEntry{len(s.addresses), list})
}

// A skippedInstance is an instance of a resource that was not decoded.
type skippedInstance struct {
	address
	text    string
	unknown []string
}

// instances returns the skipped resources that the configuration mentions, by
// their addresses without keys.
func (s *skipped) instances(mentioned map[string]bool) map[string][]*skippedInstance {
	found := map[string][]*skippedInstance{}
	start := 0
	for _, e := range s.entries {
		text := string(s.addresses[start:e.end])
		start = e.end
		if !mentioned[localName(text)] {
			continue
		}
		if a, ok := parseAddress(text); ok {
			found[a.static()] = append(found[a.static()], &skippedInstance{a, text, s.unknown[e.unknown]})
		}
	}
	return found
}

// localName returns the resource of an absolute address within its module, without
// its key.
func localName(text string) string {
	if module := modulePrefix(text); module != "" {
		text = strings.TrimPrefix(text[len(module):], ".")
	}
	if i := strings.IndexByte(text, '['); i >= 0 {
		return text[:i]
	}
	return text
}

// addressSet counts addresses, eight bytes for each.
type addressSet map[uint64]struct{}

var addressSeed = maphash.MakeSeed()

func (a addressSet) add(address []byte) { a[maphash.Bytes(addressSeed, address)] = struct{}{} }
