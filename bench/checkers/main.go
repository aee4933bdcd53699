// Command checkers asks iacgate and other checkers of infrastructure code for a
// verdict on the same systems, and writes what they say to VERDICTS.md.
//
// It asks one question only, whether somebody hears of calls that are not
// allowed, of the one rule that each checker has for it. It ranks nobody: the
// checkers look at hundreds of things that are not asked here.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

func main() {
	out := flag.String("out", "VERDICTS.md", "`FILE` to write")
	flag.Parse()
	if err := compare(*out); err != nil {
		fmt.Fprintln(os.Stderr, "verdicts:", err)
		os.Exit(1)
	}
}

func compare(out string) error {
	s, err := shop.Open("..")
	if err != nil {
		return err
	}
	defer os.RemoveAll(s.Dir)
	asked, err := install(s)
	if err != nil {
		return err
	}
	systems, err := collect(s, asked)
	if err != nil {
		return err
	}
	for i := range asked {
		fmt.Fprintln(os.Stderr, "==>", asked[i].name)
		for _, sys := range systems {
			if err := asked[i].ask(s, sys); err != nil {
				return fmt.Errorf("%s: %s: %w", asked[i].name, sys.path, err)
			}
		}
	}
	return os.WriteFile(out, page(asked, systems), 0o644)
}
