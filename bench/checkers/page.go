package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// page is VERDICTS.md: the same wherever it is written.
func page(asked []checker, systems []system) []byte {
	var b bytes.Buffer
	b.WriteString("# Verdicts\n\nWritten by `bench/verdicts`; run it again to check. It needs Go and the module proxy.\n\n" + about + "\n\n")
	writeAsked(&b, asked)
	b.WriteString("\n## In short\n\n" + inShort + "\n\n")
	writeCounts(&b, asked, systems)
	b.WriteString("\n" + limits + "\n\n## How the rules look\n\n")
	for _, c := range asked {
		fmt.Fprintf(&b, "* %s: %s\n", c.name, c.note)
	}
	for _, part := range []struct {
		set         set
		title, text string
	}{
		{probe, "The probe", probeText},
		{samples, "What the rules' authors test them with", samplesText},
		{cases, "Every system", casesText},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", part.title, part.text)
		writeAnswers(&b, asked, slices.DeleteFunc(slices.Clone(systems), func(s system) bool { return s.set != part.set }))
	}
	return b.Bytes()
}

// writeAsked says what was asked, and how.
func writeAsked(b io.Writer, asked []checker) {
	io.WriteString(b, "| checker | rule | source |\n|---|---|---|\n")
	for _, c := range asked {
		program, where := "this repository", "[policies/controls](../policies/controls)"
		if c.pkg != "" {
			program = "`" + c.pkg + "`"
			where = fmt.Sprintf("`%s` of `%s@%s`", c.rule.file, c.rule.module, c.version)
		}
		fmt.Fprintf(b, "| %s, %s | `%s`, \"%s\" | %s |\n", c.name, program, c.rule.id, c.rule.title, where)
	}
	io.WriteString(b, "\n```\n")
	for _, c := range asked {
		c.source = "MODULE"
		args, _ := c.command(shop.Shop{}, c, system{dir: "SYSTEM", path: "SYSTEM"})
		fmt.Fprintln(b, strings.Join(args, " "))
	}
	io.WriteString(b, "```\n")
}

// writeCounts is the short table.
func writeCounts(b io.Writer, asked []checker, systems []system) {
	writeHead(b, asked, "form", "systems")
	for _, f := range forms {
		for _, kind := range []struct {
			want, words string
			right       answer
		}{
			{"pass", "correct: accepted", accepts},
			{"fail", "broken: noticed", objects},
		} {
			var of []system
			for _, sys := range systems {
				if sys.set == cases && sys.form == f && sys.want == kind.want {
					of = append(of, sys)
				}
			}
			if len(of) == 0 {
				continue
			}
			fmt.Fprintf(b, "| %s | %d %s |", f, len(of), kind.words)
			for _, c := range asked {
				fmt.Fprintf(b, " %s |", c.count(of, kind.right))
			}
			io.WriteString(b, "\n")
		}
	}
}

// count returns how many of the systems get the right answer, and how many none.
func (c checker) count(of []system, right answer) string {
	n := map[answer]int{}
	for _, sys := range of {
		n[c.answerOn(sys)]++
	}
	out := fmt.Sprint(n[right])
	if n[absent] > 0 { // of one form: of all that could be read
		out = string(absent)
	}
	for _, other := range []answer{unknown, skips, broken} {
		if n[other] > 0 {
			out += fmt.Sprintf(", %s %d", other, n[other])
		}
	}
	return out
}

// writeAnswers is the long table of some systems, one for each form.
func writeAnswers(b io.Writer, asked []checker, systems []system) {
	for _, f := range forms {
		if !slices.ContainsFunc(systems, func(s system) bool { return s.form == f }) {
			continue
		}
		io.WriteString(b, "\n")
		writeHead(b, asked, string(f), "deserves")
		for _, sys := range systems {
			if sys.form != f {
				continue
			}
			fmt.Fprintf(b, "| %s | %s |", sys.name, sys.want)
			for _, c := range asked {
				fmt.Fprintf(b, " %s |", c.answerOn(sys))
			}
			io.WriteString(b, "\n")
		}
	}
}

func writeHead(b io.Writer, asked []checker, first ...string) {
	for _, title := range first {
		fmt.Fprintf(b, "| %s ", title)
	}
	for _, c := range asked {
		fmt.Fprintf(b, "| %s ", c.name)
	}
	io.WriteString(b, "|\n"+strings.Repeat("|---", len(first)+len(asked))+"|\n")
}
