package plan

import (
	"bytes"
	"errors"
)

// topLevel are the members by which a plan or state is known, or something that
// is mistaken for one and that Read refuses with a hint.
var topLevel = map[string]bool{
	"format_version": true, "terraform_version": true, "planned_values": true, "prior_state": true,
	"resource_changes": true, "resource_drift": true, "output_changes": true, "relevant_attributes": true,
	"configuration": true, "deferred_changes": true, "applyable": true, "errored": true,
	"plan_format_version": true, "lineage": true, "@level": true, "@message": true,
}

// Claims says whether a file that starts with head is for Read: a plan, a
// state, or something that Read refuses with a hint (a binary plan, a log).
func Claims(head []byte) bool {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return true
	}
	s := newScanner(utf8Reader(bytes.NewReader(head)))
	claimed := errors.New("claimed")
	err := s.members(func(key []byte) error {
		if topLevel[string(key)] {
			return claimed
		}
		return s.skip()
	})
	return err == claimed
}
