package tally

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func find(t *testing.T, paths ...string) Files {
	t.Helper()
	found, err := Find(context.Background(), paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestFind: folders with all that is in them, in the order of delivery, each file once.
func TestFind(t *testing.T) {
	late, early := named("us-east-1", start+5, "a"), named("eu-west-1", start, "b")
	dir := folder(t, map[string]string{
		"z/" + late: "", "a/" + early: "", "a/events.jsonl": "", "b.log": "", "README.md": "", "c.csv": "",
		"111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20261122T140506Z.json.gz":     "",
		"111122223333_CloudTrail-Insight_us-east-1_20261122T1305Z_Xr2mBk0Ew8QvLtHc.json.gz": "",
	})
	want := []string{"a/" + early, "z/" + late, "a/events.jsonl", "b.log", "c.csv"}
	for _, paths := range [][]string{{dir}, {dir, dir}, {filepath.Join(dir, "z"), dir}, {dir, filepath.Join(dir, "z")}, {filepath.Join(dir, "z", late), dir + "/."}} {
		found := find(t, paths...)
		var got []string
		for _, f := range found.Records {
			rel, err := filepath.Rel(dir, f.Path)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(rel))
		}
		if diff := cmp.Diff(want, got); diff != "" || len(found.Digests) != 1 || found.Insights != 1 {
			t.Errorf("%q: %s %q %d", paths, diff, found.Digests, found.Insights)
		}
	}
	if f := find(t, dir).Records[0]; !f.bucket || f.account != "111122223333" || f.region != "eu-west-1" || f.delivered != start {
		t.Errorf("%+v", f)
	}
	if found := find(t, filepath.Join(dir, "README.md")); len(found.Records) != 1 {
		t.Error("a file that is named is not read")
	}
}

// TestFindTimes: a name with a time of no trail is that of any file.
func TestFindTimes(t *testing.T) {
	dir := folder(t, map[string]string{named("us-east-1", -1_000_000_000, "a"): "", named("us-east-1", 4_000_000_000, "b"): ""})
	for _, f := range find(t, dir).Records {
		if f.bucket {
			t.Errorf("%+v", f)
		}
	}
}

// TestFindLink: a folder that is named by a link is read.
func TestFindLink(t *testing.T) {
	dir, link := folder(t, map[string]string{"a.json": ""}), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	if found := find(t, link); len(found.Records) != 1 || found.Records[0].Path != filepath.Join(link, "a.json") {
		t.Errorf("%+v", found)
	}
}

// TestFindOnce: a file is read once, whichever links lead to it.
func TestFindOnce(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": "", "z/b.json": ""})
	links := t.TempDir()
	for link, to := range map[string]string{
		filepath.Join(links, "folder"):          dir,
		filepath.Join(links, "file.json"):       filepath.Join(dir, "z", "b.json"),
		filepath.Join(dir, "z", "beside.json"):  "b.json",
		filepath.Join(dir, "z", "deeper.jsonl"): filepath.Join("..", "a.json"),
	} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	for _, paths := range [][]string{
		{dir}, {dir, filepath.Join(links, "folder")}, {filepath.Join(links, "file.json"), dir}, {links, filepath.Join(links, "folder"), dir},
		{filepath.Join(links, "folder", "z"), filepath.Join(dir, "a.json"), filepath.Join(links, "folder")},
	} {
		if found := find(t, paths...); len(found.Records) != 2 {
			t.Errorf("%q: %d files", paths, len(found.Records))
		}
	}
}

func TestFindRefuses(t *testing.T) {
	dir := folder(t, map[string]string{"README.md": ""})
	for path, want := range map[string]string{dir: "no file in it ends in .json, ", filepath.Join(dir, "none"): "no such file"} {
		if _, err := Find(context.Background(), []string{path}, nil); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Find(ctx, []string{dir}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestStdin: the standard input is read once, however often it is named.
func TestStdin(t *testing.T) {
	found, err := Find(context.Background(), []string{Stdin, Stdin}, strings.NewReader(zip(t, bucketFile(record("1", start, "AccessDenied")))))
	if err != nil || len(found.Records) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	got, err := Count(context.Background(), found, ask(t), nil)
	if err != nil || got.Counts[0].Total != 1 || len(got.Coverage.Regions) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	found, _ = Find(context.Background(), []string{Stdin}, strings.NewReader("hello"))
	if _, err = Count(context.Background(), found, ask(t), nil); err == nil || !strings.HasPrefix(err.Error(), "-: ") {
		t.Errorf("error %v", err)
	}
}

// TestNoRecords: a folder of digests, or of files without records, has nothing to count.
func TestNoRecords(t *testing.T) {
	name, text := digest("us-east-1", start, start+60)
	for want, files := range map[string]map[string]string{
		"no CloudTrail record in 0 files": {name: text},
		"no CloudTrail record in 2 files": {named("us-east-1", start, "a"): `{"Records":[]}`, named("us-east-1", start, "b"): `{"Records":[]}`},
	} {
		if _, err := count(t, ask(t), folder(t, files)); err == nil || err.Error() != want {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// digest is one of the time between two minutes.
func digest(region string, from, to int64, files ...string) (name, text string) {
	name = "111122223333_CloudTrail-Digest_" + region + "_t_us-east-1_" + time.Unix(to*60, 0).UTC().Format("20060102T150405Z") + ".json"
	var list []string
	for _, f := range files {
		list = append(list, `{"s3Object":"AWSLogs/x/`+f+`"}`)
	}
	return name, fmt.Sprintf(`{"awsAccountId":"111122223333","digestStartTime":"%s","digestEndTime":"%s","logFiles":[%s]}`, at(from), at(to), strings.Join(list, ","))
}

// TestCoverage: hours without a record, what digests say of them, and which files are not
// there.
func TestCoverage(t *testing.T) {
	type digests [][4]any // region, from, to, a file
	first, last, gone := named("us-east-1", start+4, "a"), named("us-east-1", start+5*60+4, "b"), named("us-east-1", start+2*60+9, "c")
	hour := start / 60
	for name, c := range map[string]struct {
		digests digests
		west    bool // there is a record of another region, too
		silent  []int64
		proven  int
		missing []string
	}{
		"without digests":          {nil, false, []int64{1, 2, 3, 4}, 0, nil},
		"an empty hour":            {digests{{"us-east-1", 60, 120, ""}}, false, []int64{2, 3, 4}, 1, nil},
		"most of an hour":          {digests{{"us-east-1", 65, 125, ""}}, false, []int64{2, 3, 4}, 1, nil},
		"half an hour":             {digests{{"us-east-1", 90, 150, ""}}, false, []int64{1, 2, 3, 4}, 0, nil},
		"with a file":              {digests{{"us-east-1", 0, 60, first}}, false, []int64{1, 2, 3, 4}, 0, nil},
		"with a missing file":      {digests{{"us-east-1", 120, 180, gone}, {"us-east-1", 180, 240, gone}}, false, []int64{1, 2, 3, 4}, 0, []string{gone}},
		"of one of two regions":    {digests{{"us-east-1", 60, 120, ""}}, true, []int64{1, 2, 3, 4}, 0, nil},
		"of both":                  {digests{{"us-east-1", 60, 120, ""}, {"eu-west-1", 60, 120, ""}}, true, []int64{2, 3, 4}, 1, nil},
		"of one without records":   {digests{{"ap-south-1", 60, 120, ""}}, false, []int64{1, 2, 3, 4}, 0, nil},
		"of an hour with a record": {digests{{"us-east-1", 0, 60, ""}}, false, []int64{1, 2, 3, 4}, 0, nil},
		"of ages":                  {digests{{"us-east-1", -1_000_000_000, 4_000_000_000, ""}}, false, []int64{1, 2, 3, 4}, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{first: bucketFile(record("1", start, "")), last: bucketFile(record("2", start+5*60, ""))}
			want := Coverage{Hours: 6, Missing: c.missing, Regions: []Region{{"111122223333", "us-east-1", 2}}}
			if c.west {
				files[named("eu-west-1", start, "d")] = bucketFile(record("3", start, ""))
				want.Regions = slices.Insert(want.Regions, 0, Region{"111122223333", "eu-west-1", 1})
			}
			for _, d := range c.digests {
				var of []string
				if d[3] != "" {
					of = []string{d[3].(string)}
				}
				name, text := digest(d[0].(string), start+int64(d[1].(int)), start+int64(d[2].(int)), of...)
				files[name] = text
			}
			for h := int64(1); h <= 4; h++ {
				if slices.Contains(c.silent, h) {
					want.Silent = append(want.Silent, hour+h)
				} else {
					want.Proven = append(want.Proven, hour+h)
				}
			}
			if len(want.Proven) != c.proven {
				t.Fatalf("%d hours are not silent, want %d", len(want.Proven), c.proven)
			}
			got := mustCount(t, ask(t), folder(t, files))
			if diff := cmp.Diff(want, got.Coverage); diff != "" {
				t.Error(diff)
			}
			if share := float64(6-len(c.silent)) / 6; got.Coverage.Share() != share || got.Data.Digests != len(c.digests) {
				t.Errorf("share %g, want %g; %d digests", got.Coverage.Share(), share, got.Data.Digests)
			}
		})
	}
}

// TestSpoiledDigest: the error names the file.
func TestSpoiledDigest(t *testing.T) {
	name, text := digest("us-east-1", start, start+60)
	dir := folder(t, map[string]string{name: text[:40], "a.json": record("1", start, "")})
	if _, err := count(t, ask(t), dir); err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, name)+": not a digest") {
		t.Errorf("error %v", err)
	}
}

// TestInsights: files of Insights are left out, and counted.
func TestInsights(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.json": record("1", start, ""),
		"111122223333_CloudTrail-Insight_us-east-1_20261122T1305Z_Xr2mBk0Ew8QvLtHc.json": bucketFile(`{"eventID":"2","eventTime":"` + at(start) + `","eventCategory":"Insight"}`),
	})
	if got := mustCount(t, ask(t), dir); got.Data.Insights != 1 || got.Data.Records != 1 {
		t.Errorf("%+v", got.Data)
	}
}
