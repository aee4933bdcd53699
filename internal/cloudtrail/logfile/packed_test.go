package logfile

import (
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// TestDecompress: small files and such as are larger than the buffer, packed once and twice,
// in parts of any size; where they are cut, whatever is before the cut.
func TestDecompress(t *testing.T) {
	random := make([]byte, packedBuffer)
	source := rand.NewChaCha8([32]byte{1})
	source.Read(random)
	large := hex.EncodeToString(random) // packs to half of it
	for name, plain := range map[string]string{"small": refused, "as large as the buffer": large, "larger": large + large + refused} {
		for _, packed := range []string{zip(t, plain), zip(t, zip(t, plain))} {
			for _, in := range []io.Reader{strings.NewReader(packed), iotest.HalfReader(strings.NewReader(packed)), iotest.DataErrReader(strings.NewReader(packed))} {
				if got, err := readPacked(in); err != nil || got != plain {
					t.Errorf("%s: %d bytes of %d, %v", name, len(got), len(plain), err)
				}
			}
			for _, left := range []int{len(packed) / 2, len(packed) - 4} {
				got, err := readPacked(strings.NewReader(packed[:left]))
				if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasPrefix(plain, got) || len(plain) > packedBuffer && len(got) < packedBuffer/2 {
					t.Errorf("%s, cut: %d bytes of %d, %v", name, len(got), len(plain), err)
				}
			}
			if _, err := readPacked(io.MultiReader(strings.NewReader(packed[:len(packed)/2]), iotest.ErrReader(io.ErrClosedPipe))); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("%s, with a fault: %v", name, err)
			}
		}
	}
}

func readPacked(r io.Reader) (string, error) {
	plain, err := Decompress(r)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(plain)
	return string(text), err
}
