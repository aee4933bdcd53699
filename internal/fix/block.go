package fix

import "strings"

// inputDescription says what the variable or parameter is for that holds an address.
const inputDescription = "who reads the alarms"

// An argument is an attribute path of the catalog and what it is set to:
// metric_transformation.0.value.
type argument struct {
	path string
	value
}

// A block is a resource to add.
type block struct {
	address   string
	typ       string
	arguments []argument
	dependsOn []string // addresses
	template  object   // all of it in a template, where the catalog lacks the type
}

// A bodyMember is an argument of a body, or a block in it.
type bodyMember struct {
	argument
	inner []argument // of a block
}

// nest makes the members of a body out of paths: neighbours that lead into one block
// make one block, until a path repeats, which begins another one.
func nest(arguments []argument) []bodyMember {
	var all []bodyMember
	for _, a := range arguments {
		name, rest, nested := strings.Cut(a.path, ".0.")
		if !nested {
			all = append(all, bodyMember{argument: a})
			continue
		}
		inside := argument{rest, a.value}
		if n := len(all); n > 0 && all[n-1].path == name && all[n-1].inner[0].path != rest {
			all[n-1].inner = append(all[n-1].inner, inside)
			continue
		}
		all = append(all, bodyMember{argument{path: name}, []argument{inside}})
	}
	return all
}
