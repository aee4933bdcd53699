package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// comparisons returns what is measured, with the targets that the project has set
// itself.
func (w workshop) comparisons(large bool) []comparison {
	small := w.Path("small.json")
	version := measure.Command{Name: "iacgate --version", Args: []string{w.Path("iacgate"), "--version"}, Dir: w.Dir, Status: []int{0}}
	empty := measure.Command{Name: "an empty Go program", Args: []string{w.Path("empty")}, Dir: w.Dir, Status: []int{0}}
	many, _ := filepath.Glob(w.Path("many/*.json"))
	out := []comparison{
		{what: "starting", of: version, to: empty, wall: 6},
		{what: "a plan of 21 KB", of: w.check("small.json"), to: w.conftest(small), wall: 0.8},
		{what: "a plan of 21 KB", of: w.check("small.json"), to: w.opa(small)},
		{what: "1,000 plans of 21 KB, in one call", of: w.checkAll("1,000 plans", many...), to: w.check("small.json")},
		{what: "300 root modules, in one call", of: w.checkAll("300 root modules", "--recursive", "mono"), to: w.checkAll("one of them", "mono/root000")},
	}
	out = append(out, w.growth()...)
	if w.base != "" {
		out = append(out, w.progress()...)
	}
	if !large {
		return out
	}
	return append(out,
		comparison{what: "a plan of 20,000 resources", of: w.check("large.json"), to: w.conftest(w.Path("large.json")), wall: 0.05, peak: 0.05},
		comparison{what: "five times the plan", of: w.check("largest.json"), to: w.check("large.json")},
	)
}

// growth are baselines beside fewer of them, by all controls and by the one that is
// asked for if nobody asks for any.
func (w workshop) growth() []comparison {
	var out []comparison
	for _, asked := range [][]string{{"--control", "all"}, nil} {
		for _, form := range baselineForms {
			for i, n := range baselineCounts[1:] {
				c := comparison{
					what: fmt.Sprintf("%d baselines, %s", n, form.name),
					of:   w.checkBaselines("iacgate", n, form.path, asked...), to: w.checkBaselines("iacgate", baselineCounts[i], form.path, asked...),
				}
				if n == 2*baselineCounts[i] {
					c.wall = 2.3
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// progress is this iacgate beside that of an earlier commit, by all controls.
func (w workshop) progress() []comparison {
	all := []string{"--control", "all"}
	var out []comparison
	for _, n := range baselineCounts {
		c := comparison{
			what: fmt.Sprintf("%d baselines, beside %s", n, w.base),
			of:   w.checkBaselines("iacgate", n, "template.json", all...), to: w.checkBaselines("base", n, "template.json", all...),
		}
		switch n {
		case 1:
			c.wall = 0.2
		case 32:
			c.wall, c.peak = 0.05, 0.15
		}
		out = append(out, c)
	}
	mono := comparison{what: "300 root modules, beside " + w.base, wall: 0.3}
	for program, c := range map[string]*measure.Command{"iacgate": &mono.of, "base": &mono.to} {
		*c = w.judge(program, "--control all --recursive mono", "--control", "all", "--recursive", "mono")
		c.Status = []int{1} // they meet one control of fifteen
	}
	return append(out, mono)
}

func (w workshop) checkBaselines(program string, n int, form string, asked ...string) measure.Command {
	path := baselinePath(n, form)
	return w.judge(program, strings.Join(append(asked, path), " "), append(asked, path)...)
}

func (w workshop) check(name string) measure.Command { return w.checkAll(name, name) }

func (w workshop) checkAll(name string, args ...string) measure.Command {
	return w.judge("iacgate", name, args...)
}

// judge runs one of the two programs that are iacgate.
func (w workshop) judge(program, name string, args ...string) measure.Command {
	return measure.Command{Name: program + " check " + name, Args: append([]string{w.Path(program), "check"}, args...), Dir: w.Dir, Status: []int{0}}
}

func (w workshop) conftest(file string) measure.Command {
	return measure.Command{Name: "conftest test", Args: []string{w.Path("conftest"), "test", "-p", w.Path("policy"), file}, Dir: w.Dir, Status: []int{0}}
}

func (w workshop) opa(file string) measure.Command {
	return measure.Command{Name: "opa eval", Args: []string{w.Path("opa"), "eval", "-d", w.Path("policy"), "-i", file, "data.main.deny"}, Dir: w.Dir, Status: []int{0}}
}
