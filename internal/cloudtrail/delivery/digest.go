package delivery

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/iacgate/iacgate/internal/intake"
)

// maxDigest bounds a digest in bytes: it lists the log files of one hour.
const maxDigest = 64 << 20

// An Hour is what a digest says: the log files that CloudTrail delivered for one
// account and region between two times. CloudTrail delivers a digest for an hour without
// log files, too.
type Hour struct {
	Account  string
	From, To time.Time
	Files    []string // names, without folders
}

// ReadDigest reads a digest, in gzip or plain.
func ReadDigest(r io.Reader) (Hour, error) {
	plain, err := unzipped(r)
	if err != nil {
		return Hour{}, err
	}
	raw, err := intake.All(plain, maxDigest)
	if err != nil {
		return Hour{}, err
	}
	var d struct {
		Account string     `json:"awsAccountId"`
		Start   *time.Time `json:"digestStartTime"`
		End     *time.Time `json:"digestEndTime"`
		Files   []struct {
			Object string `json:"s3Object"`
		} `json:"logFiles"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return Hour{}, fmt.Errorf("not a digest: %w", err)
	}
	if d.Start == nil || d.End == nil {
		return Hour{}, errors.New("not a digest: it has no digestStartTime and digestEndTime")
	}
	h := Hour{Account: d.Account, From: d.Start.UTC(), To: d.End.UTC()}
	for _, f := range d.Files {
		h.Files = append(h.Files, path.Base(f.Object))
	}
	return h, nil
}

// unzipped undoes gzip, where there is any.
func unzipped(r io.Reader) (io.Reader, error) {
	head := make([]byte, 2)
	n, err := io.ReadFull(r, head)
	if err != nil {
		return nil, errors.New("not a digest: it is empty")
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), r)
	if string(head) != "\x1f\x8b" {
		return whole, nil
	}
	z, err := gzip.NewReader(whole)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return z, nil
}
