package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"
)

// unmarshalAt decodes a text that a scanner has read. Numbers keep their text.
func unmarshalAt(s *jsonstream.Scanner, raw []byte, v any) error {
	if key := jsonstream.RepeatedKey(raw); key != "" {
		return s.Fault("%q appears twice in one object", key)
	}
	if err := jsonstream.Unmarshal(raw, v); err != nil {
		return s.Fault("not a plan: %s", jsonErrorText(err))
	}
	return nil
}

// jsonErrorText rewords an error of encoding/json in terms of JSON.
func jsonErrorText(err error) string {
	e, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	want := "an object"
	switch e.Type.Kind() {
	case reflect.String:
		want = "a string"
	case reflect.Bool:
		want = "true or false"
	case reflect.Slice:
		want = "an array"
	}
	kind, _, _ := strings.Cut(e.Value, " ") // the value itself may be a secret
	return strings.TrimPrefix(fmt.Sprintf("%s: %s expected, not %s", e.Field, want, kind), ": ")
}
