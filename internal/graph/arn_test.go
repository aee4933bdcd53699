package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestARNScope: code may leave the account or region of an ARN to a provider.
func TestARNScope(t *testing.T) {
	account := iampolicy.SymbolMark("account of aws.eu")
	for text, want := range map[string]resource.Scope{
		"arn:aws:sns:us-east-1:111122223333:t":                                        {Region: "us-east-1", Account: "111122223333"},
		"arn:aws:sns:us-east-1:" + account + ":t":                                     {Region: "us-east-1", AccountOf: "account of aws.eu"},
		"arn:aws:iam::111122223333:role/cloudtrail":                                   {Account: "111122223333", Partition: "aws"},
		"arn:aws:s3:::bucket":                                                         {Partition: "aws"},
		"arn:aws:sns:" + iampolicy.SymbolMark("region of aws") + ":" + account + ":t": {RegionOf: "region of aws", AccountOf: "account of aws.eu", Partition: "aws"},
		"arn:" + iampolicy.SymbolMark("partition of aws") + ":sns:" + iampolicy.SymbolMark("region of aws") + ":" + account + ":t": {RegionOf: "region of aws", AccountOf: "account of aws.eu"},
	} {
		arn, ok := ParseARN(text)
		if !ok || arn.Scope() != want {
			t.Errorf("%s: %+v, want %+v", text, arn.Scope(), want)
		}
	}
	if _, ok := ParseARN("arn:aws:sns"); ok {
		t.Error("half an ARN is none")
	}
	in := resource.Scope{Provider: "aws.eu", Region: "us-east-1"}
	arn, _ := ParseARN("arn:aws:sns:us-east-1:" + account + ":t")
	if got := arn.lives(in); got != truth.Yes {
		t.Errorf("an ARN of the provider's own account: %v", got)
	}
}
