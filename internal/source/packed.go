package source

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"

	"github.com/iacgate/iacgate/internal/intake"
)

// peek reads the head of an input.
func peek(r io.Reader) (*bufio.Reader, []byte, error) {
	buffered := bufio.NewReaderSize(r, headSize)
	head, err := buffered.Peek(headSize)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return buffered, head, err
}

// unzipped reads what gzip has packed.
func unzipped(r io.Reader) (*bufio.Reader, []byte, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, nil, broken(err)
	}
	return peek(intake.Stream(&packed{z}, maxInput))
}

// packed says what is wrong with packed data, which is not what it holds.
type packed struct{ r io.Reader }

func (p *packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = broken(err)
	}
	return n, err
}

func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &Error{What: "gzip: the file ends too early"}
	}
	return &Error{What: err.Error()}
}
