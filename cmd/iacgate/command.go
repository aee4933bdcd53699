package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// A command is one word behind iacgate.
type command struct {
	name     string
	args     string // what stands behind the flags: PATH...
	summary  string // one line
	about    string // more, for its own help
	examples []string
	flags    *pflag.FlagSet
	groups   []group
	// values are what flags take that have a fixed set, arguments what stands behind
	// the flags; for completion.
	values    map[string]func() []string
	arguments func() []string
	// environment says that IACGATE_OUTPUT stands for --output, and so on, but not
	// for the flags in spoken: those of another command mean something else.
	environment bool
	spoken      []string
	run         func(ctx context.Context, args []string) (int, error)
}

// A group is a part of a command's help.
type group struct {
	title string
	flags []string
}

// A word is the name of a command, and makes it: most runs need one of them.
type word struct {
	name string
	make func() command
}

func (w word) command() command {
	c := w.make()
	c.name = w.name
	return c
}

// words returns the name of every command, in the order of the help.
func (p *program) words() []word {
	return []word{
		{"check", p.check}, {"graph", p.graph}, {"list", p.list}, {"explain", p.explain}, {"pattern", p.pattern},
		{"test", p.test}, {"new", p.new}, {"completion", p.completion}, {"man", p.man}, {"version", p.version},
	}
}

// commands returns every command, in the order of the help.
func (p *program) commands() []command {
	var all []command
	for _, w := range p.words() {
		all = append(all, w.command())
	}
	return all
}

// lookup makes the command of a name.
func (p *program) lookup(name string) (command, error) {
	names := []string{"help"}
	for _, w := range p.words() {
		if w.name == name {
			return w.command(), nil
		}
		names = append(names, w.name)
	}
	return command{}, usagef("unknown command %q%s", name, didYouMean(name, names))
}

func newFlags(name string) *pflag.FlagSet {
	f := pflag.NewFlagSet(name, pflag.ContinueOnError)
	f.SortFlags = false
	f.SetOutput(io.Discard) // errors are written by complain
	f.Usage = func() {}
	return f
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

func (c command) writeHelp(w io.Writer) {
	usage := strings.Join(strings.Fields("iacgate "+c.name+" [flags] "+c.args), " ")
	if !c.flags.HasFlags() {
		usage = strings.Replace(usage, " [flags]", "", 1)
	}
	fmt.Fprintf(w, "%s\n\nUsage:\n  %s\n", c.about, usage)
	for _, g := range c.groups {
		part := newFlags(c.name)
		for _, name := range g.flags {
			part.AddFlag(c.flags.Lookup(name))
		}
		fmt.Fprintf(w, "\n%s:\n%s", g.title, part.FlagUsages())
	}
	fmt.Fprint(w, "\nExamples:\n")
	for _, e := range c.examples {
		fmt.Fprintf(w, "  %s\n", e)
	}
}

// flagError says in one line what is wrong with the flags of a command.
func flagError(c command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		name := unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			return usagef("%s: unknown flag -%s", c.name, name)
		}
		return usagef("%s: unknown flag --%s%s", c.name, name, strings.Replace(didYouMean(name, flagNames(c)), "mean ", "mean --", 1))
	}
	return usagef("%s: %v", c.name, err)
}

func flagNames(c command) []string {
	var names []string
	c.flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// applyEnvironment sets flags that were not given from variables such as
// IACGATE_FAIL_ON_WARN. Lists are separated by commas.
func applyEnvironment(flags *pflag.FlagSet, spoken []string, getenv func(string) string) (err error) {
	flags.VisitAll(func(f *pflag.Flag) {
		name := "IACGATE_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := getenv(name)
		if f.Changed || value == "" || err != nil || slices.Contains(spoken, f.Name) {
			return
		}
		for part := range strings.SplitSeq(value, ",") {
			if flags.Set(f.Name, strings.TrimSpace(part)) != nil {
				err = usagef("%s=%q: no value for --%s", name, value, f.Name)
			}
		}
	})
	return err
}
