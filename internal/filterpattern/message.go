package filterpattern

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sync"
)

// A Message is a log message that several patterns are asked about: its JSON is
// read once. It is safe for concurrent use.
type Message struct {
	raw     []byte
	event   map[string]any
	printed sync.Once // of an event, into raw
	read    sync.Once // of raw, into event
}

// NewMessage returns the message with a text.
func NewMessage(raw []byte) *Message {
	m := &Message{raw: raw}
	m.printed.Do(func() {})
	return m
}

// Object returns the message of a JSON object that encoding/json can write,
// with json.Number for numbers. It keeps event.
func Object(event map[string]any) *Message {
	m := &Message{event: event}
	m.read.Do(func() {})
	return m
}

// text returns the raw message.
func (m *Message) text() []byte {
	m.printed.Do(func() { m.raw, _ = json.Marshal(m.event) }) // a tree that JSON made
	return m.raw
}

// object returns the JSON object that the message is, if it is one and nothing
// else.
func (m *Message) object() (event map[string]any, ok bool) {
	m.read.Do(func() { m.event, _ = decodeEvent(m.raw) })
	return m.event, m.event != nil
}

var errTrailing = errors.New("text after the JSON object")

func decodeEvent(message []byte) (event map[string]any, err error) {
	if start := bytes.TrimLeft(message, " \t\r\n"); len(start) == 0 || start[0] != '{' {
		return nil, errors.New("no JSON object")
	}
	decoder := json.NewDecoder(bytes.NewReader(message))
	decoder.UseNumber()
	if err := decoder.Decode(&event); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errTrailing
	}
	return event, nil
}
