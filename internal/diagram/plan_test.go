package diagram_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); -update rewrites it:\n%s", name, diff)
	}
}

// printed are the plans whose pictures are goldens.
var printed = []string{
	"alarm-in-another-region", "complete", "composite-alarm", "deletes-the-alarm", "external-topic", "loosens-the-pattern", "modules",
	"no-trail-at-all", "topic-with-unusable-key", "trail-write-only-dynamic",
}

// TestRealPlans draws every real plan in every form: the forms hold to their
// languages, and say the same when they are asked again.
func TestRealPlans(t *testing.T) {
	files, err := filepath.Glob("../../testdata/plans/*/plan.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("plans %q, %v", files, err)
	}
	controls, err := control.Select([]string{"unauthorized-api-calls", "vpc-changes"})
	if err != nil {
		t.Fatal(err)
	}
	g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
	g.Candidates, g.Documents = true, true
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			j := judge(t, g, file)
			world := draw(t, j)
			dot, mermaid := print(t, diagram.DOT, world), print(t, diagram.Mermaid, world)
			if again := draw(t, j); !bytes.Equal(dot, print(t, diagram.DOT, again)) || !bytes.Equal(mermaid, print(t, diagram.Mermaid, again)) {
				t.Error("another picture the second time")
			}
			readDOT(t, dot)
			readMermaid(t, mermaid)
			accepted(t, dot)
			chain := diagram.Chain(j.Results[0]).SVG("c")
			wellFormed(t, chain)
			wellFormed(t, diagram.Considered(j.Results[0]).SVG("d"))
			if slices.Contains(printed, name) {
				golden(t, name+".dot", dot)
				golden(t, name+".mmd", mermaid)
				if chain != "" {
					golden(t, name+".svg", []byte(chain+"\n"))
				}
			}
		})
	}
}

func judge(t *testing.T, g *gate.Gate, file string) gate.Judgement {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := plan.Read(f, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc.Path = "plan.json"
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func draw(t *testing.T, j gate.Judgement) diagram.Graph {
	t.Helper()
	raw, err := j.Documents[0].JSON()
	if err != nil {
		t.Fatal(err)
	}
	world, err := diagram.World(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range j.Results {
		world.Mark(r)
	}
	return world
}

func print(t *testing.T, write func(io.Writer, []diagram.Graph) error, graphs ...diagram.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, graphs); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// accepted asks Graphviz itself, if it is installed.
func accepted(t *testing.T, dot []byte) {
	t.Helper()
	graphviz, err := exec.LookPath("dot")
	if err != nil {
		t.Log("no Graphviz: DOT is held to this test's grammar alone; apt-get install graphviz has it read")
		return
	}
	cmd := exec.Command(graphviz, "-Tcanon")
	cmd.Stdin = bytes.NewReader(dot)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Errorf("dot: %v\n%s\n%s", err, &stderr, dot)
	}
}

// wellFormed reads a drawing as XML, which is stricter than HTML.
func wellFormed(t *testing.T, svg string) {
	t.Helper()
	elements := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok {
			elements[e.Name.Local]++
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || a.Name.Local == "style" {
					t.Errorf("%s has %s", e.Name.Local, a.Name.Local)
				}
			}
		}
	}
	for name := range elements {
		if !slices.Contains([]string{"svg", "title", "desc", "g", "rect", "path", "circle", "text"}, name) {
			t.Errorf("an element %s", name)
		}
	}
}
