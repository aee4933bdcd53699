package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// A command is one process to measure; it may end with any of some statuses.
type command struct {
	name   string
	args   []string
	dir    string
	status []int
}

// A figure is the cost of one run, or the median of several.
type figure struct {
	wall, cpu time.Duration
	peak      int64 // KiB, the largest resident set
}

// run starts the command once.
func (c command) run() (figure, error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Dir, cmd.Stdout = c.dir, io.Discard
	stderr := &tail{}
	cmd.Stderr = stderr
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if cmd.ProcessState == nil {
		return figure{}, err
	}
	if got := cmd.ProcessState.ExitCode(); !slices.Contains(c.status, got) {
		return figure{}, fmt.Errorf("%s: exit status %d: %s", c.name, got, stderr)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return figure{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), usage.Maxrss}, nil
}

// tail keeps the first part of what a command complains about.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p[:min(len(p), 1000-min(1000, len(t.text)))]...)
	return len(p), nil
}

func (t *tail) String() string { return string(t.text) }

// A comparison runs two commands in turn, so that a machine that drifts drifts
// for both.
type comparison struct {
	what   string
	of, to command
	wall   float64 // the target for the ratio of wall times; 0 for none
	peak   float64 // and of peak memory
}

// A row is the outcome of a comparison: medians, and the medians of the ratios
// of each pair.
type row struct {
	comparison
	a, b             figure
	wallBy, cpuBy    float64
	peakBy           float64
	wallLow, wallTop float64
}

// Commands that are over soon are run oftener: a millisecond more or less counts.
const (
	brief   = 300 * time.Millisecond
	oftener = 5
)

func (c comparison) measure(runs int) (row, error) {
	var as, bs []figure
	for i := 0; i <= runs; i++ {
		a, err := c.of.run()
		if err != nil {
			return row{}, err
		}
		b, err := c.to.run()
		if err != nil {
			return row{}, err
		}
		if i > 0 { // the first run warms caches
			as, bs = append(as, a), append(bs, b)
		} else if a.wall+b.wall < brief {
			runs *= oftener
		}
	}
	r := row{comparison: c, a: medianFigure(as), b: medianFigure(bs)}
	var walls, cpus, peaks []float64
	for i := range as {
		walls = append(walls, as[i].wall.Seconds()/bs[i].wall.Seconds())
		cpus = append(cpus, as[i].cpu.Seconds()/max(bs[i].cpu.Seconds(), 1e-6))
		peaks = append(peaks, float64(as[i].peak)/float64(bs[i].peak))
	}
	r.wallBy, r.cpuBy, r.peakBy = median(walls), median(cpus), median(peaks)
	r.wallLow, r.wallTop = slices.Min(walls), slices.Max(walls)
	return r, nil
}

func medianFigure(all []figure) figure {
	var walls, cpus, peaks []float64
	for _, f := range all {
		walls, cpus, peaks = append(walls, float64(f.wall)), append(cpus, float64(f.cpu)), append(peaks, float64(f.peak))
	}
	return figure{time.Duration(median(walls)), time.Duration(median(cpus)), int64(median(peaks))}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
