package policy

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"sync"
)

// maxKnown bounds the documents whose answers are kept, which are a few kilobytes each.
const maxKnown = 1000

// answered holds the answers about documents by what these say: most root modules of a
// large repository have nothing to do with trails and alarms, and are all alike.
type answered struct {
	mu sync.Mutex
	by map[[sha256.Size]byte]map[string]Answer
}

func (a *answered) get(document map[string]any, evaluate func() (map[string]Answer, error)) (map[string]Answer, error) {
	digest := sha256.New()
	if err := write(digest, document); err != nil {
		return nil, err
	}
	key := [sha256.Size]byte(digest.Sum(nil))
	a.mu.Lock()
	answers, ok := a.by[key]
	a.mu.Unlock()
	if ok {
		return answers, nil
	}
	answers, err := evaluate()
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.by == nil {
		a.by = map[[sha256.Size]byte]map[string]Answer{}
	}
	if len(a.by) < maxKnown {
		a.by[key] = answers
	}
	return answers, nil
}

// write writes a value, as encoding/json decodes one, so that no two values are written
// alike: each with its kind and its length.
func write(h hash.Hash, value any) error {
	switch v := value.(type) {
	case nil:
		return writeSized(h, 'n', 0)
	case bool:
		if v {
			return writeSized(h, 't', 0)
		}
		return writeSized(h, 'f', 0)
	case string:
		return writeText(h, 's', v)
	case json.Number:
		return writeText(h, '#', v.String())
	case []any:
		if err := writeSized(h, '[', len(v)); err != nil {
			return err
		}
		for _, e := range v {
			if err := write(h, e); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		if err := writeSized(h, '{', len(v)); err != nil {
			return err
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if err := writeText(h, 'k', k); err != nil {
				return err
			}
			if err := write(h, v[k]); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("policies: a document with a %T", value)
}

func writeText(h hash.Hash, kind byte, text string) error {
	if err := writeSized(h, kind, len(text)); err != nil {
		return err
	}
	_, err := io.WriteString(h, text)
	return err
}

func writeSized(h hash.Hash, kind byte, n int) error {
	var head [9]byte
	head[0] = kind
	binary.LittleEndian.PutUint64(head[1:], uint64(n))
	_, err := h.Write(head[:])
	return err
}
