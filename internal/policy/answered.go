package policy

import (
	"crypto/sha256"
	"encoding/json"
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
	text, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256(text)
	a.mu.Lock()
	answers, ok := a.by[key]
	a.mu.Unlock()
	if ok {
		return answers, nil
	}
	answers, err = evaluate()
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
