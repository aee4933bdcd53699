package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// A checker is a program with one rule that is about the question.
type checker struct {
	name string
	pkg  string   // as go install takes it; none for iacgate
	env  []string // what go install needs beside it
	rule rule
	note string // how the rule looks, as its source has it

	// command is what judges a system and where its report lies then, "" for the
	// standard output.
	command func(shop.Shop, checker, system) (args []string, report string)
	status  []int // those of a checker that has done its work
	read    func(report []byte, r rule) (heard, error)

	// What is found out.
	version string
	source  string // the directory of the module that has the rule
	heard   map[system]heard
}

// A rule is where a checker's source says what the rule is for.
type rule struct {
	module, file string
	id, title    string
	samples      string // what its authors test it with, positive*.tf and negative*.tf
}

// A heard is the content of one report.
type heard struct {
	word   answer // of the rule; "" if the report has no word of it
	failed string // why it says nothing of the system
}

// An answer is a checker's verdict on a system.
type answer string

const (
	accepts answer = "accepts"
	objects answer = "objects"
	unknown answer = "unknown"
	skips   answer = "skips"
	absent  answer = "does not look"
	broken  answer = "cannot read it"
)

var peers = []checker{kics, trivy}

// install makes iacgate and its peers, and finds the peers' rules.
func install(s shop.Shop) ([]checker, error) {
	if err := s.Gate(); err != nil {
		return nil, err
	}
	out := []checker{gate}
	for _, c := range peers {
		if err := s.Install(c.pkg, c.env...); err != nil {
			return nil, err
		}
		if err := c.find(s); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		out = append(out, c)
	}
	for i := range out {
		out[i].heard = map[system]heard{}
	}
	return out, nil
}

// program returns the path of the checker: go install names a command after the last
// element of its package.
func (c checker) program(s shop.Shop) string {
	path, _, _ := strings.Cut(c.pkg, "@")
	return s.Path(filepath.Base(path))
}

// find fetches the module that the rule came from into the program, and holds
// what is said here about the rule against its source.
func (c *checker) find(s shop.Shop) error {
	built, err := s.Ask(s.Dir, nil, "go", "version", "-m", c.program(s))
	if err != nil {
		return err
	}
	if c.version = versionIn(built, c.rule.module); c.version == "" {
		return fmt.Errorf("%s: not built in", c.rule.module)
	}
	c.source, err = s.Module(c.rule.module + "@" + c.version)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(c.source, c.rule.file))
	if err != nil {
		return err
	}
	for _, words := range []string{c.rule.id, c.rule.title} {
		if !strings.Contains(string(text), words) {
			return fmt.Errorf("%s: no %q", c.rule.file, words)
		}
	}
	return nil
}

// versionIn returns the version of a module in what go version -m says of a program.
func versionIn(built, module string) string {
	for line := range strings.Lines(built) {
		if f := strings.Fields(line); len(f) >= 3 && (f[0] == "mod" || f[0] == "dep") && f[1] == module {
			return f[2]
		}
	}
	return ""
}

// ask lets the checker judge one system.
func (c checker) ask(s shop.Shop, sys system) error {
	args, report := c.command(s, c, sys)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = s.Dir
	if report != "" {
		os.Remove(report) // of the system before
	}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	raw, err := cmd.Output()
	if cmd.ProcessState == nil {
		return err
	}
	if status := cmd.ProcessState.ExitCode(); !slices.Contains(c.status, status) {
		c.heard[sys] = heard{failed: fmt.Sprintf("exit status %d: %s", status, complaint.String())}
		return nil
	}
	if report != "" {
		raw, err = os.ReadFile(report)
		if err != nil {
			return err
		}
	}
	h, err := c.read(raw, c.rule)
	c.heard[sys] = h
	return err
}

// looks tells whether the rule has a word for any system in this form. A rule
// that is silent on all of them, good and bad, accepts none of them.
func (c checker) looks(f form) bool {
	for sys, h := range c.heard {
		if sys.form == f && h.word != "" {
			return true
		}
	}
	return false
}

// answerOn returns the checker's answer on a system: silence is consent where the rule
// looks at all.
func (c checker) answerOn(sys system) answer {
	h := c.heard[sys]
	switch {
	case h.failed != "":
		return broken
	case h.word != "":
		return h.word
	case c.looks(sys.form):
		return accepts
	}
	return absent
}
