package resource

import (
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
)

func TestSame(t *testing.T) {
	aws, eu := Scope{Provider: "aws"}, Scope{Provider: "aws.eu"}
	for _, tt := range []struct {
		name            string
		a, b            Scope
		region, account truth.Truth
	}{
		{"unknown, one provider", aws, aws, truth.Yes, truth.Yes},
		{"unknown, two providers", aws, eu, truth.Unknown, truth.Unknown},
		{"two providers that say the same", aws, Scope{Provider: "aws.eu", RegionOf: "region of aws", AccountOf: "account of aws"}, truth.Yes, truth.Yes},
		{"known", Scope{Region: "eu-west-1", Account: "1"}, Scope{Region: "eu-west-1", Account: "2"}, truth.Yes, truth.No},
		{"seen of one resource of a provider", Scope{Provider: "aws", Region: "eu-west-1", Account: "1"}, aws, truth.Yes, truth.Yes},
		{"an argument of its own", Scope{Provider: "aws", Region: "eu-west-1", RegionOf: "region for eu-west-1"}, aws, truth.Unknown, truth.Yes},
		{"arguments that are not known", Scope{Provider: "aws", RegionOf: "region for var.r"}, Scope{Provider: "aws", RegionOf: "region for var.s"}, truth.Unknown, truth.Yes},
		{"one argument that is not known", Scope{Provider: "aws", RegionOf: "region for var.r"}, Scope{Provider: "aws.eu", RegionOf: "region for var.r"}, truth.Yes, truth.Unknown},
		{"of a state nothing is known", Scope{}, Scope{}, truth.Yes, truth.Yes},
		{"of a state one is known", Scope{Region: "eu-west-1", Account: "1"}, Scope{}, truth.Unknown, truth.Unknown},
		{"of the environment against stated", Scope{Region: "eu-west-1", RegionFromEnv: true}, Scope{Region: "eu-west-2"}, truth.Unknown, truth.Yes},
		{"of the environment twice", Scope{Region: "eu-west-1", RegionFromEnv: true}, Scope{Region: "eu-west-2", RegionFromEnv: true}, truth.No, truth.Yes},
		{"around settles", Scope{Provider: "aws", EnvRegion: "eu-west-1"}, Scope{Provider: "aws.eu", Region: "eu-west-1"}, truth.Yes, truth.Unknown},
		{"around refutes nothing", Scope{Provider: "aws", EnvRegion: "eu-west-1"}, Scope{Provider: "aws.eu", Region: "eu-west-2"}, truth.Unknown, truth.Unknown},
	} {
		for _, pair := range [][2]Scope{{tt.a, tt.b}, {tt.b, tt.a}} {
			if r, a := pair[0].SameRegion(pair[1]), pair[0].SameAccount(pair[1]); r != tt.region || a != tt.account {
				t.Errorf("%s: region %v, account %v, want %v and %v", tt.name, r, a, tt.region, tt.account)
			}
		}
	}
}

func TestNames(t *testing.T) {
	s := Scope{Provider: "aws.eu", RegionOf: "region of aws"}
	if s.AccountName() != "account of aws.eu" || s.PartitionName() != "partition of aws" || s.DNSSuffixName() != "suffix of aws" {
		t.Error(s.AccountName(), s.PartitionName(), s.DNSSuffixName())
	}
	if !IsOfProvider(s.AccountName()) || IsOfProvider(NamedFor("region", "one of two")) {
		t.Error("what a provider has is of it")
	}
}

func TestPartitions(t *testing.T) {
	for region, want := range map[string][2]string{
		"": {}, "eu-west-1": {"aws", "amazonaws.com"}, "cn-north-1": {"aws-cn", "amazonaws.com.cn"},
		"us-gov-east-1": {"aws-us-gov", "amazonaws.com"}, "eusc-de-east-1": {"aws-eusc", "amazonaws.eu"}, "us-isob-east-1": {"aws-iso-b", "sc2s.sgov.gov"},
	} {
		if s := (Scope{Region: region}); s.InPartition() != want[0] || s.DNSSuffix() != want[1] {
			t.Errorf("%s: %s, %s", region, s.InPartition(), s.DNSSuffix())
		}
	}
	var p Partitioned
	p.Add(`{"Resource": ["arn:aws-cn:s3:::a", "arn:*:s3:::b", "arn:", "arn:awsome:x"]}`)
	if p.One() != "aws-cn" {
		t.Error(p)
	}
	if p.Add("arn:aws:iam::aws:policy/x"); p.One() != "" {
		t.Error(p)
	}
}

func TestForms(t *testing.T) {
	for _, region := range []string{"eu-west-1", "us-gov-east-1", "ap-southeast-12", "eusc-de-east-1"} {
		if !IsRegion(region) {
			t.Errorf("%s is a region", region)
		}
	}
	for _, text := range []string{"", "eu", "eu-west", "eu-west-1a", "EU-WEST-1", "-west-1", "eu--1", "a-b-c-d-1", "eu-west-1 "} {
		if IsRegion(text) {
			t.Errorf("%q is not a region", text)
		}
	}
	if !IsAccount("111122223333") || IsAccount("11112222333") || IsAccount("11112222333x") {
		t.Error("an account is twelve digits")
	}
}

// TestScopeTexts: what is known of a place as text, else a symbol.
func TestScopeTexts(t *testing.T) {
	known := Scope{Provider: "aws", Region: "us-gov-west-1", Account: "111122223333"}
	unknown := Scope{Provider: "aws", RegionOf: "region for var.r"}
	for _, c := range []struct{ got, want Text }{
		{known.RegionText(), "us-gov-west-1"},
		{known.AccountText(), "111122223333"},
		{known.PartitionText(), "aws-us-gov"},
		{known.DNSSuffixText(), "amazonaws.com"},
		{unknown.RegionText(), Text(Symbol("region for var.r"))},
		{unknown.AccountText(), Text(Symbol("account of aws"))},
		{unknown.PartitionText(), Text(Symbol("partition for var.r"))},
		{unknown.DNSSuffixText(), Text(Symbol("suffix for var.r"))},
		{Scope{Partition: "aws-cn"}.DNSSuffixText(), "amazonaws.com.cn"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got.Words(), c.want.Words())
		}
	}
}
