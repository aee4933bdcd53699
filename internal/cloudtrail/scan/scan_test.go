package scan

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/iacgate/iacgate/internal/cloudtrail/logfile"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

// seen is what a test keeps of a record.
type seen struct {
	text    string
	matched Set
	fields  []string
}

func scanAll(p *Program, r io.Reader) ([]seen, error) { return scanWith(p.NewScanner(), r) }

// scanWith scans with what a scanner has learned from other files.
func scanWith(s *Scanner, r io.Reader) (all []seen, err error) {
	p := s.program
	err = s.Scan(r, &logfile.File{}, func(r *Record) error {
		s := seen{text: string(r.JSON), matched: r.Matched}
		for i := range p.fields {
			s.fields = append(s.fields, r.Text(i))
		}
		all = append(all, s)
		return nil
	})
	return all, err
}

func compile(t testing.TB, patterns []string, fields ...string) *Program {
	t.Helper()
	var parsed []*filterpattern.Pattern
	for _, text := range patterns {
		p, err := filterpattern.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, p)
	}
	p, err := Compile(parsed, fields...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The recorded answers of AWS, through the window.
func TestScanAnswersAsAWS(t *testing.T) {
	raw, err := os.ReadFile("../../filterpattern/testdata/aws-answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct {
		Cases []struct {
			ID, Pattern string
			Messages    []string
			Match       []int
		}
	}
	if err := json.Unmarshal(raw, &recorded); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, c := range recorded.Cases {
		if _, err := filterpattern.Parse(c.Pattern); err != nil || strings.HasPrefix(c.Pattern, "[") {
			continue
		}
		p := compile(t, []string{c.Pattern})
		for i, message := range c.Messages {
			o := map[string]json.RawMessage{}
			if json.Unmarshal([]byte(message), &o) != nil || len(o) == 0 || o["eventName"] != nil {
				continue
			}
			marked := `{"eventID":"1",` + strings.TrimSpace(message)[1:]
			got, err := scanAll(p, strings.NewReader(`{"Records":[`+marked+`]}`))
			if err != nil || len(got) != 1 {
				t.Fatalf("%s: %q: %d records, %v", c.ID, message, len(got), err)
			}
			if want := slices.Contains(c.Match, i+1); got[0].matched.Has(0) != want {
				t.Errorf("%s: %s on %s: %v, AWS says %v", c.ID, c.Pattern, message, !want, want)
			}
			asked++
		}
	}
	if asked < 100 {
		t.Errorf("only %d messages were asked about", asked)
	}
}

var patterns = []string{
	`{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`,
	`{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }`,
	`{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" }`,
	`{ $.responseElements IS NULL }`,
	`{ $.responseElements NOT EXISTS }`,
	`{ $.responseElements.x[0].y = 1 }`,
	`{ $.responseElements.*.y > 1 }`,
	`{ $.requestParameters.n <= 2.5 || $.readOnly IS TRUE }`,
	`{ $.requestParameters NOT EXISTS }`,
	`{ $.requestParameters.x IS NULL || $.requestParameters.y != 1 }`,
	`{ $.userIdentity = "x" }`,
	`{ $.userIdentity.* = "Root" }`,
	`{ $.responseElements.y = 1 && $.requestParameters.n NOT EXISTS }`,
	`{ $.userIdentity NOT EXISTS }`,
	`{ $.errorCode = "AccessDenied" && $.errorMessage != "No" }`,
	`{ $.errorMessage NOT EXISTS || $.readOnly IS TRUE }`,
	`{ $.errorMessage = "*o*" && ($.eventName = "Root" || $.userAgent NOT EXISTS) }`,
	`"Denied"`,
	`?Denied ?Root`,
	`%Acc[a-z]+Den%`,
	``,
}

// recordMaker writes records with odd forms: escapes, blanks, members twice, other types
// where texts are expected.
type recordMaker struct{ *rand.Rand }

func (m recordMaker) pick(texts ...string) string { return texts[m.IntN(len(texts))] }

func (m recordMaker) record() string {
	members := []string{`"eventID":"` + fmt.Sprint(m.IntN(1000)) + `"`}
	for range m.IntN(9) {
		members = append(members, m.member())
	}
	m.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + m.blank() + strings.Join(members, m.blank()+","+m.blank()) + m.blank() + "}"
}

func (m recordMaker) blank() string { return m.pick("", "", "", " ", "\n\t") }

func (m recordMaker) member() string {
	name := m.pick("errorCode", "userIdentity", "eventName", "eventType", "additionalEventData", "responseElements", "requestParameters",
		"readOnly", "other", "errorMessage", `error\u0043ode`, "errorCod", "a\\\"b")
	return `"` + name + `"` + m.blank() + ":" + m.blank() + m.value(3)
}

func (m recordMaker) value(depth int) string {
	if depth == 0 {
		return m.scalar()
	}
	switch m.IntN(5) {
	case 0:
		var inner []string
		for range m.IntN(4) {
			inner = append(inner, `"`+m.pick("type", "invokedBy", "MFAUsed", "x", "y", "n", "{", "]")+`":`+m.value(depth-1))
		}
		return "{" + strings.Join(inner, ",") + "}"
	case 1:
		var inner []string
		for range m.IntN(3) {
			inner = append(inner, m.value(depth-1))
		}
		return "[" + strings.Join(inner, ", ") + "]"
	}
	return m.scalar()
}

func (m recordMaker) scalar() string {
	return m.pick(`"AccessDenied"`, `"Access\u0044enied"`, `"Client.UnauthorizedOperation"`, `"Root"`, `"ConsoleLogin"`, `"Yes"`, `"No"`, `""`, `"\\"`, `"\\\""`,
		`"}],{"`, "null", "true", "false", "0", "1", "2.5", "-3e2", `"é"`)
}

// The answers of the window are those of whole records, whatever the parts that the file
// comes in.
func TestScanAgreesWithMatch(t *testing.T) {
	m := recordMaker{rand.New(rand.NewPCG(1, 2))}
	p := compile(t, patterns, "userIdentity.type", "errorCode")
	scanner := p.NewScanner()
	for round := range 300 {
		var records []string
		for range 1 + m.IntN(20) {
			records = append(records, m.record())
		}
		text := m.blank() + "{" + m.blank() + `"Records"` + m.blank() + ":[" + strings.Join(records, m.blank()+","+m.blank()) + m.blank() + "]" + m.pick("", `,"x":{"a":["}"]}`) + m.blank() + "}" + m.blank()
		var in io.Reader = strings.NewReader(text)
		if round%3 == 0 {
			in = iotest.OneByteReader(in)
		}
		got, err := scanWith(scanner, in)
		if err != nil || len(got) != len(records) {
			t.Fatalf("%d records, want %d, %v in %s", len(got), len(records), err, text)
		}
		for i, r := range got {
			checkRecord(t, p, r, records[i])
		}
	}
}

// TestScanManyMembers: more members than are remembered, long and escaped ones.
func TestScanManyMembers(t *testing.T) {
	var records []string
	for i := range 3 * maxMembers {
		record := fmt.Sprintf(`{"eventID":"%[1]d","n%[1]d":%[1]d,"%[2]s":1,"a\\":2,"errorCode":"AccessDenied","a\"":3,"userIdentity":{"m%[1]d":[],"type":"Root"}}`, i, strings.Repeat("x", maxName+i%2))
		records = append(records, record, record)
	}
	p := compile(t, patterns, "userIdentity.type", "errorCode")
	got, err := scanAll(p, strings.NewReader(`{"Records":[`+strings.Join(records, ",")+"]}"))
	if err != nil || len(got) != len(records) {
		t.Fatalf("%d records, %v", len(got), err)
	}
	for i, r := range got {
		checkRecord(t, p, r, records[i])
	}
}

func checkRecord(t *testing.T, p *Program, got seen, record string) {
	t.Helper()
	if got.text != record {
		t.Fatalf("record %q, want %q", got.text, record)
	}
	for i, pattern := range p.patterns {
		if want := pattern.Match([]byte(record)); got.matched.Has(i) != want {
			t.Errorf("%s on %s: %v, want %v", pattern, record, !want, want)
		}
	}
	var o struct {
		UserIdentity any `json:"userIdentity"`
		ErrorCode    any `json:"errorCode"`
	}
	exact := map[string]any{}
	if err := json.Unmarshal([]byte(record), &exact); err != nil {
		t.Fatal(err)
	}
	o.UserIdentity, o.ErrorCode = exact["userIdentity"], exact["errorCode"]
	identity, _ := o.UserIdentity.(map[string]any)
	typ, _ := identity["type"].(string)
	code, _ := o.ErrorCode.(string)
	if want := []string{typ, code}; !slices.Equal(got.fields, want) {
		t.Errorf("fields %q of %s, want %q", got.fields, record, want)
	}
}

func TestScanForms(t *testing.T) {
	a, b := `{"eventName":"A","x":"`+strings.Repeat("y", 2*windowSize)+`"}`, `{"eventName":"B"}`
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, `{"Records":[`+a+","+b+"]}")
	z.Close()
	for name, tc := range map[string]struct {
		text string
		want int
	}{
		"delivered":       {`{"Records":[` + a + "," + b + "]}", 2},
		"gzip":            {packed.String(), 2},
		"two of them":     {`{"Records":[` + a + "]}\n" + `{"Records":[` + b + "]}\n", 2},
		"empty":           {`{"Records":[]}`, 0},
		"then another":    {`{"Records":[` + a + "]}\n" + b, 2},
		"lines":           {a + "\n" + b + "\n", 2},
		"lookup-events":   {`{"Events":[{"CloudTrailEvent":"{\"eventName\":\"A\"}"}]}`, 1},
		"queue in Lambda": {`{"Records":[{"messageId":"1","body":"{\"eventName\":\"A\"}"},` + b + "]}", 2},
	} {
		got, err := scanAll(compile(t, nil), strings.NewReader(tc.text))
		if err != nil || len(got) != tc.want {
			t.Errorf("%s: %d records, %v, want %d", name, len(got), err, tc.want)
		}
	}
}

func TestScanRefuses(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 1000 {
		fmt.Fprintf(z, `{"Records":[{"eventName":"A","n":%d}]}`, rand.Int())
	}
	z.Close()
	for name, tc := range map[string]struct{ text, want string }{
		"nothing":           {"", "no CloudTrail record"},
		"text":              {"hello", "expected record 1"},
		"cut":               {`{"Records":[{"eventName":"A"},{"eventName":`, "ends inside record 2"},
		"cut between":       {`{"Records":[{"eventName":"A"},`, "ends inside record 2"},
		"cut behind":        {`{"Records":[{"eventName":"A"}]`, "ends inside record 2"},
		"cut gzip":          {packed.String()[:packed.Len()/2], "cut short"},
		"number":            {`{"Records":[1]}`, "record 1: expected a record"},
		"brackets":          {`{"Records":[{"eventName":"A","x":[}]}`, "record 1: not JSON"},
		"no colon":          {`{"Records":[{"eventName" "A"}]}`, "record 1: not JSON"},
		"no comma":          {`{"Records":[{"eventName":"A" "x":1}]}`, "record 1: not JSON"},
		"no value":          {`{"Records":[{"eventName":}]}`, "record 1: not JSON"},
		"word":              {`{"Records":[{"eventName":"A","errorCode":nul}]}`, "record 1: not JSON"},
		"nested too deeply": {`{"Records":[{"eventName":"A","x":` + strings.Repeat("[", 20_000) + "]}", "record 1: not JSON"},
		"too large":         {`{"Records":[{"eventName":"` + strings.Repeat("x", MaxRecord) + `"}]}`, "record 1: larger than"},
		"digest":            {`{"digestStartTime":"x"}`, "a digest of CloudTrail"},
		"S3 notification":   {`{"Records":[{"eventSource":"aws:s3","eventName":"A"}]}`, "a notification of S3"},
	} {
		_, err := scanAll(compile(t, patterns), strings.NewReader(tc.text))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want %q", name, err, tc.want)
		}
	}
}

func TestCompileRefusesTooMany(t *testing.T) {
	if _, err := Compile(make([]*filterpattern.Pattern, MaxPatterns+1)); err == nil {
		t.Error("no error")
	}
}

func FuzzScan(f *testing.F) {
	f.Add([]byte(`{"Records":[{"eventName":"A","userIdentity":{"type":"Root"}}]}`))
	f.Add([]byte(`{"Records":[{"eventName":"A"}],"x":[1]} {"Records":[]}`))
	p := compile(f, patterns, "userIdentity.type")
	f.Fuzz(func(t *testing.T, data []byte) {
		p.NewScanner().Scan(bytes.NewReader(data), &logfile.File{}, func(r *Record) error {
			if !json.Valid(r.JSON) {
				return nil // what is skipped is not checked
			}
			for i, pattern := range p.patterns {
				if want := pattern.Match(r.JSON); r.Matched.Has(i) != want {
					t.Errorf("%s on %s: %v, want %v", pattern, r.JSON, !want, want)
				}
			}
			return nil
		})
	})
}
