package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A server is OPA with the bundle.
type server struct {
	cmd    *exec.Cmd
	url    string
	client *http.Client
}

// ask is what is asked. Without strict errors an error of a function would leave out what needs
// it, in silence.
const ask = "/v1/data/iacgate/report?strict-builtin-errors=true"

// start starts OPA on a port of loopback and waits until it has loaded the bundle.
func (w workshop) start() (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	s := &server{
		exec.Command(w.Path("opa"), "run", "--server", "--skip-version-check", "--log-level", "error", "--addr", address, "--bundle", w.Path("bundle.tar.gz")),
		"http://" + address, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: w.connections, MaxConnsPerHost: w.connections}},
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for range 3000 {
		if response, err := s.client.Get(s.url + "/health?bundles"); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the server does not start"), s.stop())
}

func (s *server) stop() error {
	if err := s.cmd.Process.Kill(); err != nil {
		return err
	}
	_ = s.cmd.Wait() // it was killed
	return nil
}

// post asks about one input.
func (s *server) post(request []byte) (answer, time.Duration, error) {
	start := time.Now()
	response, err := s.client.Post(s.url+ask, "application/json", bytes.NewReader(request))
	if err != nil {
		return answer{}, 0, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	took := time.Since(start)
	var said struct{ Result *answer }
	if err := errors.Join(err, json.Unmarshal(raw, &said)); err != nil || said.Result == nil {
		return answer{}, 0, fmt.Errorf("%s: %.200s", response.Status, raw)
	}
	return *said.Result, took, nil
}

// peak returns the largest resident set of the server so far, as Linux counts it; "" elsewhere.
func (s *server) peak() string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			var kib int64
			if _, err := fmt.Sscan(value, &kib); err == nil {
				return fmt.Sprintf("%d MiB", kib>>10)
			}
		}
	}
	return ""
}
