package tally

// OfCounts is the tally of what a query has counted, by the clock and between the bounds of
// the question: all records of each minute, and those of each counter. Dropped are records
// that it could give no time, and outside those of minutes that were not asked for.
func OfCounts(q Question, all Series, counters []Series, dropped, outside int64) *Tally {
	t := &Tally{clock: q.Clock, Data: Data{Files: 1, Records: all.Total() + dropped, Dropped: dropped, Outside: outside}}
	if len(all) > 0 {
		t.Data.From, t.Data.To = all[0].At, all[len(all)-1].At+1
	}
	if q.Since != 0 {
		t.Data.From = q.Since
	}
	if q.Until != 0 {
		t.Data.To = max(q.Until, t.Data.To)
	}
	var some hours
	for _, m := range all {
		some.add(&File{}, m.At)
	}
	t.Coverage = some.coverage(t.Data.From, t.Data.To, digests{})
	for _, s := range counters {
		t.Counts = append(t.Counts, Counts{Total: s.Total(), Early: s, Late: s})
	}
	return t
}
