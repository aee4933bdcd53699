package jsonstream

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

var bom = []byte("\xEF\xBB\xBF")

// UTF8Reader returns r as UTF-8 without a byte order mark. PowerShell 5 writes
// UTF-16 when the output of terraform show is redirected, PowerShell 7 and some
// editors write the mark.
func UTF8Reader(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	head, _ := b.Peek(4)
	order, skip := byteOrder(head)
	_, _ = b.Discard(skip)
	if order == nil {
		return b
	}
	return &utf16Reader{r: b, order: order}
}

// byteOrder reads a byte order mark: the order of UTF-16, nil for UTF-8, and
// the length of the mark. Text whose first two characters, a brace and what
// follows, have a NUL beside them is UTF-16 without one.
func byteOrder(head []byte) (order binary.ByteOrder, length int) {
	switch {
	case bytes.HasPrefix(head, bom):
		return nil, len(bom)
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return binary.LittleEndian, 2
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return binary.BigEndian, 2
	case len(head) == 4 && head[0] == '{' && head[1] == 0 && head[3] == 0:
		return binary.LittleEndian, 0
	case len(head) == 4 && head[0] == 0 && head[1] == '{' && head[2] == 0:
		return binary.BigEndian, 0
	}
	return nil, 0
}

// utf16Reader reads UTF-16 as UTF-8. Half a character becomes U+FFFD, as it
// does in JSON escapes.
type utf16Reader struct {
	r     *bufio.Reader
	order binary.ByteOrder
}

func (u *utf16Reader) Read(p []byte) (n int, err error) {
	for len(p)-n >= utf8.UTFMax {
		c, err := u.unit()
		if err != nil {
			return n, err
		}
		if utf16.IsSurrogate(c) {
			c = u.pair(c)
		}
		n += utf8.EncodeRune(p[n:], c)
	}
	return n, nil
}

func (u *utf16Reader) unit() (rune, error) {
	b, err := u.r.Peek(2)
	if err != nil {
		if len(b) == 1 {
			_, _ = u.r.Discard(1)
			return utf8.RuneError, nil
		}
		return 0, err
	}
	c := rune(u.order.Uint16(b))
	_, err = u.r.Discard(2)
	return c, err
}

// pair joins a first half with the second, if that follows.
func (u *utf16Reader) pair(first rune) rune {
	b, err := u.r.Peek(2)
	if err != nil {
		return utf8.RuneError
	}
	c := utf16.DecodeRune(first, rune(u.order.Uint16(b)))
	if c != utf8.RuneError {
		_, _ = u.r.Discard(2)
	}
	return c
}
