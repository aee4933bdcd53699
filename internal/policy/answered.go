package policy

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
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
	key, err := digestOf(document)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	answers, ok := a.by[key]
	a.mu.Unlock()
	if ok {
		return answers, nil
	}
	if answers, err = evaluate(); err != nil {
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

// A digest sums up values, as encoding/json decodes them, so that no two values are written
// alike: each with its kind and its length.
type digest struct {
	hash    hash.Hash
	pending []byte   // to be written to the hash
	keys    []string // of the objects that are being written, the outermost first
}

func digestOf(value any) (sum [sha256.Size]byte, err error) {
	d := &digest{hash: sha256.New()}
	if err := d.write(value); err != nil {
		return sum, err
	}
	d.hash.Write(d.pending)
	return [sha256.Size]byte(d.hash.Sum(nil)), nil
}

func (d *digest) write(value any) error {
	switch v := value.(type) {
	case nil:
		d.sized('n', 0)
	case bool:
		if v {
			d.sized('t', 0)
		} else {
			d.sized('f', 0)
		}
	case string:
		d.text('s', v)
	case json.Number:
		d.text('#', v.String())
	case []any:
		d.sized('[', len(v))
		for _, e := range v {
			if err := d.write(e); err != nil {
				return err
			}
		}
	case map[string]any:
		return d.object(v)
	default:
		return fmt.Errorf("policies: a document with a %T", value)
	}
	return nil
}

func (d *digest) object(v map[string]any) error {
	d.sized('{', len(v))
	first := len(d.keys)
	d.keys = slices.AppendSeq(d.keys, maps.Keys(v))
	slices.Sort(d.keys[first:])
	for i := range len(v) {
		key := d.keys[first+i]
		d.text('k', key)
		if err := d.write(v[key]); err != nil {
			return err
		}
	}
	d.keys = d.keys[:first]
	return nil
}

func (d *digest) text(kind byte, text string) {
	d.sized(kind, len(text))
	d.pending = append(d.pending, text...)
}

// digestBlock is how many bytes are handed to the hash at once.
const digestBlock = 4096

func (d *digest) sized(kind byte, n int) {
	if len(d.pending) >= digestBlock {
		d.hash.Write(d.pending) // never fails
		d.pending = d.pending[:0]
	}
	d.pending = binary.LittleEndian.AppendUint64(append(d.pending, kind), uint64(n))
}
