package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// completeCommand is the command by which the scripts of shells ask what may follow at the
// cursor: __complete :CURRENT WORD..., where the colon keeps an empty word from
// being lost on the way. The answer is a line for each candidate, with a tab and
// a description after it, or asksForFiles.
const completeCommand = "__complete"

// complete answers a shell. It prints nothing if it has no candidates.
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

// candidates returns the words that may replace current, after words.
func (p *program) candidates(words []string, current string) []string {
	if len(words) == 0 {
		return withPrefix(append(withSummaries(p.commands()), "help\tmore about a command"), current)
	}
	if words[0] == "help" {
		return withPrefix(withSummaries(p.commands()), current)
	}
	c, err := p.lookup(words[0])
	if err != nil {
		return nil
	}
	if f := c.flagBefore(words[1:]); f != nil {
		return c.valueCandidates(f, current)
	}
	if flag, value, ok := strings.Cut(current, "="); ok && strings.HasPrefix(flag, "--") {
		return c.valueInFlag(flag, value)
	}
	if strings.HasPrefix(current, "-") {
		return withPrefix(c.flagCandidates(), current)
	}
	if c.arguments == nil {
		return nil
	}
	return withPrefix(c.arguments(), current)
}

func withSummaries(commands []command) []string {
	var out []string
	for _, c := range commands {
		out = append(out, c.name+"\t"+c.summary)
	}
	return out
}

// flagBefore returns the flag whose value comes next; nil if none does.
func (c command) flagBefore(words []string) *pflag.Flag {
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

// valueInFlag completes the value in --flag=value.
func (c command) valueInFlag(flag, value string) []string {
	f := c.flags.Lookup(strings.TrimPrefix(flag, "--"))
	if f == nil {
		return nil
	}
	values := c.valueCandidates(f, value)
	for i, v := range values {
		if v != asksForFiles {
			values[i] = flag + "=" + v
		}
	}
	return values
}

// flagCandidates returns the flags of a command.
func (c command) flagCandidates() []string {
	var out []string
	c.flags.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		out = append(out, "--"+f.Name+"\t"+usage)
	})
	return out
}

// valueCandidates returns the values that a flag takes: of a set, or files.
func (c command) valueCandidates(f *pflag.Flag, current string) []string {
	if of := c.values[f.Name]; of != nil {
		if strings.Contains(current, "=") { // the file of --output FORMAT=FILE
			return []string{asksForFiles}
		}
		return withPrefix(of(), current)
	}
	switch kind, _ := pflag.UnquoteUsage(f); kind {
	case "FILE", "DIR", "PATH":
		return []string{asksForFiles}
	}
	return nil
}

func withPrefix(words []string, prefix string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w != asksForFiles && !strings.HasPrefix(w, prefix) })
}
