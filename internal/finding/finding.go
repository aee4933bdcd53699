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
	"sync"

	"github.com/iacgate/iacgate/internal/verdict"
)

// all is the list, made when it is first asked for: a version or a help text needs none.
var all = sync.OnceValue(func() []Code {
	return slices.Concat(trailCodes(), logGroupCodes(), metricFilterCodes(), patternCodes(), metricCodes(),
		alarmCodes(), actionCodes(), topicCodes(), subscriptionCodes(), anyCodes())
})

// All returns every code: links in chain order, codes that fit any
// link last, and within a link as they are declared.
func All() []Code { return slices.Clone(all()) }

// Lookup returns the code with an id.
func Lookup(id string) (Code, bool) {
	i := slices.IndexFunc(all(), func(c Code) bool { return c.ID == id })
	if i < 0 {
		return Code{}, false
	}
	return all()[i], true
}

// IDs returns the ids of all codes, in the order of All.
func IDs() []string {
	var ids []string
	for _, c := range all() {
		ids = append(ids, c.ID)
	}
	return ids
}

// Levels returns the level of every code, by id.
func Levels() map[string]verdict.Level {
	levels := map[string]verdict.Level{}
	for _, c := range all() {
		levels[c.ID] = c.Level
	}
	return levels
}
