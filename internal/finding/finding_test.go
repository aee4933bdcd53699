package finding_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

func TestCodesAreWellFormed(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for _, c := range finding.All() {
		if !kebab.MatchString(c.ID) || seen[c.ID] {
			t.Errorf("%q is not kebab-case or appears twice", c.ID)
		}
		seen[c.ID] = true
		if c.Link != "" && !slices.Contains(verdict.Links, c.Link) {
			t.Errorf("%s: link %q is none of the nine", c.ID, c.Link)
		}
		if !slices.Contains(verdict.Levels, c.Level) {
			t.Errorf("%s: level %q does not exist", c.ID, c.Level)
		}
		if c.Title == "" || strings.HasSuffix(c.Title, ".") {
			t.Errorf("%s: title %q is empty or ends in a full stop", c.ID, c.Title)
		}
		for _, prose := range []string{c.Why, c.Fix} {
			if !strings.HasSuffix(prose, ".") && !strings.HasSuffix(prose, "}.") {
				t.Errorf("%s: %q is not a sentence", c.ID, prose)
			}
		}
		if len(c.References) == 0 {
			t.Errorf("%s: no reference", c.ID)
		}
		for _, ref := range c.References {
			if !strings.HasPrefix(ref, "https://") || strings.ContainsAny(ref, " \t") {
				t.Errorf("%s: reference %q is not an https URL", c.ID, ref)
			}
		}
	}
}

func TestCodesStandInChainOrder(t *testing.T) {
	last := 0
	for _, c := range finding.All() {
		place := slices.Index(verdict.Links, c.Link)
		if place < 0 {
			place = len(verdict.Links)
		}
		if place < last {
			t.Errorf("%s comes after a later link", c.ID)
		}
		last = place
	}
}

func TestLookup(t *testing.T) {
	c, ok := finding.Lookup("pattern-floods")
	if !ok || c.Link != "pattern" || c.Level != verdict.Error {
		t.Errorf("Lookup(pattern-floods) = %v, %v", c, ok)
	}
	if _, ok := finding.Lookup("no-such-code"); ok {
		t.Error("Lookup finds a code that does not exist")
	}
	if got := finding.Levels()["topic-outside"]; got != verdict.Unclear {
		t.Errorf("level of topic-outside is %q", got)
	}
}
