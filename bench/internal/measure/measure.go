// Package measure takes the cost of whole processes, as the operating system counts it.
package measure

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A Command is one process to measure; it may end with any of some statuses.
type Command struct {
	Name   string
	Args   []string
	Dir    string
	Status []int
}

// A Figure is the cost of one run, or the median of several. The processes that a
// process waits for count to it; the peak is that of the largest.
type Figure struct {
	Wall, CPU time.Duration
	Peak      int64 // KiB, the largest resident set
}

// Run starts the command once.
func (c Command) Run() (Figure, error) { return c.run(io.Discard) }

// Output does so, too, and returns what the command prints.
func (c Command) Output() ([]byte, Figure, error) {
	var out bytes.Buffer
	f, err := c.run(&out)
	return out.Bytes(), f, err
}

func (c Command) run(out io.Writer) (Figure, error) {
	cmd := exec.Command(c.Args[0], c.Args[1:]...)
	cmd.Dir, cmd.Stdout = c.Dir, out
	stderr := &tail{}
	cmd.Stderr = stderr
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if cmd.ProcessState == nil {
		return Figure{}, err
	}
	if got := cmd.ProcessState.ExitCode(); !slices.Contains(c.Status, got) {
		return Figure{}, fmt.Errorf("%s: exit status %d: %s", c.Name, got, stderr)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return Figure{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), usage.Maxrss}, nil
}

// tail keeps the first part of what a command complains about.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p[:min(len(p), 1000-min(1000, len(t.text)))]...)
	return len(p), nil
}

func (t *tail) String() string { return string(t.text) }

// MedianFigure returns the medians of wall time, CPU time and peak, each by itself.
func MedianFigure(all []Figure) Figure {
	var walls, cpus, peaks []float64
	for _, f := range all {
		walls, cpus, peaks = append(walls, float64(f.Wall)), append(cpus, float64(f.CPU)), append(peaks, float64(f.Peak))
	}
	return Figure{time.Duration(Median(walls)), time.Duration(Median(cpus)), int64(Median(peaks))}
}

// Median returns the middle of some values.
func Median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// Time prints a time as the pages do.
func Time(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// MiB prints a size in KiB.
func MiB(kib int64) string { return fmt.Sprintf("%d MiB", kib>>10) }

// Processor returns the name of the processor, where the system tells it.
func Processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
