package tally

import (
	"bytes"
	"encoding/hex"
)

// An EventID is the id of an event, which is a UUID.
type EventID [16]byte

// A MinuteEvent is the first event of a minute that was delivered.
type MinuteEvent struct {
	At int32 // the minute since 1970
	ID EventID
}

// String returns the id as records write it.
func (id EventID) String() string {
	plain := hex.EncodeToString(id[:])
	return plain[:8] + "-" + plain[8:12] + "-" + plain[12:16] + "-" + plain[16:20] + "-" + plain[20:]
}

// isPlainID reports whether the text of a record can be had from the bytes of the UUID again:
// its letters are small.
func isPlainID(raw []byte) bool {
	_, ok := parseUUID(raw)
	return ok && !bytes.ContainsAny(raw, "ABCDEF")
}

// parseUUID returns the bytes of a UUID in quotes.
func parseUUID(raw []byte) (id [16]byte, ok bool) {
	if len(raw) != 38 || raw[0] != '"' || raw[9] != '-' || raw[14] != '-' || raw[19] != '-' || raw[24] != '-' {
		return id, false
	}
	text := raw[1:37]
	var plain [32]byte
	n := copy(plain[:], text[:8])
	n += copy(plain[n:], text[9:13])
	n += copy(plain[n:], text[14:18])
	n += copy(plain[n:], text[19:23])
	copy(plain[n:], text[24:])
	_, err := hex.Decode(id[:], plain[:])
	return id, err == nil
}
