package main

import (
	"bytes"
	"testing"
	"time"
)

// signalled is a writer that says when something is written.
type signalled struct {
	text  bytes.Buffer
	wrote chan struct{}
}

func (s *signalled) Write(p []byte) (int, error) {
	defer func() { s.wrote <- struct{}{} }()
	return s.text.Write(p)
}

func TestBusyWordsAreTakenAway(t *testing.T) {
	w := &signalled{wrote: make(chan struct{}, 2)}
	done := showAfter(w, "reading ...", 0)
	<-w.wrote
	done()
	if got := w.text.String(); got != "reading ...\r\x1b[K" {
		t.Errorf("%q", got)
	}
}

func TestShortReadsAreSilent(t *testing.T) {
	w := &signalled{wrote: make(chan struct{}, 2)}
	showAfter(w, "reading ...", time.Hour)()
	if w.text.Len() > 0 {
		t.Errorf("%q", w.text.String())
	}
}

func TestABufferIsNoTerminal(t *testing.T) {
	if terminalOf(&bytes.Buffer{}) {
		t.Error("a buffer is not a terminal")
	}
}
