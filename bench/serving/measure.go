package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// A measurement is what the server did.
type measurement struct {
	judged      []judged
	differences []string
	rounds      []time.Duration // wall time of each
	latencies   []time.Duration // of every request that counts, in order
	peak        string
	load        string // of the machine before
}

// measure asks the server about every input, and again in each round.
func (w workshop) measure(all []judged) (m *measurement, err error) {
	s, err := w.start()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	load, _ := os.ReadFile("/proc/loadavg") // Linux has it
	m = &measurement{judged: all, load: strings.TrimSpace(string(load))}
	for round := range w.rounds + 1 {
		start := time.Now()
		answers, latencies, err := s.askAll(all, w.connections)
		if err != nil {
			return nil, err
		}
		if round > 0 { // the first one makes connections and caches
			m.rounds, m.latencies = append(m.rounds, time.Since(start)), append(m.latencies, latencies...)
		}
		m.compare(answers)
	}
	slices.Sort(m.latencies)
	m.peak = s.peak()
	return m, nil
}

// askAll asks about every input, several at once.
func (s *server) askAll(all []judged, connections int) ([]answer, []time.Duration, error) {
	answers, latencies, errs := make([]answer, len(all)), make([]time.Duration, len(all)), make([]error, len(all))
	next := make(chan int)
	var wg sync.WaitGroup
	for range connections {
		wg.Go(func() {
			for i := range next {
				answers[i], latencies[i], errs[i] = s.post(all[i].request)
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wg.Wait()
	return answers, latencies, errors.Join(errs...)
}

func (m *measurement) compare(answers []answer) {
	for i, got := range answers {
		if want := m.judged[i].want.text(); want != got.text() {
			m.differences = append(m.differences, fmt.Sprintf("%s\n  check:  %.2000s\n  server: %.2000s", m.judged[i].file, want, got.text()))
		}
	}
}

// differ returns an error for answers that are not the same.
func (m *measurement) differ() error {
	if len(m.differences) == 0 {
		return nil
	}
	return fmt.Errorf("%d answers differ; the first one: %s", len(m.differences), m.differences[0])
}

// quantile returns the latency that a share of the requests stays within.
func (m *measurement) quantile(share float64) time.Duration {
	return m.latencies[min(len(m.latencies)-1, int(share*float64(len(m.latencies))))]
}

// counts returns how many documents there are, how many bytes of them, and how many results
// have each verdict and inputs each exit status.
func (m *measurement) counts() (documents, bytes int, verdicts map[string]int, exits map[int]int) {
	verdicts, exits = map[string]int{}, map[int]int{}
	for _, j := range m.judged {
		documents, bytes = documents+j.documents, bytes+len(j.request)
		exits[j.want.Exit]++
		for r := range maps.Values(j.want.Results) {
			verdicts[r.Verdict]++
		}
	}
	return documents, bytes, verdicts, exits
}
