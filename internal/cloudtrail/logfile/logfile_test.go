package logfile

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
)

func collect(r io.Reader) (records []string, err error) {
	for raw, e := range Records(r) {
		if e != nil {
			return records, e
		}
		records = append(records, string(raw))
	}
	return records, nil
}

func zip(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRecords(t *testing.T) {
	a, b := `{"eventName":"A","x":{"y":["}","\"]"]}}`, `{"eventName":"B"}`
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"one record":        {a, []string{a}},
		"delivered file":    {`{"Records":[` + a + `,` + b + `]}`, []string{a, b}},
		"spaced wrapper":    {" {\n \"Records\" : [ " + a + " , " + b + " ] } \n", []string{a, b}},
		"array":             {"[" + a + "," + b + "]", []string{a, b}},
		"lines":             {a + "\n" + b + "\r\n", []string{a, b}},
		"byte order mark":   {"\xef\xbb\xbf" + a, []string{a}},
		"gzip":              {zip(t, `{"Records":[`+a+`]}`), []string{a}},
		"Records in record": {`{"eventName":"A","Records":[]}`, []string{`{"eventName":"A","Records":[]}`}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := collect(strings.NewReader(tc.text))
			if err != nil || !slices.Equal(got, tc.want) {
				t.Errorf("got %q, %v, want %q", got, err, tc.want)
			}
		})
	}
}

func TestRecordsRefuses(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"empty":           {"", "no CloudTrail record in it"},
		"empty wrapper":   {`{"Records":[]}`, "no CloudTrail record in it"},
		"text":            {"hello", `not a CloudTrail file: expected record 1, got 'h'`},
		"truncated":       {`{"Records":[{"eventID":"1"},{"b":`, "ends inside record 2"},
		"open array":      {`[{"eventID":"1"}`, "ends inside record 2"},
		"no comma":        {`[{"eventID":"1"}{"b":2}]`, `expected record 2, got '{'`},
		"numbers":         {`[1]`, `expected record 1, got '1'`},
		"bad JSON inside": {`{"a":tru}`, "record 1: not JSON"},
		"truncated gzip":  {zip(t, strings.Repeat(`{"eventID":"xyz"}`, 100))[:30], "ends inside record"},
		"broken gzip":     {"\x1f\x8bxx", "gzip: "},
		"huge record":     {`{"eventID":"` + strings.Repeat("x", MaxRecord) + `"}`, "record 1: larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := collect(strings.NewReader(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %q", err, tc.want)
			}
		})
	}
}

func TestRecordsStopsWhenAsked(t *testing.T) {
	seen := 0
	for range Records(strings.NewReader(strings.Repeat(`{"eventID":"1"}`, 3))) {
		seen++
		break
	}
	if seen != 1 {
		t.Errorf("saw %d records", seen)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte(`{"Records":[{"a":"}"}]}`))
	f.Add([]byte("{}\n{}"))
	f.Add([]byte("[{}]"))
	f.Add([]byte(`{"Events":[{"CloudTrailEvent":"{\"eventName\":\"A\"}"}]}`))
	f.Add([]byte("@timestamp,@message\n1,\"{\"\"eventName\"\":\"\"A\"\"}\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for raw, err := range Records(bytes.NewReader(data)) {
			if err == nil && !json.Valid(raw) {
				t.Errorf("record %q is no JSON", raw)
			}
		}
	})
}
