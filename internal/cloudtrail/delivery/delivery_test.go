package delivery

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for file, want := range map[string]Object{
		"AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/111122223333_CloudTrail_eu-west-1_20261122T1305Z_Xr2mBk0Ew8QvLtHc.json.gz": {
			Kind: LogFile, Account: "111122223333", Region: "eu-west-1", Delivered: time.Date(2026, 11, 22, 13, 5, 0, 0, time.UTC)},
		"111122223333_CloudTrail-Insight_us-east-1_20261122T1305Z_Xr2mBk0Ew8QvLtHc.json.gz": {
			Kind: Insights, Account: "111122223333", Region: "us-east-1", Delivered: time.Date(2026, 11, 22, 13, 5, 0, 0, time.UTC)},
		"111122223333_CloudTrail-Digest_eu-west-1_my_trail_eu-west-1_20261122T140506Z.json.gz": {
			Kind: Digest, Account: "111122223333", Region: "eu-west-1", Delivered: time.Date(2026, 11, 22, 14, 5, 6, 0, time.UTC)},
	} {
		got, ok := Parse(file)
		want.Name = file[strings.LastIndex(file, "/")+1:]
		if !ok || got != want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", file, got, ok, want)
		}
	}
	for _, file := range []string{
		"events.json", "111122223333_CloudTrail_eu-west-1_20261322T1305Z_Xr2m.json.gz", "11_CloudTrail_eu-west-1_20261122T1305Z_X.json.gz", "",
	} {
		if got, ok := Parse(file); ok {
			t.Errorf("Parse(%q) = %+v", file, got)
		}
	}
}

func TestMinute(t *testing.T) {
	if got := (Object{Delivered: time.Unix(180, 0)}).Minute(); got != 3 {
		t.Errorf("minute %d, want 3", got)
	}
}

const digest = `{"awsAccountId":"111122223333","digestStartTime":"2026-11-22T13:05:06Z","digestEndTime":"2026-11-22T14:05:06Z",
"logFiles":[{"s3Bucket":"b","s3Object":"AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/a.json.gz","hashValue":"00"},{"s3Object":"b.json.gz"}]}`

func TestReadDigest(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(digest))
	z.Close()
	for name, text := range map[string]string{"plain": digest, "gzip": packed.String()} {
		h, err := ReadDigest(strings.NewReader(text))
		if err != nil || h.Account != "111122223333" || h.From.Hour() != 13 || h.To.Hour() != 14 || !slices.Equal(h.Files, []string{"a.json.gz", "b.json.gz"}) {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
	}
}

func TestReadDigestRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"": "it is empty", "hello": "not a digest", `{"Records":[]}`: "no digestStartTime", "\x1f\x8bxx": "gzip",
	} {
		if _, err := ReadDigest(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("111122223333_CloudTrail_eu-west-1_20261122T1305Z_Xr2mBk0Ew8QvLtHc.json.gz")
	f.Fuzz(func(t *testing.T, file string) {
		if o, ok := Parse(file); ok && (len(o.Account) != 12 || o.Region == "" || o.Delivered.IsZero()) {
			t.Errorf("Parse(%q) = %+v", file, o)
		}
	})
}
