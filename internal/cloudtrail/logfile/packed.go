package logfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"

	"github.com/iacgate/iacgate/internal/intake"
)

const gzipMagic = "\x1f\x8b"

// maxInput bounds what is read, after decompression where there is one: a device
// has no end, and a small gzip file may be a large one.
const maxInput = 4 << 30

// foreign are the first bytes of files that are not text, and what they are.
var foreign = []struct{ magic, says string }{
	{"PK\x03\x04", "a zip archive; unpack it"},
	{"BZh", "packed by bzip2; unpack it"},
	{"\x28\xb5\x2f\xfd", "packed by Zstandard; unpack it"},
	{"\xfd7zXZ\x00", "packed by xz; unpack it"},
	{"\xff\x06\x00\x00sNaPpY", "packed by Snappy; unpack it"},
	{"PAR1", "a Parquet file, as Security Lake and Athena write it, which holds columns; give the log files of the trail"},
	{"ORC", "an ORC file, which holds columns; give the log files of the trail"},
	{"Obj\x01", "an Avro file; give the log files of the trail"},
	{"\xff\xfe", "UTF-16, as PowerShell writes it; save it as UTF-8"},
	{"\xfe\xff", "UTF-16, as PowerShell writes it; save it as UTF-8"},
}

// maxPackings bounds gzip inside gzip: Firehose packs what a subscription has packed.
const maxPackings = 3

// Decompress undoes gzip, where there is any, and refuses what is not text.
func Decompress(r io.Reader) (io.Reader, error) {
	for n := 0; ; n++ {
		head, err := peek(&r)
		if err != nil {
			return nil, err
		}
		for _, f := range foreign {
			if bytes.HasPrefix(head, []byte(f.magic)) {
				return nil, errors.New(f.says)
			}
		}
		if !bytes.HasPrefix(head, []byte(gzipMagic)) {
			return intake.Stream(r, maxInput), nil
		}
		if n == maxPackings {
			return nil, fmt.Errorf("packed more than %d times", maxPackings)
		}
		if r, err = newGzipReader(r); err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
	}
}

// peek returns the first bytes of a stream, which it still has.
func peek(r *io.Reader) ([]byte, error) {
	head := make([]byte, 16)
	n, err := io.ReadFull(*r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	*r = io.MultiReader(bytes.NewReader(head[:n]), *r)
	return head[:n], nil
}

// gzipReaders are those that have ended: a bucket has very many files.
var gzipReaders = sync.Pool{New: func() any { return &inflater{packed: make([]byte, packedBuffer)} }}

// packedBuffer is how much of a packed file is read at once: all of most files, which is
// undone faster from memory.
const packedBuffer = 1 << 20

// An inflater undoes gzip.
type inflater struct {
	packed []byte
	whole  bytes.Reader
	z      gzip.Reader
}

// A gzipReader gives its inflater back when it ends.
type gzipReader struct{ *inflater }

func newGzipReader(r io.Reader) (io.Reader, error) {
	g := gzipReader{gzipReaders.Get().(*inflater)}
	if err := g.z.Reset(g.load(r)); err != nil {
		return nil, err
	}
	return &g, nil
}

// load reads a packed file, or the beginning of one that is large or cannot be read on.
func (g *inflater) load(r io.Reader) flate.Reader {
	n, err := 0, error(nil)
	for n < len(g.packed) && err == nil {
		var some int
		some, err = r.Read(g.packed[n:])
		n += some
	}
	g.whole.Reset(g.packed[:n])
	if errors.Is(err, io.EOF) {
		return &g.whole
	}
	return bufio.NewReaderSize(io.MultiReader(&g.whole, r), 64<<10) // which says the error again
}

func (g *gzipReader) Read(p []byte) (int, error) {
	if g.inflater == nil {
		return 0, io.EOF
	}
	n, err := g.z.Read(p)
	if errors.Is(err, io.EOF) {
		gzipReaders.Put(g.inflater)
		g.inflater = nil
	}
	return n, err
}

// unpacked returns what bytes inside the file hold.
func unpacked(data []byte) ([]byte, error) {
	plain, err := Decompress(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return intake.All(plain, maxWrapper)
}
