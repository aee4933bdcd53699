// Package glob matches names against the patterns by which flags and the configuration
// ask for several: ids of controls, their numbers in benchmarks, packages of policies.
//
// It does not match paths and addresses: those of waivers have a language of their own
// ([github.com/iacgate/iacgate/internal/verdict.Waiver]).
package glob

import (
	"strings"

	"github.com/gobwas/glob"
)

// Match says whether a pattern is a name, or stands for it: * for any characters but /,
// ? for one, [a-z] for one of some. A pattern that is no glob matches only itself, one
// that cannot be read nothing. The syntax is that of Rego's glob.match with the
// delimiter /.
func Match(pattern, name string) bool {
	if pattern == name || !strings.ContainsAny(pattern, "*?[") {
		return pattern == name
	}
	p, err := glob.Compile(pattern, '/')
	return err == nil && p.Match(name)
}
