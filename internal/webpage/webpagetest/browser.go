// Package webpagetest opens pages in a real browser.
package webpagetest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/widetest"
)

var shots = flag.String("shots", "", "`DIR` for pictures of the page, to look at")

// A Browser is a Chromium without a window, told what to do over its pipes
// (https://chromedevtools.github.io/devtools-protocol/).
type Browser struct {
	t       *testing.T
	in      *os.File
	out     *bufio.Reader
	session string
	last    int
	events  []reply
}

type reply struct {
	ID      int             `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   json.RawMessage `json:"error"`
	Session string          `json:"sessionId"`
}

// Browse starts a browser with an empty page. Tests that need one are skipped
// if there is none, and by default: a browser takes seconds.
func Browse(t *testing.T) *Browser {
	t.Helper()
	if !widetest.All() && *shots == "" {
		t.Skip("the page is not tried in a browser; IACGATE_WIDE=1 has it tried, as .ci/run does")
	}
	name := ""
	for _, known := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(known); err == nil {
			name = path
			break
		}
	}
	if name == "" {
		t.Skip("no Chromium: the page is not tried in a browser; apt-get install chromium has it tried")
	}
	toBrowser, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, fromBrowser, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute) // the end of the test closes it
	cmd := exec.CommandContext(ctx, name, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--hide-scrollbars", "--no-first-run", "--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{toBrowser, fromBrowser} // 3 and 4
	cmd.Cancel = func() error { return errors.Join(cmd.Process.Kill(), out.SetReadDeadline(time.Now())) }
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	toBrowser.Close()
	fromBrowser.Close()
	b := &Browser{t: t, in: in, out: bufio.NewReaderSize(out, 1<<20)}
	t.Cleanup(func() {
		b.session = ""
		b.call("Browser.close", nil, nil)
		_ = cmd.Wait() // its status does not matter
		stop()
		in.Close()
		out.Close()
	})
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page.enable", "Runtime.enable", "Log.enable", "Network.enable", "Audits.enable"} {
		b.call(domain, nil, nil)
	}
	return b
}

// call tells the browser to do something and waits for the answer.
func (b *Browser) call(method string, params, answer any) {
	b.t.Helper()
	if params == nil {
		params = map[string]any{}
	}
	b.last++
	raw, err := json.Marshal(map[string]any{"id": b.last, "method": method, "params": params, "sessionId": b.session})
	if b.session == "" {
		raw, err = json.Marshal(map[string]any{"id": b.last, "method": method, "params": params})
	}
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.in.Write(append(raw, 0)); err != nil {
		b.t.Fatal(err)
	}
	for {
		m := b.next()
		if m.ID != b.last {
			b.events = append(b.events, m)
			continue
		}
		if len(m.Error) > 0 {
			b.t.Fatalf("%s: %s", method, m.Error)
		}
		if answer != nil {
			if err := json.Unmarshal(m.Result, answer); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
		return
	}
}

func (b *Browser) next() (m reply) {
	b.t.Helper()
	raw, err := b.out.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("the browser says nothing more: %v", err)
	}
	if err := json.Unmarshal(bytes.TrimRight(raw, "\x00"), &m); err != nil {
		b.t.Fatal(err)
	}
	return m
}

// Open shows a page and waits until it is loaded.
func (b *Browser) Open(page []byte) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "report.html")
	if err := os.WriteFile(file, page, 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.events = nil
	b.call("Page.navigate", map[string]any{"url": "file://" + file}, nil)
	loaded := func() bool {
		for _, e := range b.events {
			if e.Method == "Page.loadEventFired" {
				return true
			}
		}
		return false
	}
	for !loaded() {
		b.events = append(b.events, b.next())
	}
}

// Look sets the width of the window and the reader's preference.
func (b *Browser) Look(width int, scheme string) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Eval evaluates an expression in the page, beside its security policy.
func (b *Browser) Eval(expression string, value any) {
	b.t.Helper()
	var answer struct {
		Result    struct{ Value json.RawMessage }
		Exception json.RawMessage `json:"exceptionDetails"`
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}, &answer)
	if len(answer.Exception) > 0 {
		b.t.Fatalf("%s: %s", expression, answer.Exception)
	}
	if err := json.Unmarshal(answer.Result.Value, value); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
}

// Complaints returns what the browser has against the page: errors, violations of
// its policy, and whatever it fetches.
func (b *Browser) Complaints() (all []string) {
	for _, e := range b.events {
		switch {
		case e.Method == "Log.entryAdded", e.Method == "Runtime.exceptionThrown", e.Method == "Runtime.consoleAPICalled", e.Method == "Audits.issueAdded",
			e.Method == "Network.requestWillBeSent" && !strings.Contains(string(e.Params), `"type":"Document"`):
			all = append(all, e.Method+" "+string(e.Params))
		}
	}
	return all
}

// Shoot keeps a picture of the whole page where somebody wants to look at it.
func (b *Browser) Shoot(name string) {
	b.t.Helper()
	if *shots == "" {
		return
	}
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &shot)
	b.keep(name+".png", shot.Data)
}

// Print returns the page as a PDF.
func (b *Browser) Print() []byte {
	b.t.Helper()
	var printed struct{ Data string }
	b.call("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true}, &printed)
	if *shots != "" {
		b.keep("print.pdf", printed.Data)
	}
	raw, err := base64.StdEncoding.DecodeString(printed.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	return raw
}

func (b *Browser) keep(name, data string) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err == nil {
		err = os.WriteFile(filepath.Join(*shots, name), raw, 0o644)
	}
	if err != nil {
		b.t.Error(err)
	}
}
