package glob

import "testing"

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"vpc-changes", "vpc-changes", true},
		{"vpc-changes", "vpc-changes-2", false},
		{"*-changes", "vpc-changes", true},
		{"*-changes", "root-account-usage", false},
		{"*", "vpc-changes", true},
		{"*", "", true},
		{"cis-aws-3.0.0/*", "cis-aws-3.0.0/4.4", true},
		{"cis-aws-*/4.4", "cis-aws-3.0.0/4.4", true},
		{"security-hub/CloudWatch.?", "security-hub/CloudWatch.4", true},
		{"security-hub/CloudWatch.?", "security-hub/CloudWatch.14", false},
		{"*", "cis-aws-3.0.0/4.4", false},
		{"cis-aws-3?0.0/4.4", "cis-aws-3/0.0/4.4", false},
		{"iam-[a-p]*", "iam-policy-changes", true},
		{"iam-[q-z]*", "iam-policy-changes", false},
		{`acme\*`, "acme*", true},
		{"iam-[", "iam-[", true},
		{"iam-[", "iam-policy-changes", false},
		{"{vpc,iam}-changes", "vpc-changes", false},
		{"a.b", "axb", false},
		{"", "vpc-changes", false},
	} {
		if got := Match(tt.pattern, tt.name); got != tt.want {
			t.Errorf("%q, %q: %v", tt.pattern, tt.name, got)
		}
	}
}
