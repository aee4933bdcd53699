package report

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A node is an element of an XML document.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n node) children(name string) []node {
	return slices.DeleteFunc(slices.Clone(n.Nodes), func(c node) bool { return c.XMLName.Local != name })
}

// xsd validates documents by the part of XML Schema that the JUnit schema
// speaks: global elements and references to them, complex types of sequences
// and choices, attributes, and patterns of simple types. What else a schema
// might say makes it panic.
type xsd struct{ schema node }

func readXSD(t *testing.T, file string) xsd {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "schema", file))
	if err != nil {
		t.Fatal(err)
	}
	var schema node
	if err := xml.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	return xsd{schema}
}

// validate returns what is wrong with a document, an element of its own.
func (x xsd) validate(raw []byte) (problems []string) {
	var doc node
	if err := xml.Unmarshal(raw, &doc); err != nil {
		return []string{err.Error()}
	}
	return x.element(doc)
}

func (x xsd) global(kind, name string) (node, bool) {
	for _, n := range x.schema.children(kind) {
		if n.attr("name") == name {
			return n, true
		}
	}
	return node{}, false
}

func (x xsd) element(n node) []string {
	declared, ok := x.global("element", n.XMLName.Local)
	if !ok {
		return []string{"element " + n.XMLName.Local + " is not declared"}
	}
	if name := declared.attr("type"); strings.HasPrefix(name, "xs:") {
		return x.simple(n, name)
	} else if name != "" {
		declared, _ = x.global("complexType", name)
		return x.complex(n, declared)
	}
	return x.complex(n, declared.children("complexType")[0])
}

func (x xsd) simple(n node, kind string) (problems []string) {
	if len(n.Nodes)+len(n.Attrs) > 0 {
		problems = append(problems, n.XMLName.Local+" holds text alone")
	}
	return append(problems, x.value(n.XMLName.Local, kind, n.Text)...)
}

func (x xsd) value(where, kind, value string) []string {
	if kind == "xs:string" {
		return nil
	}
	restricted, ok := x.global("simpleType", kind)
	if !ok {
		panic("unknown type " + kind)
	}
	pattern := restricted.Nodes[0].Nodes[0].attr("value")
	if !regexp.MustCompile("^(?:" + pattern + ")$").MatchString(value) {
		return []string{fmt.Sprintf("%s: %q is no %s", where, value, kind)}
	}
	return nil
}

func (x xsd) complex(n, kind node) (problems []string) {
	name := n.XMLName.Local
	if kind.attr("mixed") != "true" && strings.TrimSpace(n.Text) != "" {
		problems = append(problems, name+" holds no text")
	}
	declared := kind.children("attribute")
	for _, a := range n.Attrs {
		at := slices.IndexFunc(declared, func(d node) bool { return d.attr("name") == a.Name.Local })
		if at < 0 {
			problems = append(problems, name+" has no attribute "+a.Name.Local)
			continue
		}
		problems = append(problems, x.value(name+"/@"+a.Name.Local, declared[at].attr("type"), a.Value)...)
	}
	for _, d := range declared {
		if d.attr("use") == "required" && !slices.ContainsFunc(n.Attrs, func(a xml.Attr) bool { return a.Name.Local == d.attr("name") }) {
			problems = append(problems, name+" lacks "+d.attr("name"))
		}
	}
	var order strings.Builder
	for _, c := range n.Nodes {
		order.WriteString("<" + c.XMLName.Local + ">")
		problems = append(problems, x.element(c)...)
	}
	if !regexp.MustCompile("^(?:" + content(kind) + ")$").MatchString(order.String()) {
		problems = append(problems, fmt.Sprintf("%s may not hold %s", name, order.String()))
	}
	return problems
}

// content returns a content model as a regular expression over the names of
// children.
func content(n node) string {
	var parts []string
	for _, c := range n.Nodes {
		switch c.XMLName.Local {
		case "sequence", "choice":
			parts = append(parts, "(?:"+content(c)+")"+occurs(c))
		case "element":
			parts = append(parts, "(?:<"+regexp.QuoteMeta(c.attr("ref")+c.attr("name"))+">)"+occurs(c))
		case "attribute":
		default:
			panic("unknown particle " + c.XMLName.Local)
		}
	}
	if n.XMLName.Local == "choice" {
		return strings.Join(parts, "|")
	}
	return strings.Join(parts, "")
}

func occurs(n node) string {
	least, most := n.attr("minOccurs"), n.attr("maxOccurs")
	if least == "" {
		least = "1"
	}
	switch most {
	case "":
		return "{" + least + ",1}"
	case "unbounded":
		return "{" + least + ",}"
	}
	return "{" + least + "," + most + "}"
}

func TestJUnitKeepsItsSchema(t *testing.T) {
	schema := readXSD(t, "junit-10.xsd")
	for name, r := range reports {
		got := write(t, "junit", r, Options{Version: "0.1.0"})
		for _, p := range schema.validate(got) {
			t.Errorf("%s: %s", name, p)
		}
		xmllint(t, "junit-10.xsd", name, got)
	}
}

// xmllint asks libxml2, if it is installed.
func xmllint(t *testing.T, schema, name string, document []byte) {
	tool, err := exec.LookPath("xmllint")
	if err != nil {
		return
	}
	cmd := exec.Command(tool, "--noout", "--nonet", "--schema", filepath.Join("testdata", "schema", schema), "-")
	cmd.Stdin = strings.NewReader(string(document))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
}

func TestXSDRefusesWhatIsWrong(t *testing.T) {
	schema := readXSD(t, "junit-10.xsd")
	text := string(write(t, "junit", sample, Options{}))
	for _, edit := range [][2]string{
		{"<testcase name=", "<testcase title="},
		{"<failure ", "<broken "},
		{"</failure>", "<skipped></skipped></failure>"},
		{"<testsuites ", `<testsuites time="soon" `},
		{"<testsuite name", "text<testsuite name"},
		{`<testsuites name="iacgate"`, `<testcase name="x"><testcase name="y"></testcase></testcase><testsuites name="iacgate"`},
	} {
		wrong := strings.Replace(strings.Replace(text, edit[0], edit[1], 1), "</broken>", "</failure>", 1)
		if wrong == text || len(schema.validate([]byte(wrong))) == 0 {
			t.Errorf("the schema admits %s", edit[1])
		}
	}
}
