package facts

import (
	"testing"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
)

// TestAreApart: what is seen by the names alone is what SameGroup says of them.
func TestAreApart(t *testing.T) {
	b := &Base{Graph: graph.Build(resourcetest.World(t, `
		aws_cloudwatch_log_group "one" { name = "one" }
		aws_cloudwatch_log_group "two" { name = "two" }
		aws_cloudtrail "one"  { cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.one.arn}:*" }
		aws_cloudtrail "two"  { cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.two.arn}:*" }
		aws_cloudtrail "far"  { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:elsewhere:*" }
		aws_cloudtrail "none" { name = "none" }
		aws_cloudwatch_log_metric_filter "one"   { log_group_name = aws_cloudwatch_log_group.one.name }
		aws_cloudwatch_log_metric_filter "two"   { log_group_name = "two" }
		aws_cloudwatch_log_metric_filter "far"   { log_group_name = "elsewhere" }
		aws_cloudwatch_log_metric_filter "maybe" { log_group_name = var.name }
		aws_cloudwatch_log_metric_filter "none"  { name = "none" }
	`))}
	apart, together := 0, 0
	for _, f := range b.Graph.Filters {
		for _, trail := range b.Graph.Trails {
			state, _ := b.SameGroup(f, trail)
			if !b.AreApart(f, trail) {
				together++
				continue
			}
			if apart++; state != document.ReadsDifferent {
				t.Errorf("%s and %s are apart, and %s", f.ID, trail.ID, state)
			}
		}
	}
	if apart < 2 || together < 8 {
		t.Errorf("%d pairs are apart, %d are not", apart, together)
	}
}
