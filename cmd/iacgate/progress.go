package main

import (
	"io"
	"os"
	"sync"
	"time"
)

// patience is how long somebody watches a terminal without a word.
const patience = time.Second

// busy says on a terminal that inputs are still read. What it returns takes the
// words away again.
func (p *program) busy() (done func()) {
	if !terminalOf(p.stderr) || p.getenv("CI") != "" || p.getenv("TERM") == "dumb" {
		return func() {}
	}
	return say(p.stderr, "iacgate: reading ...", patience)
}

// say writes a line that stays for a while, after some time.
func say(w io.Writer, words string, after time.Duration) (done func()) {
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

// terminalOf says whether a stream is a terminal.
func terminalOf(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
