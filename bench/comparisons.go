package main

import "path/filepath"

// comparisons are what is measured, with the targets that the project has set
// itself.
func (w workshop) comparisons(large bool) []comparison {
	small := w.Path("small.json")
	version := command{"iacgate --version", []string{w.Path("iacgate"), "--version"}, w.Dir, []int{0}}
	empty := command{"an empty Go program", []string{w.Path("empty")}, w.Dir, []int{0}}
	many, _ := filepath.Glob(w.Path("many/*.json"))
	out := []comparison{
		{what: "starting", of: version, to: empty, wall: 6},
		{what: "a plan of 21 KB", of: w.check("small.json"), to: w.conftest(small), wall: 0.4},
		{what: "a plan of 21 KB", of: w.check("small.json"), to: w.opa(small), wall: 0.8},
		{what: "1,000 plans of 21 KB, in one call", of: w.checkAll("1,000 plans", many...), to: w.check("small.json")},
		{what: "300 root modules, in one call", of: w.checkAll("300 root modules", "--recursive", "mono"), to: w.checkAll("one of them", "mono/root000")},
	}
	if !large {
		return out
	}
	return append(out,
		comparison{what: "a plan of 20,000 resources", of: w.check("large.json"), to: w.conftest(w.Path("large.json")), wall: 0.05, peak: 0.05},
		comparison{what: "five times the plan", of: w.check("largest.json"), to: w.check("large.json")},
	)
}

func (w workshop) check(name string) command { return w.checkAll(name, name) }

func (w workshop) checkAll(name string, args ...string) command {
	return command{"iacgate check " + name, append([]string{w.Path("iacgate"), "check"}, args...), w.Dir, []int{0}}
}

func (w workshop) conftest(file string) command {
	return command{"conftest test", []string{w.Path("conftest"), "test", "-p", w.Path("policy"), file}, w.Dir, []int{0}}
}

func (w workshop) opa(file string) command {
	return command{"opa eval", []string{w.Path("opa"), "eval", "-d", w.Path("policy"), "-i", file, "data.main.deny"}, w.Dir, []int{0}}
}
