package remedy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// TestFormat: the code of every example, and nests of brackets that they do not
// have, come out as terraform fmt leaves them, from without any indent.
func TestFormat(t *testing.T) {
	codes := []string{
		"a = 1\nlonger = 2\n\nb = [\n1,\n2,\n]\nc = 3\n",
		"a = jsonencode({\nVersion = \"1\"\nStatement = [{\nEffect = \"Allow\"\nNotAction = [\"a\", \"b\"]\n}, {\nEffect = \"Deny\"\n}]\n})\n",
		"x {\ny {\nname = \"${z[\"{\"].a}:*\"\nn = \"}\"\nquoted = \"\\\"{\"\nno = \"$${ {\"\n}\n}\n",
		"a = {\n\"aws:SourceArn\" = b\n\"größer\" = c\nd = { e = 1 }\n}\n",
		"f = [[{\na = 1\n}\n]]\ng = ((\n1)\n)\nh = 1\n",
	}
	for _, id := range []string{"unauthorized-api-calls", "kms-key-deletion"} {
		codes = append(codes, unindented(Example(id, `{ $.errorCode = "AccessDenied*" }`, HCL)))
	}
	for _, code := range codes {
		want := strings.TrimRight(string(hclwrite.Format([]byte(code))), "\n")
		if diff := cmp.Diff(want, format(code)); diff != "" {
			t.Errorf("(-terraform fmt +format)\n%s", diff)
		}
	}
}

func unindented(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		b.WriteString(strings.TrimLeft(line, " "))
	}
	return b.String()
}
