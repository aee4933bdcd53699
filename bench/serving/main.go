// Command serving judges many inputs twice, with iacgate check and by its bundle on an OPA
// server on loopback, compares the answers one by one, and writes how fast the server was to
// FLEET.md. It fails where an answer differs.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// A workshop holds the programs and the inputs of one session.
type workshop struct {
	shop.Shop
	inputs, connections, rounds int
	seed                        uint64
}

func main() {
	var w workshop
	flag.IntVar(&w.inputs, "n", 1000, "`N` inputs to make")
	flag.IntVar(&w.connections, "connections", 8, "`N` requests at once")
	flag.IntVar(&w.rounds, "rounds", 5, "ask for every input `N` times, after one round that is not counted")
	flag.Uint64Var(&w.seed, "seed", 1, "`SEED` of what is made up")
	out := flag.String("out", "FLEET.md", "`FILE` to write")
	flag.Parse()
	if err := w.serve(*out); err != nil {
		fmt.Fprintln(os.Stderr, "serving:", err)
		os.Exit(1)
	}
}

func (w workshop) serve(out string) error {
	s, err := shop.Open("..")
	if err != nil {
		return err
	}
	defer os.RemoveAll(s.Dir)
	w.Shop = s
	fmt.Fprintln(os.Stderr, "==> go build of iacgate and OPA")
	if err := w.build(); err != nil {
		return err
	}
	all, err := w.variants()
	if err != nil {
		return err
	}
	judged, err := w.judge(all)
	if err != nil {
		return err
	}
	m, err := w.measure(judged)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, w.page(m), 0o644); err != nil {
		return err
	}
	return m.differ()
}

// build makes iacgate, its bundle, and the OPA that the project pins.
func (w workshop) build() error {
	if err := w.Gate(); err != nil {
		return err
	}
	if err := w.Do(w.Root, nil, w.Path("iacgate"), "bundle", "--config", "none", "--output-file", w.Path("bundle.tar.gz")); err != nil {
		return err
	}
	return w.Do(w.Root, []string{Static}, "go", "build", "-trimpath", "-modfile="+filepath.Join("tools", "go.mod"), "-o", w.Path("opa"), "github.com/open-policy-agent/opa")
}

// Static is that of package shop.
const Static = shop.Static
