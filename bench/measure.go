package main

import (
	"slices"
	"time"

	"github.com/iacgate/iacgate/bench/internal/measure"
)

// A comparison runs two commands in turn, so that a machine that drifts drifts
// for both.
type comparison struct {
	what   string
	of, to measure.Command
	wall   float64 // the target for the ratio of wall times; 0 for none
	peak   float64 // and of peak memory
}

// A row is the outcome of a comparison: medians, and the medians of the ratios
// of each pair.
type row struct {
	comparison
	a, b             measure.Figure
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
	var as, bs []measure.Figure
	for i := 0; i <= runs; i++ {
		a, err := c.of.Run()
		if err != nil {
			return row{}, err
		}
		b, err := c.to.Run()
		if err != nil {
			return row{}, err
		}
		if i > 0 { // the first run warms caches
			as, bs = append(as, a), append(bs, b)
		} else if a.Wall+b.Wall < brief {
			runs *= oftener
		}
	}
	r := row{comparison: c, a: measure.MedianFigure(as), b: measure.MedianFigure(bs)}
	var walls, cpus, peaks []float64
	for i := range as {
		walls = append(walls, as[i].Wall.Seconds()/bs[i].Wall.Seconds())
		cpus = append(cpus, as[i].CPU.Seconds()/max(bs[i].CPU.Seconds(), 1e-6))
		peaks = append(peaks, float64(as[i].Peak)/float64(bs[i].Peak))
	}
	r.wallBy, r.cpuBy, r.peakBy = measure.Median(walls), measure.Median(cpus), measure.Median(peaks)
	r.wallLow, r.wallTop = slices.Min(walls), slices.Max(walls)
	return r, nil
}
