package verdict

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestBook holds the book to its oracle: every waiver asked about everything.
func TestBook(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	base := t.TempDir()
	t.Chdir(base)
	for range 300 {
		var results []Result
		for range 8 {
			f := Finding{Level: Error, Resource: pick("", "aws_x.a", "aws_x.b", "aws_y.a"), Beside: pick("", "aws_x.a")}
			number := pick("one", "two")
			results = append(results, Result{
				Control: "c-" + number, Input: pick("live/plan.json", "./live/plan.json", "test/plan.json", base+"/live/plan.json"),
				References: map[string]string{"cis": number}, Verdict: Fail, Findings: []Finding{f},
			})
		}
		var waivers []*Waiver
		for range 20 {
			waivers = append(waivers, &Waiver{
				Control: pick("", "c-one", "c-*", "*", "cis/one"), Path: pick("", "live/plan.json", "live/**", "./live/plan.json", "test/plan.json", "../live/plan.json"),
				Base: pick("", base, base+"/test"), Resource: pick("", "aws_x.a", "aws_x.*", "aws_?.a"),
			})
		}
		b := newBook(waivers)
		concerned := newConcerned(b, results)
		for _, x := range results {
			var want, whole []*Waiver
			for _, w := range waivers {
				if w.accepts(x, x.Findings[0]) {
					want = append(want, w)
				}
				if w.Resource == "" && w.concerns(x) {
					whole = append(whole, w)
				}
			}
			if got := b.accepting(x, x.Findings[0]); !slices.Equal(got, want) {
				t.Fatalf("%+v is accepted by %d waivers, want %d", x, len(got), len(want))
			}
			if got := b.whole(x); !slices.Equal(got, whole) {
				t.Fatalf("%+v is accepted as a whole by %d waivers, want %d", x, len(got), len(whole))
			}
		}
		for _, w := range waivers {
			if got, want := concerned.first(w), slices.IndexFunc(results, w.concerns); got != want {
				t.Fatalf("%+v is about result %d, want %d", w, got, want)
			}
		}
	}
}

// TestManyWaivers holds that many waivers on many results take no time that
// anybody would notice: held against each other they need many minutes.
func TestManyWaivers(t *testing.T) {
	const n = 20_000
	yesterday := Date{time.Now().AddDate(0, 0, -2)}
	tests := []struct {
		name    string
		waiver  func(i int, input string) Waiver
		verdict Verdict
		notes   int // of all results
	}{
		{"by path and resource", func(i int, input string) Waiver {
			return Waiver{Path: input, Resource: fmt.Sprint("aws_x.r", i)}
		}, Waived, 0},
		{"by resource", func(i int, _ string) Waiver { return Waiver{Resource: fmt.Sprint("aws_x.r", i)} }, Waived, 0},
		{"expired", func(i int, input string) Waiver {
			return Waiver{Path: input, Expires: yesterday}
		}, Fail, n},
		{"unused", func(int, string) Waiver { return Waiver{Resource: "aws_x.gone"} }, Fail, n},
		{"inline", func(i int, input string) Waiver { return Waiver{Inline: true, Input: input} }, Waived, 0},
		{"inline and unused", func(i int, input string) Waiver { return Waiver{Inline: true, Input: input, Control: "*"} }, Fail, n},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := Acceptance{Now: time.Now()}
			var results []Result
			for i := range n {
				input := fmt.Sprintf("live/%d/plan.json", i)
				w := tt.waiver(i, input)
				a.Waivers = append(a.Waivers, &w)
				f := Finding{Code: "alarm-cannot-fire", Level: Error, Resource: fmt.Sprint("aws_x.r", i)}
				if w.Inline && tt.verdict == Waived {
					f.Inline = []*Waiver{&w}
				}
				results = append(results, Result{Control: "c", Input: input, Verdict: Fail, Findings: []Finding{f}})
			}
			done := make(chan []Result, 1)
			go func() { done <- a.Apply(results) }()
			select {
			case got := <-done:
				notes := 0
				for i, r := range got {
					if notes += len(r.Findings) - 1; r.Verdict != tt.verdict {
						t.Fatalf("result %d: %s, want %s", i, r.Verdict, tt.verdict)
					}
				}
				if notes != tt.notes {
					t.Errorf("%d notes, want %d", notes, tt.notes)
				}
			case <-time.After(time.Minute):
				t.Fatal("it takes longer than a minute")
			}
		})
	}
}
