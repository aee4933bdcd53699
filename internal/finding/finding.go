// Package finding has every finding code that iacgate can report: what it says, why that
// matters, how to fix it, where AWS documents it, and which rows of the catalogue of
// silent failures it covers. Help, documentation, the validation of the configuration and
// the report formats derive from this list.
//
// It does not decide when a code applies (package facts and the Rego policies do), nor
// write the message of one occurrence (package present does).
package finding

import (
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// All returns every code: links in chain order, codes that fit any
// link last, and within a link as they are declared.
func All() []Code {
	return slices.Concat(trailCodes(), logGroupCodes(), metricFilterCodes(), patternCodes(), metricCodes(),
		alarmCodes(), actionCodes(), topicCodes(), subscriptionCodes(), anyCodes())
}

// Lookup returns the code with an id.
func Lookup(id string) (Code, bool) {
	for _, c := range All() {
		if c.ID == id {
			return c, true
		}
	}
	return Code{}, false
}

// IDs returns the ids of all codes, in the order of All.
func IDs() []string {
	var ids []string
	for _, c := range All() {
		ids = append(ids, c.ID)
	}
	return ids
}

// Levels returns the level of every code, by id.
func Levels() map[string]verdict.Level {
	levels := map[string]verdict.Level{}
	for _, c := range All() {
		levels[c.ID] = c.Level
	}
	return levels
}
