package logfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

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
		in := bufio.NewReader(r)
		head, _ := in.Peek(16)
		for _, f := range foreign {
			if bytes.HasPrefix(head, []byte(f.magic)) {
				return nil, errors.New(f.says)
			}
		}
		if !bytes.HasPrefix(head, []byte(gzipMagic)) {
			return intake.Stream(in, maxInput), nil
		}
		if n == maxPackings {
			return nil, fmt.Errorf("packed more than %d times", maxPackings)
		}
		z, err := newGzipReader(in)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		r = z
	}
}

// gzipReaders are those that have ended: a bucket has very many small files.
var gzipReaders sync.Pool

// A gzipReader goes back to the pool when it ends.
type gzipReader struct{ z *gzip.Reader }

func newGzipReader(r io.Reader) (io.Reader, error) {
	z, ok := gzipReaders.Get().(*gzip.Reader)
	if !ok {
		z = new(gzip.Reader)
	}
	if err := z.Reset(r); err != nil {
		return nil, err
	}
	return &gzipReader{z}, nil
}

func (g *gzipReader) Read(p []byte) (int, error) {
	if g.z == nil {
		return 0, io.EOF
	}
	n, err := g.z.Read(p)
	if errors.Is(err, io.EOF) {
		gzipReaders.Put(g.z)
		g.z = nil
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
