package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/source"
)

// completing is the word by which the scripts of shells ask what may stand at the
// cursor: __complete :CURRENT WORD..., where the colon keeps an empty word from
// being lost on the way. The answer is a line for each candidate, with a tab and
// a description behind it, or asksForFiles.
const completing = "__complete"

const asksForFiles = ":files"

// complete answers a shell. Whatever it does not know, it says nothing of.
func (p *program) complete(args []string) {
	if len(args) == 0 {
		return
	}
	current, words := strings.TrimPrefix(args[0], ":"), args[1:]
	if current == "=" { // bash makes a word of it
		current = ""
	}
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "=" })
	for _, c := range p.candidates(words, current) {
		fmt.Fprintln(p.stdout, c)
	}
}

// candidates are what may stand in the place of current, behind words.
func (p *program) candidates(words []string, current string) []string {
	if len(words) == 0 {
		return starting(append(described(p.commands()), "help\tmore about a command"), current)
	}
	if words[0] == "help" {
		return starting(described(p.commands()), current)
	}
	c, err := p.lookup(words[0])
	if err != nil {
		return nil
	}
	if f := c.waiting(words[1:]); f != nil {
		return c.valuesOf(f, current)
	}
	if flag, value, ok := strings.Cut(current, "="); ok && strings.HasPrefix(flag, "--") {
		return c.inside(flag, value)
	}
	if strings.HasPrefix(current, "-") {
		return starting(c.offered(), current)
	}
	if c.arguments == nil {
		return nil
	}
	return starting(c.arguments(), current)
}

func described(commands []command) []string {
	var out []string
	for _, c := range commands {
		out = append(out, c.name+"\t"+c.summary)
	}
	return out
}

// waiting is the flag whose value comes next; nil where none does.
func (c command) waiting(words []string) *pflag.Flag {
	if len(words) == 0 {
		return nil
	}
	last := words[len(words)-1]
	var f *pflag.Flag
	switch name, long := strings.CutPrefix(last, "--"); {
	case long:
		f = c.flags.Lookup(name)
	case len(last) == 2 && last[0] == '-':
		f = c.flags.ShorthandLookup(last[1:])
	}
	if f == nil || f.NoOptDefVal != "" {
		return nil
	}
	return f
}

// inside completes the value in --flag=value.
func (c command) inside(flag, value string) []string {
	f := c.flags.Lookup(strings.TrimPrefix(flag, "--"))
	if f == nil {
		return nil
	}
	values := c.valuesOf(f, value)
	for i, v := range values {
		if v != asksForFiles {
			values[i] = flag + "=" + v
		}
	}
	return values
}

// offered are the flags of a command.
func (c command) offered() []string {
	var out []string
	c.flags.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		out = append(out, "--"+f.Name+"\t"+usage)
	})
	return out
}

// valuesOf are the values that a flag takes: of a set, or files.
func (c command) valuesOf(f *pflag.Flag, current string) []string {
	if of := c.values[f.Name]; of != nil {
		if strings.Contains(current, "=") { // the file of --output FORMAT=FILE
			return []string{asksForFiles}
		}
		return starting(of(), current)
	}
	switch kind, _ := pflag.UnquoteUsage(f); kind {
	case "FILE", "DIR", "PATH":
		return []string{asksForFiles}
	}
	return nil
}

func starting(words []string, prefix string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w != asksForFiles && !strings.HasPrefix(w, prefix) })
}

// What the values of flags and the arguments of commands are taken from.

func files() []string { return []string{asksForFiles} }

func textOrJSON() []string { return []string{"text", "json"} }

func formats() []string {
	var out []string
	for _, f := range report.Formats() {
		out = append(out, f.Name+"\t"+f.Description)
	}
	return out
}

func controlIDs() []string {
	known, err := catalogue()
	if err != nil {
		known = policy.Catalogue{} // what is wrong is said where it is used
	}
	ids, err := known.IDs()
	if err != nil {
		return nil
	}
	return ids
}

func askedControls() []string { return append(controlIDs(), "all", "none") }

func topics() []string {
	return slices.Concat(controlIDs(), finding.IDs(), slices.Sorted(maps.Keys(schemaTopics)))
}

// inputValues are the sets behind inputFlags.
func inputValues(more map[string]func() []string) map[string]func() []string {
	values := map[string]func() []string{
		"from": source.Names, "control": askedControls, "profile": func() []string { return slices.Clone(config.Profiles) },
		"input": func() []string { return []string{"judged", "raw"} },
	}
	maps.Copy(values, more)
	return values
}
