package filterpattern

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// A Message is a log message that several patterns are asked about: its JSON is
// read once. A Message is not safe for concurrent use.
type Message struct {
	raw   []byte
	event map[string]any // once read
	read  bool
}

// NewMessage returns the message with a text.
func NewMessage(raw []byte) *Message { return &Message{raw: raw} }

// Object returns the message of a JSON object that encoding/json can write,
// with json.Number for numbers. It keeps event.
func Object(event map[string]any) *Message { return &Message{event: event, read: true} }

// text returns the raw message.
func (m *Message) text() []byte {
	if m.raw == nil && m.event != nil {
		m.raw, _ = json.Marshal(m.event) // a tree that JSON made
	}
	return m.raw
}

// object returns the JSON object that the message is, if it is one and nothing
// else.
func (m *Message) object() (event map[string]any, ok bool) {
	if !m.read {
		m.event, _ = decodeEvent(m.raw)
		m.read = true
	}
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
