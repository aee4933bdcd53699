package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"

	"github.com/iacgate/iacgate/internal/verdict"
)

// JUnit XML has no standard. This follows the schema of Jenkins
// (https://github.com/jenkinsci/xunit-plugin) and GitLab, Azure and Jenkins
// read: a suite for each input, a test case for each control.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string           `xml:"name,attr"`
	Tests      int              `xml:"tests,attr"`
	Failures   int              `xml:"failures,attr"`
	Errors     int              `xml:"errors,attr"`
	Skipped    int              `xml:"skipped,attr"`
	Properties *junitProperties `xml:"properties"`
	Cases      []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	Properties []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitMessage `xml:"failure"`
	Skipped *junitMessage `xml:"skipped"`
	Out     *junitText    `xml:"system-out"`
}

type junitMessage struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

func writeJUnit(w io.Writer, r verdict.Report, o Options) error {
	doc := junitSuites{Name: "iacgate"}
	for _, part := range byInput(r) {
		suite := junitSuite{Name: xmlText(part.name)}
		suite.Properties = properties(r, o)
		causes := newCauses(part.results)
		for _, res := range part.results {
			suite.add(res, outcomeOf(res, o.Gate), causes)
		}
		doc.Tests += suite.Tests
		doc.Failures += suite.Failures
		doc.Suites = append(doc.Suites, suite)
	}
	return writeXML(w, doc)
}

// properties name the version and the configuration of the run.
func properties(r verdict.Report, o Options) *junitProperties {
	var all []junitProperty
	if o.Version != "" {
		all = append(all, junitProperty{"iacgate.version", xmlText(o.Version)})
	}
	if text := r.Configuration.Text(); text != "" {
		all = append(all, junitProperty{"iacgate.configuration", xmlRunes(text)})
	}
	if len(all) == 0 {
		return nil
	}
	return &junitProperties{all}
}

func (s *junitSuite) add(r verdict.Result, o outcome, causes causes) {
	c := junitCase{Name: xmlText(r.Control), Class: s.Name}
	s.Tests++
	switch {
	case o.failed:
		s.Failures++
		c.Failure = &junitMessage{o.kind, xmlRunes(o.reason(r)), chainText(r, causes)}
	case o.skipped:
		s.Skipped++
		c.Skipped = &junitMessage{o.kind, xmlRunes(o.reason(r)), ""}
		if len(r.Findings) > 0 {
			c.Out = &junitText{chainText(r, causes)}
		}
	default:
		c.Out = &junitText{chainText(r, causes)}
	}
	s.Cases = append(s.Cases, c)
}

// chainText is the result as the text form shows it, short for what an earlier result
// of the input has said.
func chainText(r verdict.Result, causes causes) string {
	var b bytes.Buffer
	p := &page{w: &b, causes: causes, apart: true}
	p.block(r)
	return xmlRunes("\n" + b.String())
}

// A part holds the results of one input.
type part struct {
	name    string
	results []verdict.Result
}

// byInput groups the results by input, in the order of the report.
func byInput(r verdict.Report) []part {
	var parts []part
	at := map[string]int{}
	for _, res := range r.Results {
		n, ok := at[res.Input]
		if !ok {
			n = len(parts)
			at[res.Input] = n
			parts = append(parts, part{name: inputName(res.Input, n)})
		}
		parts[n].results = append(parts[n].results, res)
	}
	return parts
}

// inputName is never empty, because tools do not show a suite without a name.
func inputName(input string, n int) string {
	if input == "" {
		return "input " + strconv.Itoa(n+1)
	}
	return slashed(input)
}
