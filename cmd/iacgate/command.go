package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/spf13/pflag"
)

// A command is the first argument of iacgate.
type command struct {
	name     string
	args     string // what follows the flags: PATH...
	summary  string // one line
	about    string // more, for its own help
	examples []string
	flags    *pflag.FlagSet
	groups   []group
	// values are the values of flags with a fixed set, arguments those of the
	// arguments after the flags; for completion.
	values    map[string]func() []string
	arguments func() []string
	// environment says that IACGATE_OUTPUT sets --output, and so on, but not the flags
	// in notFromEnv: their variables belong to another command.
	environment bool
	notFromEnv  []string
	// judges says that the command needs the policies of the controls.
	judges bool
	run    func(ctx context.Context, args []string) (int, error)
}

// A group is a part of a command's help.
type group struct {
	title string
	flags []string
}

func newFlags(name string) *pflag.FlagSet {
	f := pflag.NewFlagSet(name, pflag.ContinueOnError)
	f.SortFlags = false
	f.SetOutput(io.Discard) // errors are written by complain
	f.Usage = func() {}
	return f
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

// checkDashes returns an error for a long flag with one dash, as Terraform has them: it
// would be read as several short ones.
func checkDashes(c command, args []string) error {
	for _, a := range args {
		if a == "--" {
			return nil
		}
		name, isShort := strings.CutPrefix(a, "-")
		name, _, _ = strings.Cut(name, "=")
		if !isShort || strings.HasPrefix(name, "-") || len(name) < 3 {
			continue
		}
		i := slices.IndexFunc(flagNames(c), func(long string) bool { return strings.HasPrefix(long, name) })
		if i >= 0 {
			return usagef("%s: %s: long flags have two dashes: --%s", c.name, a, flagNames(c)[i])
		}
	}
	return nil
}

func flagNames(c command) []string {
	var names []string
	c.flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// variablePrefix is that of the variables that set flags.
const variablePrefix = "IACGATE_"

// variable returns the name of the variable that sets a flag.
func variable(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// applyEnvironment sets flags that were not given from variables such as
// IACGATE_FAIL_ON_WARN. Lists are separated by commas.
func applyEnvironment(flags *pflag.FlagSet, spoken []string, getenv func(string) string) (err error) {
	flags.VisitAll(func(f *pflag.Flag) {
		name := variable(f.Name)
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

// checkEnvironment returns an error for a variable that is one slip away from that of a
// flag: it would be ignored. Others that begin with IACGATE_ are somebody else's.
func checkEnvironment(commands []command, environ []string) error {
	known := map[string]bool{}
	for _, c := range commands {
		for _, name := range flagNames(c) {
			known[variable(name)] = true
		}
	}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, variablePrefix) || known[name] || value == "" {
			continue
		}
		for _, meant := range slices.Sorted(maps.Keys(known)) {
			if nearest.Within(name, meant, 1) {
				return usagef("%s is not a variable of iacgate; did you mean %s?", name, meant)
			}
		}
	}
	return nil
}

const asksForFiles = ":files"

func fileArguments() []string { return []string{asksForFiles} }

func registerTextOrJSON(f *pflag.FlagSet, format *string) {
	f.StringVarP(format, "output", "o", "text", "`FORMAT`: text or json")
}

func textOrJSON() []string { return []string{"text", "json"} }

func wantsJSON(command, format string) (bool, error) {
	switch format {
	case "text", "json":
		return format == "json", nil
	}
	return false, usagef("%s: no output format %q; known: text and json", command, format)
}
