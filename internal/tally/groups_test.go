package tally

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	asRole = `"userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/deploy/alice@example.com","principalId":"AROAX:alice@example.com",
		"accessKeyId":"ASIAXSECRETKEY","sessionContext":{"sessionIssuer":{"type":"Role","userName":"deploy","arn":"arn:aws:iam::111122223333:role/x/deploy"}}}`
	asUser = `"userIdentity":{"type":"IAMUser","userName":"bob","arn":"arn:aws:iam::111122223333:user/bob","accessKeyId":"AKIAXSECRETKEY"}`
	call   = `"eventSource":"ec2.amazonaws.com","eventName":"RunInstances","sourceIPAddress":"192.0.2.1"`
)

// TestCallers: who called, by the fields that the kind of identity has.
func TestCallers(t *testing.T) {
	for name, c := range map[string]struct {
		identity        string
		principal, role string
	}{
		"a role":               {asRole, "deploy", "arn:aws:iam::111122223333:role/x/deploy"},
		"a user":               {asUser, "bob", "arn:aws:iam::111122223333:user/bob"},
		"root":                 {`"userIdentity":{"type":"Root","userName":"alias","arn":"arn:aws:iam::111122223333:root"}`, "root", ""},
		"a service":            {`"userIdentity":{"type":"AWSService","invokedBy":"config.amazonaws.com"}`, "config.amazonaws.com", ""},
		"an account":           {`"userIdentity":{"type":"AWSAccount","principalId":"AIDAX:carol","accountId":"444455556666"}`, "AWSAccount", ""},
		"a role for a service": {strings.Replace(asRole, `"type"`, `"invokedBy":"x.amazonaws.com","type"`, 1), "deploy", "arn:aws:iam::111122223333:role/x/deploy"},
		"nobody":               {`"userIdentity":null`, "unknown", ""},
		"odd types":            {`"userIdentity":{"type":7,"userName":[],"sessionContext":"x"}`, "unknown", ""},
		"escaped":              {`"userIdentity":{"type":"IAMUser","userName":"b\u00f6b","arn":"a"}`, "böb", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			got := mustCount(t, ask(t), folder(t, map[string]string{"a.json": record("1", start, "AccessDenied", c.identity, call)}))
			if len(got.Counts[0].Groups) != 1 {
				t.Fatalf("%+v", got.Counts[0])
			}
			g := got.Counts[0].Groups[0]
			if g.Caller.Principal != c.principal || g.Caller.ARN != c.role || g.Caller.Source != "ec2.amazonaws.com" || g.Caller.Name != "RunInstances" || g.Caller.Code != "AccessDenied" {
				t.Errorf("%+v", g.Caller)
			}
			told, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			for _, personal := range []string{"alice", "carol", "SECRETKEY", "192.0.2.1"} {
				if strings.Contains(string(told), personal) {
					t.Errorf("%s is told: %s", personal, told)
				}
			}
		})
	}
}

// TestGroup: all that is told of the matches of one caller.
func TestGroup(t *testing.T) {
	var records []string
	for i, minute := range []int64{0, 0, 0, 5, 1440 + 2, 3} {
		records = append(records, record(fmt.Sprint(i), start+minute, "AccessDenied", asRole, call))
	}
	records = append(records, record("7", start, "AccessDenied", asUser, call), record("8", start, "", asUser, call))
	dir := folder(t, map[string]string{"a.json": strings.Join(records, "")})
	q := ask(t)
	q.Details = Details{Addresses: true, Sessions: true}
	got := mustCount(t, q, dir).Counts[0]
	series := Series{{start, 3}, {start + 3, 1}, {start + 5, 1}, {start + 1442, 1}}
	want := Group{
		Caller: Caller{"AssumedRole", "deploy", "arn:aws:iam::111122223333:role/x/deploy", "ec2.amazonaws.com", "RunInstances", "AccessDenied"},
		Count:  6, Days: []int64{start / 1440, start/1440 + 1}, Burst: 3, First: []string{"0", "1", "2"}, Early: series, Late: series,
		Addresses: []string{"192.0.2.1"}, Sessions: []string{"alice@example.com"},
	}
	if len(got.Groups) != 2 || got.Groups[1].Caller.Principal != "bob" || got.Groups[1].Sessions != nil || got.Others != 0 {
		t.Fatalf("%+v", got)
	}
	if diff := cmp.Diff(want, got.Groups[0]); diff != "" {
		t.Error(diff)
	}
}

// TestFirstEvents: the first event of each minute of a caller, if its id is a UUID.
func TestFirstEvents(t *testing.T) {
	id := func(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-00000000000a", n) }
	var records []string
	for _, r := range []struct {
		id     string
		minute int64
	}{{id(1), 5}, {id(2), 5}, {"no UUID", 0}, {id(3), 7}, {id(4), 5}, {strings.ToUpper(id(5)), 9}} {
		records = append(records, record(r.id, start+r.minute, "AccessDenied", asRole, call))
	}
	got := mustCount(t, ask(t), folder(t, map[string]string{"a.json": strings.Join(records, "")})).Counts[0].Groups[0]
	ids := map[int64]string{}
	for _, e := range got.Events {
		ids[int64(e.At)-start] = e.ID.String()
	}
	if want := map[int64]string{5: id(1), 7: id(3)}; !maps.Equal(ids, want) || len(got.Early) != 4 {
		t.Errorf("%v, want %v of %v", ids, want, got.Early)
	}
}

// TestDetailsBound: addresses are told up to a bound, and each once.
func TestDetailsBound(t *testing.T) {
	var all []string
	for i := range 2 * maxDetails {
		all = appendDetail(appendDetail(all, fmt.Sprint(i)), fmt.Sprint(i/2))
	}
	if len(appendDetail(all, "")) != maxDetails || len(slices.Compact(slices.Sorted(slices.Values(all)))) != maxDetails {
		t.Errorf("%q", all)
	}
}

func TestSessionOf(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:sts::111122223333:assumed-role/deploy/alice": "alice", "arn:aws:sts::111122223333:assumed-role/deploy": "", "": "",
		"arn:aws:iam::111122223333:user/path/bob": "",
	} {
		if got := sessionOf(arn); got != want {
			t.Errorf("%q: %q, want %q", arn, got, want)
		}
	}
}

// crowd is the matches of many callers, and of one that comes again and again.
func crowd(callers int) (files map[string]string, total, frequent int64) {
	files = map[string]string{}
	var records []string
	for i := range callers {
		who := fmt.Sprintf(`"userIdentity":{"type":"IAMUser","userName":"user-%05d"}`, (i*7919)%callers)
		records = append(records, record(fmt.Sprint("one", i), start+int64(i%600), "AccessDenied", who))
		if i%50 == 0 {
			records = append(records, record(fmt.Sprint("often", i), start+int64(i%600), "AccessDenied", asUser))
			frequent++
		}
		if len(records) >= 900 || i == callers-1 {
			files[fmt.Sprintf("%05d.json", i)] = bucketFile(records...)
			total += int64(len(records))
			records = nil
		}
	}
	return files, total, frequent
}

// TestCrowd: of more callers than are kept, the frequent one is, and every match is a
// group's or one of others.
func TestCrowd(t *testing.T) {
	files, total, frequent := crowd(12_000)
	dir := folder(t, files)
	got := mustCount(t, ask(t), dir)
	n := got.Counts[0]
	sum, partial := n.Others, 0
	for _, g := range n.Groups {
		sum += g.Count
		if g.Partial {
			partial++
		}
	}
	if n.Total != total || sum != total || n.Others == 0 || len(n.Groups) > maxGroups || partial == 0 {
		t.Errorf("total %d, want %d; %d in %d groups and %d others; %d partial", n.Total, total, sum, len(n.Groups), n.Others, partial)
	}
	if first := n.Groups[0]; first.Caller.Principal != "bob" || first.Count != frequent || first.Partial {
		t.Errorf("%+v, want %d of bob", first, frequent)
	}
	sameWhatever(t, ask(t), dir, got)
}

// TestFewIDsWhateverWasRead: which ids are told does not depend on the callers of other
// files that the same goroutine has read.
func TestFewIDsWhateverWasRead(t *testing.T) {
	double := record("double", start, "AccessDenied", asUser)
	files := map[string]string{}
	for f := range int64(4) {
		records := []string{double, double, double}
		for i := range 2 * maxCallers / 3 {
			records = append(records, record(fmt.Sprint(f, "-", i), start, "AccessDenied", fmt.Sprintf(`"userIdentity":{"type":"IAMUser","userName":"%d-%d"}`, f, i)))
		}
		records = append(records, record(fmt.Sprint("other", f), start, "AccessDenied", asUser))
		files[named("us-east-1", start+f, "a")] = bucketFile(records...)
	}
	dir := folder(t, files)
	got := mustCount(t, ask(t), dir)
	if first := got.Counts[0].Groups[0]; first.Count != 5 || first.First[0] != "double" {
		t.Errorf("%+v", first)
	}
	sameWhatever(t, ask(t), dir, got)
}

// TestBlurred: beyond the bound of minutes the matches are counted, and the group says so.
func TestBlurred(t *testing.T) {
	g := newGroups(Details{})
	a, b := &Caller{Principal: "a"}, &Caller{Principal: "b"}
	for i := range int64(maxPoints + 3) {
		g.add(&entry{early: start + i, late: start + i, caller: a})
	}
	g.add(&entry{early: start + maxPoints - 1, late: start + maxPoints - 1, caller: a})
	g.add(&entry{early: start, late: start, caller: b})
	all, others := g.list()
	if len(all) != 2 || others != 0 || !all[0].Blurred || all[0].Count != maxPoints+4 || all[0].Early.Total() != maxPoints+1 {
		t.Errorf("%d groups, the first with %d and %d", len(all), all[0].Count, all[0].Early.Total())
	}
	if !all[1].Blurred || all[1].Count != 1 || len(all[1].Early) != 0 {
		t.Errorf("%+v", all[1])
	}
}

// TestCompare: larger groups come first, and no two are alike.
func TestCompare(t *testing.T) {
	order := []Group{
		{Count: 2}, {Count: 1}, {Count: 1, Caller: Caller{ARN: "a"}}, {Count: 1, Caller: Caller{Type: "a"}}, {Count: 1, Caller: Caller{Code: "a"}},
		{Count: 1, Caller: Caller{Name: "a"}}, {Count: 1, Caller: Caller{Source: "a"}}, {Count: 1, Caller: Caller{Principal: "a"}},
	}
	for i := range order {
		for j := range order {
			if got := compare(&order[i], &order[j]); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%+v and %+v: %d", order[i], order[j], got)
			}
		}
	}
}
