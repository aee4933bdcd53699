package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// A scale is the vertical axis of a chart. It begins at 0.
type scale struct{ top, step float64 }

// newScale returns a scale on which all bars and the thresholds have room, with round
// numbers.
func newScale(bars []float64, lines ...*float64) scale {
	most, whole := 0.0, true
	see := func(v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			most, whole = max(most, v), whole && v == math.Trunc(v)
		}
	}
	for _, v := range bars {
		see(v)
	}
	for _, line := range lines {
		if line != nil {
			see(*line)
		}
	}
	if most == 0 {
		return scale{1, 1}
	}
	const levels = 4
	unit := math.Pow(10, math.Floor(math.Log10(most/levels)))
	step := unit
	for _, n := range []float64{1, 2, 5, 10} {
		if step = n * unit; most/step <= levels {
			break
		}
	}
	if whole {
		step = max(1, step)
	}
	s := scale{math.Ceil(most/step) * step, step}
	if math.IsInf(s.top, 0) || !(s.step > 0) { // numbers at the ends of what there are
		return scale{most, most}
	}
	return s
}

// path draws bars as rectangles that begin at the bottom.
func (s scale) path(bars []float64, bucket int64) string {
	gap := ""
	wide := strconv.FormatInt(bucket, 10)
	if len(bars) <= 300 { // there is room between bars
		wide = strconv.FormatFloat(float64(bucket)*0.8, 'f', -1, 64)
	}
	const least = 12 // thousandths, so that a small bar is seen beside a large one
	var b strings.Builder
	for i, v := range bars {
		if !(v > 0) {
			continue
		}
		h := max(least, int(math.Round(v/s.top*1000)))
		fmt.Fprintf(&b, "M%d%s 1000v-%dh%sv%dz", int64(i)*bucket, gap, h, wide, h)
	}
	return b.String()
}

// A level is a horizontal line; Y and Label are in pixels.
type level struct {
	Class string
	Y     string
	Text  webpage.Text
	Label string
	Right bool
}

// levels are the axis and the thresholds of a plot that begins at a pixel. Names of
// thresholds that lie near each other are put above each other.
func (s scale) levels(top, height int, threshold, proposed *float64) (out []level) {
	y := func(v float64) float64 { return float64(top) + float64(height)*(1-min(max(v/s.top, 0), 1)) }
	pixel := func(y float64) string { return strconv.FormatFloat(math.Round(y*10)/10, 'f', -1, 64) }
	for i := 0; float64(i)*s.step <= s.top*1.001 && i <= 10; i++ {
		v := float64(i) * s.step
		out = append(out, level{"grid", pixel(y(v)), webpage.NewText(short(v)), pixel(y(v) + 4), false})
	}
	type line struct {
		class, text string
		at          float64
	}
	var lines []line
	if threshold != nil {
		lines = append(lines, line{"threshold", "threshold " + plain(*threshold), y(*threshold)})
	}
	if proposed != nil {
		lines = append(lines, line{"proposed", "proposed threshold " + plain(*proposed), y(*proposed)})
	}
	if len(lines) == 2 && lines[1].at > lines[0].at {
		lines[0], lines[1] = lines[1], lines[0]
	}
	const letters = 14
	last := math.Inf(1)
	for _, l := range lines {
		label := min(l.at-4, last-letters)
		last = label
		out = append(out, level{l.class, pixel(l.at), webpage.NewText(l.text), pixel(label), true})
	}
	return out
}

// short writes a number of the axis, which has room for five letters.
func short(f float64) string {
	for _, unit := range []struct {
		of   float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e4, "k"}} {
		if f >= unit.of {
			if unit.name == "k" {
				unit.of = 1e3
			}
			return strconv.FormatFloat(f/unit.of, 'g', 4, 64) + unit.name
		}
	}
	return strconv.FormatFloat(f, 'g', 4, 64)
}

// plain writes a number of an axis.
func plain(f float64) string {
	if f == float64(int64(f)) {
		return words.Number(int64(f))
	}
	return fmt.Sprintf("%g", f)
}

// percent writes a part of one.
func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*100_000)/1000, 'f', -1, 64) + "%"
}
