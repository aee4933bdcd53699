package report

import (
	"bytes"
	"encoding/base64"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/webpage"
	"github.com/iacgate/iacgate/internal/webpage/webpagetest"
)

// TestPageInABrowser holds the page to what a reader sees: nothing is fetched or
// refused, drawings have a size, nothing but boxes of their own scrolls sideways.
func TestPageInABrowser(t *testing.T) {
	b := webpagetest.Browse(t)
	for _, name := range []string{"estate", "composite", "hostile", "markup", "loosened-on-the-way"} {
		b.Open(write(t, "html", pages[name], Options{Version: "0.1.0"}))
		for _, width := range []int{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				b.Look(width, scheme)
				var wide, high float64
				b.Eval("document.documentElement.scrollWidth", &wide)
				if int(wide) > width {
					t.Errorf("%s: the page is %v wide in a window of %d", name, wide, width)
				}
				b.Eval("Math.min(...[...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).map(s => Math.min(s.getBoundingClientRect().width, s.getBoundingClientRect().height)), 1e6)", &high)
				if width > 640 && (high < 50 || high == 1e6) {
					t.Errorf("%s: a drawing is %v high or wide", name, high)
				}
				if width < 640 {
					var hidden, sideways int
					b.Eval("[...document.querySelectorAll('table.links')].filter(x => x.closest('.result').matches('article') && !x.checkVisibility({contentVisibilityAuto: true})).length", &hidden)
					b.Eval("[...document.querySelectorAll('.result .wide, .result .picture')].filter(x => x.checkVisibility() && x.scrollWidth > x.clientWidth + 1).length", &sideways)
					if hidden > 0 || sideways > 0 {
						t.Errorf("%s: on a phone %d chains have no words, %d scroll sideways", name, hidden, sideways)
					}
				}
				var out []string
				b.Eval(textOutsideBoxes, &out)
				if len(out) > 0 {
					t.Errorf("%s: text leaves its box: %q", name, out)
				}
				b.Shoot(name + "-" + scheme + "-" + strconv.Itoa(width))
			}
		}
		var grounds []string
		b.Eval("['light'].map(() => getComputedStyle(document.documentElement).backgroundColor)", &grounds)
		if grounds[0] != "rgb(20, 24, 29)" {
			t.Errorf("%s: the ground of a dark page is %s", name, grounds[0])
		}
		var scripts int
		b.Eval("document.scripts.length + document.querySelectorAll('[onclick],[onload],[onerror],img,iframe,object,embed,link,form').length", &scripts)
		if scripts > 0 {
			t.Errorf("%s: %d elements that the page does not have", name, scripts)
		}
		for _, c := range b.Complaints() {
			t.Errorf("%s: %s", name, c)
		}
	}
}

const textOutsideBoxes = `[...document.querySelectorAll('svg .box')].flatMap(g => {
	const r = g.querySelector('rect').getBoundingClientRect()
	return [...g.querySelectorAll('text')].filter(t => {
		const x = t.getBoundingClientRect()
		return x.width > 0 && (x.right > r.right + 1 || x.left < r.left || x.bottom > r.bottom + 2)
	}).map(t => t.textContent)
})`

// TestPrintedPage: paper has no closed details.
func TestPrintedPage(t *testing.T) {
	text, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext: what is printed is not read; apt-get install poppler-utils has it read")
	}
	b := webpagetest.Browse(t)
	b.Open(write(t, "html", loosened, Options{Version: "0.1.0"}))
	pdf := b.Print()
	file := filepath.Join(t.TempDir(), "print.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(text, "-layout", file, "-")
	cmd.Stderr = t.Output()
	printed, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"AssumedRole", "pattern-misses-events", "aws_cloudwatch_log_group.trail", "How to fix it"} {
		if !bytes.Contains(printed, []byte(want)) {
			t.Errorf("%q is not printed:\n%s", want, printed)
		}
	}
}

func TestPages(t *testing.T) {
	for name, r := range pages {
		if name == "sample" {
			continue // held with the other formats
		}
		golden(t, "page-"+name+".html", write(t, "html", r, Options{Version: "0.1.0"}))
	}
}

// TestPageLoadsNothing looks at the text of the page, browser or not.
func TestPageLoadsNothing(t *testing.T) {
	for name, r := range pages {
		page := string(write(t, "html", r, Options{Version: "0.1.0"}))
		if strings.Count(page, `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-`) != 1 {
			t.Errorf("%s: no strict policy", name)
		}
		for _, bad := range []string{"<script", "<link", "<img", " style=", "@import", "url(", "\u202e", "\x1b"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %s appears in the page", name, bad)
			}
		}
	}
}

// TestContrast computes the contrast of the page's colours, light and dark
// (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): 4.5 for text, 3 for lines
// that mean something.
func TestContrast(t *testing.T) {
	page := string(write(t, "html", loosened, Options{}))
	light, dark, found := strings.Cut(page, "@media screen and (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("no colours for dark")
	}
	for scheme, css := range map[string]string{"light": light, "dark": dark[:strings.Index(dark, "}")]} {
		colors := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
			colors[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []struct {
			text, ground string
			least        float64
		}{
			{"text", "ground", 4.5}, {"text", "panel", 4.5}, {"text", "bad-ground", 4.5}, {"text", "doubt-ground", 4.5},
			{"muted", "ground", 4.5}, {"muted", "panel", 4.5}, {"muted", "bad-ground", 4.5}, {"muted", "doubt-ground", 4.5},
			{"good", "ground", 4.5}, {"bad", "ground", 4.5}, {"bad", "panel", 4.5}, {"bad", "bad-ground", 4.5}, {"bad", "doubt-ground", 4.5},
			{"doubt", "ground", 4.5}, {"doubt", "panel", 4.5}, {"doubt", "doubt-ground", 4.5}, {"doubt", "bad-ground", 4.5},
			{"calm", "ground", 4.5}, {"line", "ground", 3},
		} {
			a, b := colors[pair.text], colors[pair.ground]
			if len(colors) < 11 {
				t.Fatalf("%s: colours %v", scheme, colors)
			}
			if got := (math.Max(a, b) + 0.05) / (math.Min(a, b) + 0.05); got < pair.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %v", scheme, pair.text, pair.ground, got, pair.least)
			}
		}
	}
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(c uint64) float64 {
		s := float64(c&0xff) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}

// TestPolicyIsThatOfTheStyle: another hash, and the page would be bare.
func TestPolicyIsThatOfTheStyle(t *testing.T) {
	_, hash, _ := strings.Cut(webpage.Policy(pageStyle()), "'sha256-")
	hash, _, _ = strings.Cut(hash, "'")
	if raw, err := base64.StdEncoding.DecodeString(hash); err != nil || len(raw) != 32 {
		t.Errorf("hash %q, %v", hash, err)
	}
	if !strings.Contains(string(write(t, "html", loosened, Options{})), "<style>"+pageStyle()+"</style>") {
		t.Error("the page does not hold the style that the policy is about")
	}
}
