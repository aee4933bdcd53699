package policy

import (
	"context"
	"reflect"
	"testing"

	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// TestStoreReadsAsOPA: what is found, and what is not, is what OPA's own store says.
func TestStoreReadsAsOPA(t *testing.T) {
	ctx := context.Background()
	data := map[string]any{"a": map[string]any{"b": []any{"x", map[string]any{"c": nil}}, "": true}}
	opa := inmem.NewFromObject(data)
	for _, path := range []storage.Path{
		{}, {"a"}, {"a", "b"}, {"a", "b", "0"}, {"a", "b", "1", "c"}, {"a", ""}, {"a", "b", "2"}, {"a", "b", "-1"},
		{"a", "b", "x"}, {"a", "b", "0", "y"}, {"a", "b", "1", "c", "d"}, {"z"},
	} {
		got, err := store{data: data}.Read(ctx, nil, path)
		want, opaErr := storage.ReadOne(ctx, opa, path)
		if !reflect.DeepEqual(got, want) || storage.IsNotFound(err) != storage.IsNotFound(opaErr) || (err == nil) != (opaErr == nil) {
			t.Errorf("%v: %v, %v; OPA has %v, %v", path, got, err, want, opaErr)
		}
	}
}
