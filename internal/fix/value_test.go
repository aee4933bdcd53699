package fix

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"
)

// hostile are texts that some language takes for something else.
var hostile = []string{
	"", " ", "plain", `say "no"`, `back\slash\n`, "it's", "${aws_sns_topic.x.arn}", "$${x}", "%{ if true }", "%%{", "$", "%", "a$", "${", "$$${x}",
	"two\nlines", "two\n  lines, the second one indented\n", "\nbefore", "behind\n\n", "a\r\nb", "\ttab", "a\tb", "tab at the end\t", "<<EOT\nx\nEOT\n",
	"yes", "No", "on", "y", "null", "~", "true", "012", "1_000", "1:30", "0x1f", "1e3", ".inf", "2012-10-17", "<<", "=", "12", "1.50",
	"- a", "a: b", "a #b", "#", "&a", "*a", "!Ref x", "{ $.errorCode = \"*UnauthorizedOperation\" }", "[a]", "@x", "`x`", "? x", "---", "...", "|", ">", ",",
	"Grüße", "日本語", "e\u0301", "\u202eevil", "\u2028", "\u0085", "\u0000", "\u0007", "\u007f", "a\ufeff", "😀", "</script>", "&amp;",
}

func TestLiterals(t *testing.T) {
	for _, text := range hostile {
		holdLiteral(t, text)
	}
}

// FuzzLiteral: whatever a text is, each language reads it as that text.
func FuzzLiteral(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) && !strings.HasPrefix(text, "\ufeff") { // a mark of order, which parsers of HCL skip
			holdLiteral(t, text)
		}
	})
}

func holdLiteral(t *testing.T, text string) {
	t.Helper()
	normal := cty.StringVal(text).AsString() // Terraform normalises all texts
	v := object{{"x", list{literal(text)}}}

	code := scope{terraform: true, language: HCL}
	if got := evaluated(t, literal(text).hcl(code)).AsString(); got != normal {
		t.Errorf("%q in HCL is %q: %s", text, got, literal(text).hcl(code))
	}
	if got := evaluated(t, policyDocument{object{{"x", literal(text)}}}.document().hcl(scope{inline: true})).GetAttr("Statement").Index(cty.Zero).GetAttr("x").AsString(); got != normal {
		t.Errorf("%q on one line of HCL is %q", text, got)
	}

	template := scope{language: YAML}
	var fromYAML map[string][]any
	if err := yaml.Unmarshal([]byte(template.encode(v.node(template))), &fromYAML); err != nil || fromYAML["x"][0] != text {
		t.Errorf("%q in YAML is %q (%v): %s", text, fromYAML["x"], err, template.encode(v.node(template)))
	}

	template.language = JSON
	if got := fromJSON(t, template.encode(v.node(template))); got != text {
		t.Errorf("%q in JSON is %q", text, got)
	}

	code.language = JSON
	inside := fromJSON(t, code.encode(v.node(code)))
	e, diags := hclsyntax.ParseTemplate([]byte(inside), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%q: %v", inside, diags)
	}
	if got, _ := e.Value(nil); got.AsString() != normal {
		t.Errorf("%q in Terraform's JSON is %q: %s", text, got.AsString(), inside)
	}
}

func evaluated(t *testing.T, code string) cty.Value {
	t.Helper()
	e, diags := hclsyntax.ParseExpression([]byte(code), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v in %s", diags, code)
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		t.Fatalf("%v in %s", diags, code)
	}
	return v
}

// fromJSON is the first element of x.
func fromJSON(t *testing.T, members string) string {
	t.Helper()
	var v struct{ X []string }
	if err := json.Unmarshal([]byte("{"+members+"}"), &v); err != nil || len(v.X) != 1 {
		t.Fatalf("%v in %s", err, members)
	}
	return v.X[0]
}

// TestOldYAML: what a parser of YAML 1.1 takes for a truth value or a number is
// quoted, in keys, too.
func TestOldYAML(t *testing.T) {
	s := scope{language: YAML}
	for _, text := range strings.Fields("y n Y yes NO on Off true null ~ 012 1_000 1:30 -1:30.5 +0777 12 1.50 2012-10-17") {
		got := s.encode(object{{text, literal(text)}}.node(s))
		if quoted := `"` + text + `": "` + text + `"`; got != quoted {
			t.Errorf("%s, want %s", got, quoted)
		}
	}
	for _, text := range strings.Fields("yesterday Sum no-one 1h v1 arn:aws:sns:*:1:x") {
		if got := s.encode(object{{"a", literal(text)}}.node(s)); got != "a: "+text {
			t.Errorf("%s, want it plain", got)
		}
	}
}

// TestObjectNames: a name that is no identifier is quoted.
func TestObjectNames(t *testing.T) {
	for name, want := range map[string]string{"Service": "Service", "aws:SourceArn": `"aws:SourceArn"`, "a-b": `"a-b"`, "1": `"1"`, "a.b": `"a.b"`, "${x}": `"$${x}"`} {
		got := object{{name, rawLiteral("1")}}.hcl(scope{inline: true})
		if got != "{ "+want+" = 1 }" {
			t.Errorf("%s: %s", name, got)
		}
		if v := evaluated(t, got); v.GetAttr(name).AsBigFloat().String() != "1" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestInterpolations: one interpolation alone is an expression, anything else a
// template.
func TestInterpolations(t *testing.T) {
	s := scope{terraform: true, language: HCL}
	for text, want := range map[string]string{
		"${var.x}": "var.x", "${a.b}:*": `"${a.b}:*"`, "x/${a.b}": `"x/${a.b}"`, "${a.b}${c.d}": `"${a.b}${c.d}"`, "plain": `"plain"`,
	} {
		v := expression{terraform: text}
		if got := v.hcl(s); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if got := v.node(s).Value; got != text {
			t.Errorf("%s: %s in JSON", text, got)
		}
	}
}

// TestPlainTextsNeedNoEscapes compares the short way for most texts with HCL's own writer.
func TestPlainTextsNeedNoEscapes(t *testing.T) {
	alphabet := []rune("ab {}[]$%\"\\\n\t~é\u00a0\u2028'`#/*<>&")
	random := rand.New(rand.NewPCG(3, 4))
	texts := []string{"", "$", "%", "$${", "plain", "arn:aws:sns:us-east-1:111122223333:t"}
	for range 2000 {
		text := make([]rune, random.IntN(6))
		for i := range text {
			text[i] = alphabet[random.IntN(len(alphabet))]
		}
		texts = append(texts, string(text))
	}
	for r := range rune(0x100) {
		texts = append(texts, string(r))
	}
	for _, text := range texts {
		if got, want := hclString(text), string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes()); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
