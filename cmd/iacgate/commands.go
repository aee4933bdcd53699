package main

import (
	"fmt"
	"io"
	"os"
)

// A constructor has the name of a command and a function that makes it, because most runs
// only need one of them.
type constructor struct {
	name string
	make func() command
}

func (c constructor) command() command {
	made := c.make()
	made.name = c.name
	return made
}

// constructors returns the name of every command, in the order of the help.
func (p *program) constructors() []constructor {
	return []constructor{
		{"check", p.check}, {"fix", p.fix}, {"init", p.init}, {"graph", p.graph}, {"bundle", p.bundle}, {"list", p.list}, {"explain", p.explain}, {"pattern", p.pattern}, {"backtest", p.backtest},
		{"test", p.test}, {"new", p.new}, {"completion", p.completion}, {"man", func() command { return p.man(p.commands) }}, {"version", p.version},
	}
}

// commands returns every command, in the order of the help.
func (p *program) commands() []command {
	var all []command
	for _, c := range p.constructors() {
		all = append(all, c.command())
	}
	return all
}

// lookup makes the command of a name.
func (p *program) lookup(name string) (command, error) {
	names := []string{"help"}
	for _, c := range p.constructors() {
		if c.name == name {
			return c.command(), nil
		}
		names = append(names, c.name)
	}
	if _, err := os.Lstat(name); err == nil {
		return command{}, usagef("%q is not a command; to judge it: iacgate check %s", name, name)
	}
	return command{}, usagef("unknown command %q%s", name, didYouMean(name, names))
}

func writeHelp(w io.Writer, commands []command) {
	fmt.Fprint(w, "iacgate judges whether Terraform plans and code and CloudFormation templates have\n"+
		"a connected, firing alarm on unauthorized API calls.\n\nUsage:\n  iacgate COMMAND [flags] [arguments]\n\nCommands:\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nExamples:\n  terraform show -json tfplan > plan.json\n  iacgate check plan.json\n"+
		"  iacgate explain pattern-misses-events\n\n"+
		"Exit status of check:\n  0  every control passes, is skipped or is waived\n"+
		"  1  at least one control fails\n  2  nothing was judged: bad usage or unreadable input\n"+
		"  3  nothing fails, but at least one control is unknown\n\n"+
		"iacgate help COMMAND says more about a command.\n")
}
