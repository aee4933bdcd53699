package document

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/config"
)

type inner struct {
	Shared string `json:"shared"`
	Own    *int   `json:"own"`
}

// everyKind has what encoding/json treats in its own ways.
type everyKind struct {
	inner
	Node      `json:"node"`
	Shared    string             `json:"shared"`
	Plain     int                // without a tag
	Hidden    string             `json:"-"`
	private   string             // not written
	Empty     map[string]string  `json:"empty,omitempty"`
	Zero      struct{}           `json:"zero,omitempty"`
	Fraction  float64            `json:"fraction"`
	Huge      float64            `json:"huge"`
	Unsigned  uint8              `json:"unsigned"`
	State     LinkState          `json:"state"`
	Lists     [][]string         `json:"lists"`
	NoList    []string           `json:"no_list"`
	NoMap     map[string]int     `json:"no_map"`
	Anything  any                `json:"anything"`
	Nothing   any                `json:"nothing"`
	Numbers   map[string]float64 `json:"numbers"`
	Sensitive config.Sensitivity `json:"sensitive"`
}

// Policies get what encoding/json writes.
func TestTreeIsTheJSON(t *testing.T) {
	n := 7
	e := everyKind{
		inner: inner{Shared: "covered", Own: &n}, Shared: "seen", Plain: -3, Hidden: "x", private: "x", Fraction: 0.1, Huge: 1e21, Unsigned: 255,
		State: "known", Lists: [][]string{{"a"}, nil, {}}, Anything: []any{true, "<&>", 1.5}, Numbers: map[string]float64{"a": 1e-9},
		Sensitive: config.Sensitivity{MaxDelay: 90 * time.Second},
	}
	for name, value := range map[string]any{"every kind": e, "document": fullest("s3cr3t"), "nothing": (*Document)(nil)} {
		got, err := tree(reflect.ValueOf(value))
		if err != nil {
			t.Fatal(name, err)
		}
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(name, err)
		}
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		var want any
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the tree is\n%v, want\n%v", name, got, want)
		}
	}
}
