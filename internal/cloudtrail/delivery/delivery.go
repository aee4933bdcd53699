// Package delivery knows how CloudTrail delivers to a bucket: the names of log files,
// digests and files of Insights, and what a digest says of the log files of its hour. It
// reads no records.
//
// Sources, read 2026-11:
//
//   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
//   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
package delivery

import (
	"path"
	"regexp"
	"sync"
	"time"
)

// Kind is what an object in a trail's bucket holds.
type Kind string

// The kinds of objects.
const (
	LogFile  Kind = "log file"
	Digest   Kind = "digest"
	Insights Kind = "Insights"
)

// An Object is one that CloudTrail has delivered, by its name.
type Object struct {
	Kind            Kind
	Account, Region string
	Delivered       time.Time // UTC, to the minute; of a digest, the end of its hour, to the second
	Name            string    // without folders
}

// Minute returns when the object was delivered, in minutes since 1970.
func (o Object) Minute() int64 { return o.Delivered.Unix() / 60 }

// form is how objects of one kind are named.
type form struct {
	kind Kind
	name *regexp.Regexp
	time string
}

// forms are made when they are asked for: most runs read no objects.
var forms = sync.OnceValue(func() []form {
	return []form{
		{LogFile, regexp.MustCompile(`^(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8}T\d{4}Z)_[A-Za-z0-9]+\.json(\.gz)?$`), "20060102T1504Z"},
		{Insights, regexp.MustCompile(`^(\d{12})_CloudTrail-Insight_([a-z0-9-]+)_(\d{8}T\d{4}Z)_[A-Za-z0-9]+\.json(\.gz)?$`), "20060102T1504Z"},
		{Digest, regexp.MustCompile(`^(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_.+_(\d{8}T\d{6}Z)\.json(\.gz)?$`), "20060102T150405Z"},
	}
})

// Parse reads the name of a file. It is not ok if CloudTrail gives no such names.
func Parse(file string) (o Object, ok bool) {
	name := path.Base(file)
	for _, f := range forms() {
		m := f.name.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		at, err := time.Parse(f.time, m[3])
		if err != nil {
			continue
		}
		return Object{Kind: f.kind, Account: m[1], Region: m[2], Delivered: at, Name: name}, true
	}
	return Object{}, false
}
