package iampolicy

import (
	"cmp"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/truth"
)

// literal returns the whole text, if all of it is known.
func literal(t Text) (string, bool) {
	return t.Text, !t.Unknown && !strings.ContainsAny(t.Text, UnknownMark+string(symbolOpen))
}

// ordered makes a test out of a reader of values and a question about their order: request to policy.
// What cannot be read is undecided; a thing compared with itself is equal, also if it is not known.
func ordered[T any](read func(string) (T, bool), order func(request, policy T) int, holds func(int) bool) func(policy, request Text) truth.Truth {
	return func(policy, request Text) truth.Truth {
		if policy.Symbol != "" && policy.Symbol == request.Symbol {
			return truth.Of(holds(0))
		}
		p, knownPolicy := literal(policy)
		r, knownRequest := literal(request)
		if !knownPolicy || !knownRequest {
			return truth.Unknown
		}
		policyValue, ok := read(p)
		requestValue, alsoOK := read(r)
		if !ok || !alsoOK {
			return truth.Unknown
		}
		return truth.Of(holds(order(requestValue, policyValue)))
	}
}

func numeric(holds func(int) bool) func(policy, request Text) truth.Truth {
	return ordered(readNumber, cmp.Compare[float64], holds)
}

func readNumber(text string) (float64, bool) {
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil && value == value
}

func date(holds func(int) bool) func(policy, request Text) truth.Truth {
	return ordered(readDate, time.Time.Compare, holds)
}

// readDate reads the ISO 8601 forms of https://www.w3.org/TR/NOTE-datetime and seconds since 1970.
func readDate(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	// Four digits are a year, more are seconds.
	if at, err := time.Parse("2006", text); err == nil {
		return at, true
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	return time.Unix(seconds, 0), err == nil
}

// inNetwork reports whether an address lies in a network: "203.0.113.0/24"; without a prefix it is one address.
func inNetwork(policy, request Text) truth.Truth {
	p, knownPolicy := literal(policy)
	r, knownRequest := literal(request)
	if !knownPolicy || !knownRequest {
		return truth.Unknown
	}
	address, err := netip.ParseAddr(r)
	if err != nil {
		return truth.Unknown
	}
	if one, err := netip.ParseAddr(p); err == nil {
		return truth.Of(one == address)
	}
	network, err := netip.ParsePrefix(p)
	if err != nil {
		return truth.Unknown
	}
	return truth.Of(network.Contains(address))
}
