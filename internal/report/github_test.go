package report

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
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

func TestSummaryWritersPassErrorsOn(t *testing.T) {
	f, _ := Lookup("github")
	if err := f.Write(&bytes.Buffer{}, sample, Options{Summary: brokenPipe{}}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v", err)
	}
}
