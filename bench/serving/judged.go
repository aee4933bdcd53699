package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
)

// A judged input has what graph prints of it, as a request, and what check says.
type judged struct {
	file      string
	documents int
	request   []byte
	want      answer
}

// An answer is what check and the server both say of an input.
type answer struct {
	Exit    int
	Results map[string]result
}

type result struct {
	Verdict  string
	Findings []found
}

type found struct{ Code, Level, Link, Resource string }

// text is the answer in one order.
func (a answer) text() string {
	for _, r := range a.Results {
		slices.SortFunc(r.Findings, func(a, b found) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Link, b.Link), strings.Compare(a.Resource, b.Resource), strings.Compare(a.Level, b.Level))
		})
	}
	raw, _ := json.Marshal(a) // texts and numbers have a form
	return string(raw)
}

// judge runs check and graph on every input, two at once, and returns as many as are asked for of
// those that can be read.
func (w workshop) judge(files []string) ([]judged, error) {
	fmt.Fprintln(os.Stderr, "==> check and graph of", len(files), "inputs")
	all, errs := make([]judged, len(files)), make([]error, len(files))
	var wg sync.WaitGroup
	turn := make(chan struct{}, 2)
	for i, file := range files {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			all[i], errs[i] = w.judgeOne(file, asked[i%len(asked)])
		})
	}
	wg.Wait()
	all = slices.DeleteFunc(all, func(j judged) bool { return j.documents == 0 })
	if len(all) < w.inputs {
		return nil, fmt.Errorf("only %d of %d inputs can be read; %w", len(all), len(files), errors.Join(errs...))
	}
	return all[:w.inputs], errors.Join(errs...)
}

// asked are the controls that inputs are judged on, in turn: with all of them nearly every input
// has a fault.
var asked = []string{"all", "unauthorized-api-calls"}

// judgeOne returns no documents for an input that check refuses.
func (w workshop) judgeOne(file, controls string) (judged, error) {
	raw, exit, err := w.gate("check", "--control", controls, "--config", "none", "--no-inline-waivers", "--output", "json", file)
	if err != nil || exit == 2 {
		return judged{}, err
	}
	var report struct {
		Results []struct {
			Control string
			result
		}
	}
	if err := json.Unmarshal(raw, &report); err != nil {
		return judged{}, fmt.Errorf("%s: %w", file, err)
	}
	j := judged{file: file, want: answer{exit, map[string]result{}}}
	for _, r := range report.Results {
		j.want.Results[r.Control] = r.result
	}
	if raw, _, err = w.gate("graph", "--control", controls, "--config", "none", file); err != nil {
		return judged{}, err
	}
	var documents []json.RawMessage
	for decoder := json.NewDecoder(bytes.NewReader(raw)); decoder.More(); {
		var one json.RawMessage
		if err := decoder.Decode(&one); err != nil {
			return judged{}, fmt.Errorf("%s: %w", file, err)
		}
		documents = append(documents, one)
	}
	j.documents = len(documents)
	j.request, err = json.Marshal(map[string]any{"input": documents})
	return j, err
}

// gate runs iacgate and returns what it prints and its exit status.
func (w workshop) gate(args ...string) ([]byte, int, error) {
	cmd := exec.Command(w.Path("iacgate"), args...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, 0, err
	}
	return out, cmd.ProcessState.ExitCode(), nil
}
