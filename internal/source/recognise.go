package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/intake"
)

// maxInput bounds a plan, a state or a template in bytes, packed or not: a device has
// no end. They are read as streams; the largest real ones have some 100 MB.
const maxInput = 4 << 30

// headSize is how much of a file the formats see to recognise it. Plans of
// large states begin with their versions.
const headSize = 64 << 10

// recognise finds the format of a file, and returns its text from the beginning,
// without gzip.
func recognise(r io.Reader, from string) (format.Reader, io.Reader, error) {
	buffered, head, err := peek(r)
	if err == nil && bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		buffered, head, err = unzip(buffered)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, f := range readersFrom(from) {
		if f.Claim(head, from != "") {
			return f, buffered, nil
		}
	}
	if len(head) == 0 {
		return nil, nil, diag.New("", "empty")
	}
	return nil, nil, diag.New("", "none of the formats that iacgate reads").
		WithHint("--from plan explains why it is not a plan, --from cfn why it is not a template")
}

// peek reads the head of a text.
func peek(r io.Reader) (*bufio.Reader, []byte, error) {
	buffered := bufio.NewReaderSize(r, headSize)
	head, err := buffered.Peek(headSize)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return buffered, head, err
}

func unzip(r io.Reader) (*bufio.Reader, []byte, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, nil, gzipError(err)
	}
	return peek(intake.Stream(&unzipper{z}, maxInput))
}

// An unzipper marks gzip's errors as errors of the packed data.
type unzipper struct{ r io.Reader }

func (u *unzipper) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = gzipError(err)
	}
	return n, err
}

func gzipError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return diag.New("", "gzip: the file ends too early")
	}
	return diag.New("", "%s", err.Error())
}
