// Package glob matches names and texts against the patterns of flags and of the
// configuration: ids of controls, their numbers in benchmarks, packages of policies, ARNs
// of external resources.
//
// It does not match paths and addresses: waivers have their own language for those
// ([github.com/iacgate/iacgate/internal/verdict.Waiver]).
package glob

import (
	"strings"

	"github.com/gobwas/glob"
)

// MatchText reports whether a text is of a form: * matches any characters, ? for one. The
// syntax is that of Rego's glob.match without delimiters.
func MatchText(pattern, text string) bool {
	p, err := glob.Compile(pattern)
	return err == nil && p.Match(text)
}

// Check returns what is wrong with a pattern.
func Check(pattern string) error {
	_, err := glob.Compile(pattern)
	return err
}

// Match reports whether a pattern is a name, or represents it: * for any characters but /,
// ? for one, [a-z] for one of some. A pattern that is not a glob matches only itself, one
// that cannot be read nothing. The syntax is that of Rego's glob.match with the
// delimiter /.
func Match(pattern, name string) bool {
	if pattern == name || !strings.ContainsAny(pattern, "*?[") {
		return pattern == name
	}
	p, err := glob.Compile(pattern, '/')
	return err == nil && p.Match(name)
}
