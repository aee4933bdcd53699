package report

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

func TestGitHubShowsTenOfALevel(t *testing.T) {
	for n, want := range map[int]int{5: 6, 9: 10, 20: 10} {
		got := string(write(t, "github", crowd(n), Options{}))
		if shown := strings.Count(got, "\n::error") + 1; shown != want {
			t.Errorf("%d results: %d errors, want %d", n, shown, want)
		}
		if more := fmt.Sprintf("::error title=iacgate::%d more annotations of this level", n+1-9); strings.Contains(got, more) != (n > 9) {
			t.Errorf("%d results: %s", n, got)
		}
	}
}

// What all controls say of one topic is one annotation.
func TestGitHubSaysItOnce(t *testing.T) {
	var results []verdict.Result
	for _, control := range []string{"a", "b", "c"} {
		results = append(results, verdict.Result{Control: control, Input: "p", Verdict: verdict.Fail, Findings: []verdict.Finding{
			{Code: "topic-key-denies", Level: verdict.Error, Message: "m", Location: &verdict.Location{File: "main.tf", Line: 3}},
			{Code: "no-alarm", Level: verdict.Error, Message: "none for " + control},
		}})
	}
	got := string(write(t, "github", whole([]verdict.Input{{Path: "p"}}, results...), Options{}))
	if strings.Count(got, "::error ") != 4 || !strings.Contains(got, "title=a and 2 more (topic-key-denies)::m%0AIt is found in 3 controls: a, b, c\n") {
		t.Error(got)
	}
}

func TestSummaryWritersPassErrorsOn(t *testing.T) {
	f, _ := Lookup("github")
	if err := f.Write(&bytes.Buffer{}, sample, Options{Summary: brokenPipe{}}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v", err)
	}
}

// Escaping is that of GitHub's toolkit, and its runner undoes it.
func TestGitHubEscapes(t *testing.T) {
	if got := githubData("50%: a,b\r\n::error::c"); got != "50%25: a,b%0D%0A::error::c" {
		t.Error(got)
	}
	if got := githubProperty("50%: a,b\n::c"); got != `50%25%3A a%2Cb\n%3A%3Ac` {
		t.Error(got)
	}
}
