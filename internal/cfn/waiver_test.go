package cfn

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

// waivers tells the waivers of every resource, then those of the template as a
// whole, then what is wrong with the rest.
func waivers(doc *resource.Document) (told []string) {
	for _, r := range doc.Resources {
		for _, i := range r.InlineWaivers {
			told = append(told, fmt.Sprintf("%s: %s %d:%d", r.Address, i.Reason, i.Position.Line, i.Position.Column))
		}
	}
	if doc.InlineWaivers == nil {
		return told
	}
	for _, i := range doc.InlineWaivers() {
		if i.Whole {
			told = append(told, "whole: "+i.Reason)
		}
		if i.Problem != "" {
			told = append(told, fmt.Sprintf("%d: %s", i.Position.Line, i.Problem))
		}
	}
	return told
}

func TestIgnores(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"above": {"Resources:\n  # iacgate:ignore c r1\n  # more words\n  # iacgate:ignore c r2\n  T:\n    Type: AWS::SNS::Topic\n",
			[]string{"T: r1 2:3", "T: r2 4:3"}},
		"beside and inside": {"Resources:\n  T: # iacgate:ignore c r1\n    Type: AWS::SNS::Topic # iacgate:ignore c r2\n    # iacgate:ignore c r3\n  S:\n    Type: AWS::SNS::Topic\n",
			[]string{"T: r1 2:6", "T: r2 3:27", "T: r3 4:5"}},
		"above the next": {"Resources:\n  T:\n    Type: AWS::SNS::Topic\n  # iacgate:ignore c r\n  S:\n    Type: AWS::SNS::Topic\n", []string{"S: r 4:3"}},
		"no comments":    {"Description: '# iacgate:ignore c r'\nResources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: \"a\n        # iacgate:ignore c r\n        \\\" # iacgate:ignore c r\"\n      DisplayName: |\n        # iacgate:ignore c r\n\n        x # iacgate:ignore c r\n      KmsMasterKeyId: it's#iacgate:ignore\n", nil},
		"behind a block": {"Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: >-\n        # text\n      # iacgate:ignore c r1\n      TopicName: 'it''s' # iacgate:ignore c r2\n",
			[]string{"T: r1 7:7", "T: r2 8:26"}},
		"elsewhere":     {"# iacgate:ignore c r\nDescription: x\nResources:\n  T:\n    Type: AWS::SNS::Topic\nOutputs: {} # iacgate:ignore c r\n", []string{"1: it belongs to no resource", "6: it belongs to no resource"}},
		"no reason":     {"Resources:\n  # iacgate:ignore c\n  T:\n    Type: AWS::SNS::Topic\n", []string{"2: a reason is missing"}},
		"metadata":      {"Metadata:\n  iacgate:\n    ignore: {control: c, reason: whole}\nResources:\n  T:\n    Type: AWS::SNS::Topic\n    Metadata:\n      iacgate:\n        ignore:\n          - {control: c, until: 2027-01-31, reason: r1}\n          - control: \"d, e\"\n            reason: 7\n", []string{"T: r1 10:13", "T: 7 11:13", "T: 7 11:13", "whole: whole"}},
		"metadata JSON": {`{"Resources": {"T": {"Type": "AWS::SNS::Topic", "Metadata": {"iacgate": {"ignore": [{"control": "c", "reason": "# iacgate:ignore"}]}}}}}`, []string{"T: # iacgate:ignore 1:85"}},
		"metadata that is none": {"Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Metadata:\n      iacgate:\n        ignores: []\n        ignore:\n          - c\n          - {control: c, expires: 2027-01-31, reason: r}\n          - {control: [c], reason: r}\n          - {control: c}\n",
			[]string{"6: unknown key iacgate.ignores", "8: a waiver must be an object, not a string", "9: a waiver has no expires", "10: control must be a string, not a list", "11: a reason is missing"}},
		"subscriptions": {"Resources:\n  # iacgate:ignore c r\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      Subscription:\n        - {Protocol: email, Endpoint: a@example.com}\n", []string{"T: r 2:3", "T.subscription[0]: r 2:3"}},
		"loops": {"Transform: AWS::LanguageExtensions\nResources:\n  # iacgate:ignore c all\n  Fn::ForEach::Topics:\n    - Id\n    - [A, B]\n    - T${Id}: # iacgate:ignore c each\n        Type: AWS::SNS::Topic\n",
			[]string{"TA: all 3:3", "TA: each 7:15", "TB: all 3:3", "TB: each 7:15"}},
		"windows": {"Resources:\r\n  # iacgate:ignore c r\r\n  T:\r\n    Type: AWS::SNS::Topic\r\n", []string{"T: r 2:3"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, waivers(mustRead(t, tc.text, nil))); diff != "" {
				t.Errorf("waivers (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzIgnores: whatever surrounds a comment, it is found at most once, in
// its line.
func FuzzIgnores(f *testing.F) {
	f.Add("Resources:\n", "  T:\n    Type: AWS::SNS::Topic\n")
	f.Add("Description: |\n", "  text\nResources:\n  T: {Type: AWS::SNS::Topic}\n")
	f.Add("Description: !Sub \"a\n", "\"\nResources:\n  T: {Type: AWS::SNS::Topic}\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.Contains(before+after, "iacgate") {
			return
		}
		doc, err := read(before+"  # iacgate:ignore c r\n"+after, nil)
		if err != nil || doc.InlineWaivers == nil {
			return
		}
		if all := doc.InlineWaivers(); len(all) != 1 || all[0].Position.Line != 1+strings.Count(strings.TrimPrefix(before, "\uFEFF"), "\n") {
			t.Errorf("%+v", all[0])
		}
	})
}
