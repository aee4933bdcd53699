package policy

import (
	"context"
	"strconv"

	"github.com/open-policy-agent/opa/v1/storage"
)

// A store holds what policies find in data, as encoding/json decodes it. Nothing
// changes it, so that reading needs no transaction and no copy. OPA's own,
// storage/inmem, can be written to; with it come bundles and protocol buffers,
// which every start would pay for.
type store struct {
	storage.WritesNotSupported
	storage.PolicyNotSupported
	storage.TriggersNotSupported
	data map[string]any
}

var _ storage.Store = store{}

// Read returns the value at a path; not found is a *storage.Error.
func (s store) Read(_ context.Context, _ storage.Transaction, path storage.Path) (any, error) {
	at := any(s.data)
	for _, step := range path {
		var found bool
		switch v := at.(type) {
		case map[string]any:
			at, found = v[step]
		case []any:
			var i int
			if i, found = index(step, len(v)); found {
				at = v[i]
			}
		}
		if !found {
			return nil, &storage.Error{Code: storage.NotFoundErr, Message: path.String()}
		}
	}
	return at, nil
}

// index reads the place of an element in a list.
func index(step string, length int) (int, bool) {
	i, err := strconv.Atoi(step)
	return i, err == nil && 0 <= i && i < length && strconv.Itoa(i) == step
}

func (store) NewTransaction(context.Context, ...storage.TransactionParams) (storage.Transaction, error) {
	return nil, nil
}

func (store) Commit(context.Context, storage.Transaction) error { return nil }

func (store) Abort(context.Context, storage.Transaction) {}

func (store) Truncate(context.Context, storage.Transaction, storage.TransactionParams, storage.Iterator) error {
	return &storage.Error{Code: storage.WritesNotSupportedErr}
}
