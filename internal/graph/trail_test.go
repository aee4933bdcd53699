package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSelectorsOfTrail(t *testing.T) {
	trail := built(t, `
aws_cloudtrail "t" {
  event_selector {}
  event_selector {
    include_management_events        = false
    read_write_type                  = "WriteOnly"
    exclude_management_event_sources = ["kms.amazonaws.com"]
  }
  advanced_event_selector {
    field_selector {
      field      = "eventCategory"
      equals     = ["Management"]
      not_equals = []
    }
    field_selector {
      field           = "eventSource"
      not_starts_with = ["kms", "rds"]
      ends_with       = var.ends
    }
  }
  advanced_event_selector {}
}`).Trail("aws_cloudtrail.t")
	if trail.HiddenSelects {
		t.Error("all selectors are seen")
	}
	var got []string
	for _, s := range trail.Selectors {
		management, _ := s.Management.Text()
		kinds, _ := s.ReadWrite.Text()
		excluded, _ := s.Exclude.Get(0).Text()
		got = append(got, strings.TrimSpace(strings.Join([]string{management, kinds, excluded}, " ")))
	}
	if diff := cmp.Diff([]string{"true All", "false WriteOnly kms.amazonaws.com"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"eventCategory equals; eventSource not_starts_with ends_with", ""}, advanced(trail)); diff != "" {
		t.Error(diff)
	}
}

// advanced returns the advanced selectors of a trail: fields with the operators that
// compare them.
func advanced(t *Trail) (all []string) {
	for _, s := range t.Advanced {
		var fields []string
		for _, f := range s.Fields {
			name, _ := f.Field.Text()
			for _, op := range selectorOperators {
				if _, ok := f.Operators[op]; ok {
					name += " " + op
				}
			}
			fields = append(fields, name)
		}
		all = append(all, strings.Join(fields, "; "))
	}
	return all
}

func TestHiddenSelectors(t *testing.T) {
	for name, arguments := range map[string]string{
		"basic":    `event_selector = hidden()`,
		"advanced": `advanced_event_selector = local.selectors`,
	} {
		trail := built(t, `aws_cloudtrail "t" { `+arguments+` }`).Trail("aws_cloudtrail.t")
		if !trail.HiddenSelects || len(trail.Selectors)+len(trail.Advanced) > 0 {
			t.Errorf("%s: %+v", name, trail)
		}
	}
}

func TestRoleOfTrail(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a reference", `
aws_iam_role "r" {}
aws_cloudtrail "t" { cloud_watch_logs_role_arn = aws_iam_role.r.arn }`, `
aws_cloudtrail.t role known aws_iam_role.r`},
		{"an ARN", `
aws_iam_role "r" { name = "trail" }
aws_cloudtrail "t" { cloud_watch_logs_role_arn = "arn:aws:iam::111122223333:role/trail" }`, `
aws_cloudtrail.t role known aws_iam_role.r`},
		{"an ARN with a path", `
aws_iam_role "r" { name = "trail" }
aws_cloudtrail "t" { cloud_watch_logs_role_arn = "arn:aws:iam::111122223333:role/service/audit/trail" }`, `
aws_cloudtrail.t role known aws_iam_role.r`},
		{"an ARN of another name", `
aws_iam_role "r" { name = "trail" }
aws_cloudtrail "t" { cloud_watch_logs_role_arn = "arn:aws:iam::111122223333:role/trail2" }`, `
aws_cloudtrail.t role external`},
		{"an ARN of a role that is only read", `
data "aws_iam_role" "r" { name = "trail" }
aws_cloudtrail "t" { cloud_watch_logs_role_arn = "arn:aws:iam::111122223333:role/trail" }`, `
aws_cloudtrail.t role external`},
		{"a data source", `
data "aws_iam_role" "r" { name = "trail" }
aws_cloudtrail "t" { cloud_watch_logs_role_arn = data.aws_iam_role.r.arn }`, `
aws_cloudtrail.t role known data.aws_iam_role.r`},
	})
}
