package main

import (
	"os"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// A workshop holds the programs and the inputs of one session.
type workshop struct {
	shop.Shop
	runs int
	base string // a commit of iacgate, "" for none
}

// build makes the programs: iacgate and its peers as they are released, and a program that does nothing.
func (w workshop) build() error {
	if err := w.Gate(); err != nil {
		return err
	}
	if w.base != "" {
		if err := w.Base(w.base); err != nil {
			return err
		}
	}
	empty := w.Path("empty.go")
	if err := os.WriteFile(empty, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return err
	}
	if err := w.Do(w.Dir, nil, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", w.Path("empty"), empty); err != nil {
		return err
	}
	for _, p := range peers() {
		if err := w.Install(p.pkg, shop.Static); err != nil {
			return err
		}
	}
	return nil
}
