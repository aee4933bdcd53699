package tally

// OfCounts is the tally of what a query has counted, by one clock: all records of each
// minute, and those of each counter. Dropped are records that it could give no time, and
// outside those of minutes that were not asked for.
func OfCounts(clock Clock, all Series, counters []Series, dropped, outside int64) *Tally {
	t := &Tally{clock: clock, Data: Data{Files: 1, Records: all.Total() + dropped, Dropped: dropped, Outside: outside}}
	if len(all) > 0 {
		t.Data.From, t.Data.To = all[0].At, all[len(all)-1].At+1
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
