package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/verdict"
)

func (p *program) man(commands func() []command) command {
	return command{
		summary:  "the manual page, for man",
		about:    "Print the manual page of iacgate and all of its commands, as man reads it.",
		flags:    newFlags("man"),
		examples: []string{"iacgate man | man -l -", "iacgate man > /usr/local/share/man/man1/iacgate.1"},
		run: func(_ context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usagef("man takes no arguments")
			}
			_, err := p.stdout.Write([]byte(manual(commands())))
			return verdict.ExitOK, err
		},
	}
}

// manual returns the page in the macros of man(7)
// (https://man7.org/linux/man-pages/man7/man.7.html), made of the same table as
// the help.
func manual(commands []command) string {
	var b strings.Builder
	b.WriteString(".TH IACGATE 1 \"\" \"iacgate " + escapeRoff(buildVersion().number) + "\" \"User Commands\"\n" +
		".SH NAME\niacgate \\- judge whether audit alarms exist, are connected, and would fire\n" +
		".SH SYNOPSIS\n.B iacgate\n.I COMMAND\n[flags] [arguments]\n.SH COMMANDS\n")
	for _, c := range commands {
		c.manual(&b)
	}
	b.WriteString(".SH EXIT STATUS\n")
	for _, s := range []struct{ code, meaning string }{
		{"0", "every control passes, is skipped or is waived"},
		{"1", "at least one control fails"},
		{"2", "nothing was judged: bad usage or unreadable input"},
		{"3", "nothing fails, but at least one control is unknown"},
		{"130, 143", "ended by SIGINT or SIGTERM"},
	} {
		b.WriteString(".TP\n.B " + s.code + "\n" + escapeRoff(s.meaning) + "\n")
	}
	b.WriteString(".SH ENVIRONMENT\nVariables such as\n.B IACGATE_OUTPUT\nset flags of check that are not given, and those of graph that say what to read.\nThe region in\n.B AWS_REGION\nor\n.B AWS_DEFAULT_REGION\nmay settle that two regions are equal, and decides nothing else.\n.B NO_COLOR\nand\n.B CLICOLOR_FORCE\nare heeded.\n" +
		".SH FILES\n.TP\n.B .iacgate.yaml\nThe configuration, in the working directory or above it.\n")
	return b.String()
}

func (c command) manual(b *strings.Builder) {
	fmt.Fprintf(b, ".SS iacgate %s\n%s\n", escapeRoff(strings.TrimSpace(c.name+" [flags] "+c.args)), escapeRoff(c.about))
	c.flags.VisitAll(func(f *pflag.Flag) {
		name, usage := pflag.UnquoteUsage(f)
		flag := "\\-\\-" + escapeRoff(f.Name)
		if f.Shorthand != "" {
			flag = "\\-" + f.Shorthand + ", " + flag
		}
		if name != "" {
			flag += " \\fI" + escapeRoff(name) + "\\fR"
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", flag, escapeRoff(usage))
	})
	for i, e := range c.examples {
		if i == 0 {
			b.WriteString(".PP\nExamples:\n")
		}
		fmt.Fprintf(b, ".PP\n.nf\n.RS\n%s\n.RE\n.fi\n", escapeRoff(e))
	}
}

// escapeRoff escapes text: a backslash, a hyphen that is to be copied, and a control
// character at the start of a line.
func escapeRoff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
