// Command arrows measures whether the files of a package have an order: one file
// after the other uses what is declared further down, and few look back up.
//
//	go -C tools run ./arrows [-max PERCENT] [-v] [PATTERN...]
//
// An arrow runs from a file to each file of the same package whose declarations it
// uses. The files are put in the order with the fewest arrows back up; their share is
// what is printed. Tests do not count. With -max it ends with status 1 where a package
// has a larger share, with -v it lists the arrows back and what causes them.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	limit := flag.Float64("max", 100, "the largest `PERCENT` of arrows back up that a package may have")
	verbose := flag.Bool("v", false, "list the arrows back up, and the order of the files")
	dir := flag.String("C", "..", "the module's `DIR`")
	flag.Parse()
	patterns := flag.Args()
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	over, err := measure(*dir, patterns, *limit, *verbose)
	if err != nil {
		fmt.Fprintln(os.Stderr, "arrows:", err)
		os.Exit(2)
	}
	if over {
		os.Exit(1)
	}
}

func measure(dir string, patterns []string, limit float64, verbose bool) (over bool, err error) {
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps
	loaded, err := packages.Load(&packages.Config{Mode: mode, Dir: dir}, patterns...)
	if err != nil {
		return false, err
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			return false, e
		}
		uses := usesOf(p)
		if len(uses) == 0 {
			continue
		}
		order := ordered(uses)
		back := backward(uses, order)
		share := 100 * float64(len(back)) / float64(len(uses))
		mark := ""
		if share > limit {
			over, mark = true, "  too many"
		}
		fmt.Printf("%5.1f %%  %3d of %3d  %s%s\n", share, len(back), len(uses), p.PkgPath, mark)
		if verbose {
			fmt.Println("         order:", strings.Join(order, " "))
			for _, a := range back {
				fmt.Printf("         %s -> %s: %s\n", a.from, a.to, strings.Join(slices.Sorted(maps.Keys(uses[a])), ", "))
			}
		}
	}
	return over, nil
}

// An arrow runs from a file that uses a declaration to the file that has it.
type arrow struct{ from, to string }

// usesOf returns the arrows of a package, each with the names that are used.
func usesOf(p *packages.Package) map[arrow]map[string]bool {
	file := func(pos ast.Node) string { return filepath.Base(p.Fset.Position(pos.Pos()).Filename) }
	uses := map[arrow]map[string]bool{}
	for _, f := range p.Syntax {
		from := file(f)
		ast.Inspect(f, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			obj := p.TypesInfo.Uses[id]
			if obj == nil || obj.Pkg() != p.Types {
				return true
			}
			a := arrow{from, filepath.Base(p.Fset.Position(obj.Pos()).Filename)}
			if a.from != a.to {
				if uses[a] == nil {
					uses[a] = map[string]bool{}
				}
				uses[a][obj.Name()] = true
			}
			return true
		})
	}
	return uses
}

// ordered puts the files in an order with few arrows back up: it moves single files
// for as long as that helps.
func ordered(uses map[arrow]map[string]bool) []string {
	names := map[string]bool{}
	for a := range uses {
		names[a.from], names[a.to] = true, true
	}
	order := slices.Sorted(maps.Keys(names))
	best := len(backward(uses, order))
	for improved := true; improved; {
		improved = false
		for i := range order {
			for j := range order {
				moved := slices.Insert(slices.Delete(slices.Clone(order), i, i+1), j, order[i])
				if n := len(backward(uses, moved)); n < best {
					order, best, improved = moved, n, true
				}
			}
		}
	}
	return order
}

// backward returns the arrows from a file to an earlier one.
func backward(uses map[arrow]map[string]bool, order []string) []arrow {
	at := map[string]int{}
	for i, name := range order {
		at[name] = i
	}
	var back []arrow
	for a := range uses {
		if at[a.from] > at[a.to] {
			back = append(back, a)
		}
	}
	slices.SortFunc(back, func(a, b arrow) int {
		return cmp.Or(strings.Compare(a.from, b.from), strings.Compare(a.to, b.to))
	})
	return back
}
