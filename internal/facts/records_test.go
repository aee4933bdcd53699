package facts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

func basicSelector(management bool, kind string, excluded ...string) graph.Selector {
	return graph.Selector{
		Management: resource.BoolValue(management), ReadWrite: resource.StringValue(kind), Exclude: resourceList(excluded...),
	}
}

// advancedSelector reads "field operator value,value" lines.
func advancedSelector(fields ...string) graph.AdvancedSelector {
	var s graph.AdvancedSelector
	for _, f := range fields {
		p := strings.Fields(f)
		s.Fields = append(s.Fields, graph.FieldSelector{
			Field:     resource.StringValue(p[0]),
			Operators: map[string]resource.Value{p[1]: resourceList(strings.Split(p[2], ",")...)},
		})
	}
	return s
}

// TestRecords walks the rows T04 to T09 of the catalogue in docs/findings.md.
func TestRecords(t *testing.T) {
	const (
		management = "eventCategory equals Management"
		noReads    = "no read events are recorded"
		noWrites   = "no write events are recorded"
	)
	unseenValue := resource.UnknownValue(resource.Origin{Cause: resource.Variable, Via: []string{"var.x"}})
	type want struct {
		management, write, both string
		excluded                []string
		unknown                 bool
	}
	for name, tc := range map[string]struct {
		trail graph.Trail
		want  want
	}{
		"no selectors":   {graph.Trail{}, want{management: "yes"}},
		"all":            {graph.Trail{Selectors: []graph.Selector{basicSelector(true, "All")}}, want{management: "yes"}},
		"writes only":    {graph.Trail{Selectors: []graph.Selector{basicSelector(true, "WriteOnly")}}, want{management: "yes", both: noReads}},
		"reads only":     {graph.Trail{Selectors: []graph.Selector{basicSelector(true, "ReadOnly")}}, want{management: "yes", write: noWrites, both: noWrites}},
		"reads + writes": {graph.Trail{Selectors: []graph.Selector{basicSelector(true, "ReadOnly"), basicSelector(true, "WriteOnly")}}, want{management: "yes"}},
		"data only":      {graph.Trail{Selectors: []graph.Selector{basicSelector(false, "All")}}, want{management: "no", write: noWrites, both: noReads}},
		"KMS excluded": {graph.Trail{Selectors: []graph.Selector{basicSelector(true, "All", "kms.amazonaws.com")}},
			want{management: "yes", excluded: []string{"kms.amazonaws.com"}}},
		"KMS excluded by one of two": {graph.Trail{Selectors: []graph.Selector{basicSelector(true, "All", "kms.amazonaws.com"), basicSelector(true, "All")}},
			want{management: "yes"}},
		"unknown kind":      {graph.Trail{Selectors: []graph.Selector{{Management: resource.BoolValue(true), ReadWrite: unseenValue}}}, want{management: "unknown", unknown: true}},
		"unknown selectors": {graph.Trail{HiddenSelects: true}, want{management: "unknown", unknown: true}},
		"advanced":          {graph.Trail{Advanced: []graph.AdvancedSelector{advancedSelector(management)}}, want{management: "yes"}},
		"advanced data": {graph.Trail{Advanced: []graph.AdvancedSelector{advancedSelector("eventCategory equals Data", "resources.type equals AWS::S3::Object")}},
			want{management: "no", write: noWrites, both: noReads}},
		"advanced network": {graph.Trail{Advanced: []graph.AdvancedSelector{advancedSelector("eventCategory equals NetworkActivity")}},
			want{management: "no", write: noWrites, both: noReads}},
		"advanced replaces basic": {graph.Trail{
			Selectors: []graph.Selector{basicSelector(true, "All")},
			Advanced:  []graph.AdvancedSelector{advancedSelector(management, "readOnly equals false")},
		}, want{management: "yes", both: noReads}},
		"advanced reads and writes apart": {graph.Trail{Advanced: []graph.AdvancedSelector{
			advancedSelector(management, "readOnly equals false"), advancedSelector(management, "readOnly equals true"),
		}}, want{management: "yes"}},
		"advanced without KMS and RDS": {graph.Trail{Advanced: []graph.AdvancedSelector{
			advancedSelector(management, "eventSource not_equals kms.amazonaws.com,rdsdata.amazonaws.com"),
		}}, want{management: "yes", excluded: []string{"kms.amazonaws.com", "rdsdata.amazonaws.com"}}},
		"advanced one source": {graph.Trail{Advanced: []graph.AdvancedSelector{
			advancedSelector(management, "eventSource equals iam.amazonaws.com"),
		}}, want{management: "yes", write: noWrites, both: noReads}},
		"advanced by prefix": {graph.Trail{Advanced: []graph.AdvancedSelector{
			advancedSelector(management, "eventSource not_starts_with kms"),
		}}, want{management: "yes", excluded: []string{"kms"}}},
		"advanced narrowed": {graph.Trail{Advanced: []graph.AdvancedSelector{
			advancedSelector(management, "userIdentity.arn not_equals arn:aws:iam::111122223333:role/ci"),
		}}, want{
			management: "yes",
			write:      "of write events only those that a selector on userIdentity.arn admits are recorded",
			both:       "of read events only those that a selector on userIdentity.arn admits are recorded",
		}},
		"advanced narrowed beside a full one": {graph.Trail{Advanced: []graph.AdvancedSelector{
			advancedSelector(management, "eventName equals AssumeRole"), advancedSelector(management),
		}}, want{management: "yes"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := recordedEvents(&tc.trail)
			got := want{r.Management.String(), r.Lost["write"], r.Lost["read and write"], r.Excluded, r.Unknown != ""}
			if len(got.excluded) == 0 {
				got.excluded = nil
			}
			if d := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

func resourceList(texts ...string) resource.Value {
	var vs []resource.Value
	for _, t := range texts {
		vs = append(vs, resource.StringValue(t))
	}
	return resource.ListValue(vs...)
}
