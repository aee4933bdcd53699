package replay

import (
	"cmp"
	"slices"

	"github.com/iacgate/iacgate/internal/alarm"
)

// bag holds the samples of a period in rising order of their values.
type bag struct {
	samples []alarm.Sample
	count   int64
}

// add puts samples in, or takes as many out.
func (b *bag) add(value float64, count int64) {
	b.count += count
	i, found := slices.BinarySearchFunc(b.samples, value, func(s alarm.Sample, v float64) int { return cmp.Compare(s.Value, v) })
	if !found {
		b.samples = slices.Insert(b.samples, i, alarm.Sample{Value: value})
	}
	if b.samples[i].Count += count; b.samples[i].Count == 0 {
		b.samples = slices.Delete(b.samples, i, i+1)
	}
}
