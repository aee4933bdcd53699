package chaintest

import "github.com/iacgate/iacgate/internal/document"

// Watched is how the alarm watches the filter.
func Watched(d *document.Document) document.Watcher {
	return d.MetricFilters[TheFilter].Watchers[TheAlarm]
}
