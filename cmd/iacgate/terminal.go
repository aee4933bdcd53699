package main

import (
	"io"
	"os"
	"sync"
	"time"
)

// patience is how long a terminal stays silent.
const patience = time.Second

// busy shows on a terminal that inputs are still being read. The function that it returns
// removes the line.
func (p *program) busy() (done func()) {
	if !p.hasPatientTerminal() {
		return func() {}
	}
	return showAfter(p.stderr, "iacgate: reading ...", patience)
}

// hasPatientTerminal reports whether somebody watches who may be told what goes on.
func (p *program) hasPatientTerminal() bool {
	return terminalOf(p.stderr) && p.getenv("CI") == "" && p.getenv("TERM") != "dumb"
}

// showAfter writes a line that stays for a while, after some time.
func showAfter(w io.Writer, words string, after time.Duration) (done func()) {
	var mu sync.Mutex
	said, over := false, false
	timer := time.AfterFunc(after, func() {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			said = true
			_, _ = io.WriteString(w, words) // a terminal that is gone hears nothing
		}
	})
	return func() {
		timer.Stop()
		mu.Lock()
		defer mu.Unlock()
		if over = true; said {
			_, _ = io.WriteString(w, "\r\x1b[K")
		}
	}
}

// colored reports whether the standard output should have colour: NO_COLOR
// (https://no-color.org) and --no-color refuse it, CLICOLOR_FORCE
// (https://bixense.com/clicolors) demands it, otherwise a terminal that is not
// dumb has it.
func (p *program) colored(refused bool) bool {
	if refused || p.getenv("NO_COLOR") != "" {
		return false
	}
	if force := p.getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	return p.getenv("TERM") != "dumb" && terminalOf(p.stdout)
}

// terminalOf reports whether a stream is a terminal.
func terminalOf(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
