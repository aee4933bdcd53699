package filterpattern

import "testing"

// TestExists asks for presence, which no pattern that is parsed asks for.
func TestExists(t *testing.T) {
	for message, want := range map[string]string{
		`{}`: "00", `{"a":null}`: "10", `{"a":""}`: "10", `{"a":1}`: "10", `{"a":true}`: "10", `{"a":{}}`: "10", `{"a":[]}`: "10", `{"a":[null]}`: "11", `{"a":{"b":1}}`: "11",
	} {
		got := ""
		for _, path := range []string{"$.a", "$.a[*]"} {
			s, err := ParseSelector(path)
			if err != nil {
				t.Fatal(err)
			}
			p := newPattern(Document{&Condition{Selector: s, Op: Exists}})
			got += map[bool]string{true: "1", false: "0"}[p.Match([]byte(message))]
		}
		if got != want {
			t.Errorf("%s: %s, want %s", message, got, want)
		}
	}
}
