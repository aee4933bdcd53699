// Package words holds what is said of a backtest: the sentences that its text and its page
// share, and how numbers, ranges and times are written.
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/verdict"
)

func Time(rfc3339 string) string {
	return strings.TrimSuffix(strings.Replace(rfc3339, "T", " ", 1), ":00Z")
}

// Number writes thousands apart.
func Number(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func Count(n int64, noun string) string { return Number(n) + " " + Plural(n, noun) }

func Plural(n int64, noun string) string {
	_, word, _ := strings.Cut(verdict.Plural(int(n), noun), " ")
	return word
}

func Span(least, most int64) string {
	if least == most {
		return Number(least)
	}
	return Number(least) + " to " + Number(most)
}

func Floats(least, most float64) string {
	if least == most {
		return fmt.Sprintf("%g", least)
	}
	return fmt.Sprintf("%g to %g", least, most)
}

func Percents(least, most float64) string {
	a, b := percent(least), percent(most)
	if a == b {
		return a
	}
	return strings.TrimSuffix(a, " %") + " to " + b
}

func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1000)/10, 'f', -1, 64) + " %"
}

func Duration(minutes int) string {
	switch {
	case minutes < 120:
		return verdict.Plural(minutes, "minute")
	case minutes < 2*24*60:
		return fmt.Sprintf("%.1f hours", float64(minutes)/60)
	}
	return fmt.Sprintf("%.1f days", float64(minutes)/(24*60))
}

func Caller(c tally.Caller) string {
	return strings.Join(strings.Fields(c.Principal+" "+strings.TrimSuffix(c.Source, ".amazonaws.com")+" "+c.Name+" "+c.Code), "  ")
}
