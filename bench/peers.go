package main

import (
	_ "embed"
	"path"
	"strings"
)

//go:embed peers
var peerList string

// A peer is a program to compare with, at the version that was current when the
// targets were set.
type peer struct{ name, pkg string }

// peers returns the last ones of their names in the list.
func peers() []peer {
	var all []peer
	for line := range strings.Lines(peerList) {
		pkg := strings.TrimSpace(line)
		if pkg == "" || strings.HasPrefix(pkg, "#") {
			continue
		}
		module, _, _ := strings.Cut(pkg, "@")
		p := peer{path.Base(module), pkg}
		if n := len(all); n > 0 && all[n-1].name == p.name {
			all[n-1] = p
			continue
		}
		all = append(all, p)
	}
	return all
}
