package page

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/iacgate/iacgate/internal/webpage/webpagetest"
)

// TestPageInABrowser holds the page to what a reader sees, at the widths of a phone and of
// a laptop, light and dark. To look at it:
//
//	go test ./internal/backtest/page -run PageInABrowser -shots DIR
func TestPageInABrowser(t *testing.T) {
	b := webpagetest.Browse(t)
	all := pages(t)
	for _, name := range []string{"week", "days", "hostile"} {
		b.Open([]byte(all[name]))
		for _, width := range []int{390, 1280} {
			b.Look(width, "light")
			var wide int
			b.Eval("document.documentElement.scrollWidth", &wide)
			if wide > width {
				t.Errorf("%s: the page is %d wide in a window of %d", name, wide, width)
			}
			var out []string
			b.Eval(fmt.Sprintf(outside, width), &out)
			if len(out) > 0 {
				t.Errorf("%s at %d: beside the window: %q", name, width, out)
			}
			b.Eval(overlaps, &out)
			if len(out) > 0 {
				t.Errorf("%s at %d: letters over letters: %q", name, width, out)
			}
			for _, scheme := range []string{"light", "dark"} {
				b.Look(width, scheme)
				b.Shoot("backtest-" + name + "-" + scheme + "-" + strconv.Itoa(width))
				if b.Eval(contrast, &out); len(out) > 0 {
					t.Errorf("%s, %s: faint letters: %q", name, scheme, out)
				}
			}
		}
		for _, c := range b.Complaints() {
			t.Errorf("%s: %s", name, c)
		}
	}
}

// outside lists what lies beside the window, and in no box that scrolls.
const outside = `[...document.querySelectorAll('body *')].filter(x => {
	if (!x.checkVisibility({contentVisibilityAuto: true}) || x.closest('.wide, pre.code, .jump, .patterns, svg svg, defs')) return false
	const r = x.getBoundingClientRect()
	return r.width > 0 && (r.right > %d + 1 || r.left < -1)
}).slice(0, 5).map(x => x.outerHTML.slice(0, 120))`

// overlaps lists labels of charts that lie over others.
const overlaps = `[...document.querySelectorAll('svg.plot')].filter(s => s.checkVisibility({contentVisibilityAuto: true})).flatMap(s => {
	const all = [...s.querySelectorAll('text')].filter(x => x.getBoundingClientRect().width > 0)
	return all.flatMap((a, i) => all.slice(i + 1).filter(b => {
		const p = a.getBoundingClientRect(), q = b.getBoundingClientRect()
		return p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 3 && q.top < p.bottom - 3
	}).map(b => a.textContent + ' / ' + b.textContent))
}).slice(0, 5)`

// contrast lists letters that stand out from what is behind them by less than 4.5 to 1
// (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
const contrast = `(() => {
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
	const behind = x => { for (; x; x = x.parentElement) { const c = getComputedStyle(x).backgroundColor; if (!/, 0\)$/.test(c)) return c } return 'rgb(255, 255, 255)' }
	return [...document.querySelectorAll('body *')].filter(x => x.checkVisibility() && [...x.childNodes].some(n => n.nodeType == 3 && n.data.trim())).filter(x => {
		const s = getComputedStyle(x), a = light(x.closest('svg') ? s.fill : s.color), b = light(behind(x.closest('svg') ? x.closest('svg').parentElement : x))
		return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5
	}).slice(0, 5).map(x => x.outerHTML.slice(0, 120))
})()`

// TestZoom: a click on the overview opens the day below, without a script.
func TestZoom(t *testing.T) {
	b := webpagetest.Browse(t)
	b.Open([]byte(pages(t)["week"]))
	b.Look(1280, "light")
	const shown = `[...document.querySelectorAll('article details.day figure')].filter(x => x.checkVisibility({contentVisibilityAuto: true})).map(x => x.id).join(' ')`
	var before, after string
	b.Eval(shown, &before)
	b.Eval(`(document.elementFromPoint(...(r => [r.left + r.width * 0.2, r.top + r.height / 2])((document.querySelector('.overview').scrollIntoView(), document.querySelector('.zoom').getBoundingClientRect()))).click(), location.hash)`, &after)
	if after != "#alarm-1-2026-11-03" {
		t.Errorf("a click leads to %q", after)
	}
	b.Eval(shown, &after)
	if before != "alarm-1-2026-11-08 alarm-2-2026-11-08" || after != "alarm-1-2026-11-03 "+before {
		t.Errorf("open are %q, and after the click %q", before, after)
	}
}

// TestPrinted: paper has no closed details, and the charts keep their colours.
func TestPrinted(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext: what is printed is not read; apt-get install poppler-utils has it read")
	}
	b := webpagetest.Browse(t)
	b.Open([]byte(pages(t)["week"]))
	file := filepath.Join(t.TempDir(), "print.pdf")
	if err := os.WriteFile(file, b.Print(), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(reader, "-layout", file, "-")
	cmd.Stderr = t.Output()
	printed, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Mon 2026-11-02", "21:00", "2026-11-08 02:08", "00000e88-0000-4000-8000-000000000000", "(before the plan)", "How to read this"} {
		if !bytes.Contains(printed, []byte(want)) {
			t.Errorf("%q is not printed", want)
		}
	}
}
