package load

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/inline"
	"github.com/iacgate/iacgate/internal/resource"
)

// Waivers are the waivers in the comments of the code. One is about the block
// around or directly below it: a resource, all resources of a module call, or, in the
// terraform block of the root module, the input as a whole.
type Waivers struct {
	All     []*resource.InlineWaiver
	ByBlock map[*hclsyntax.Block][]*resource.InlineWaiver
	dirs    map[*resource.InlineWaiver]string // the directory of its module
	Own     map[string]bool                   // directories of modules that were not installed
}

func NewWaivers() Waivers {
	return Waivers{ByBlock: map[*hclsyntax.Block][]*resource.InlineWaiver{}, dirs: map[*resource.InlineWaiver]string{}, Own: map[string]bool{}}
}

// Note finds the waivers in the comments of a file.
func (g *Waivers) Note(source []byte, file, name string, body *hclsyntax.Body) {
	if !bytes.Contains(source, []byte(inline.Marker)) || strings.HasSuffix(name, ".json") { // JSON has no comments
		return
	}
	first := len(g.All)
	defer func() {
		for _, i := range g.All[first:] {
			g.dirs[i] = path.Dir(file)
		}
	}()
	tokens, _ := hclsyntax.LexConfig(source, name, hcl.Pos{Line: 1, Column: 1})
	own := commentLines(tokens)
	found := 0
	for _, t := range tokens {
		if t.Type != hclsyntax.TokenComment {
			continue
		}
		for _, i := range parseComment(t) {
			if found++; found > inline.MaxInFile {
				g.All = append(g.All, inline.TooMany(i.Position))
				return
			}
			g.attach(i, blockAt(body.Blocks, t.Range, own))
		}
	}
}

// parseComment reads the waivers of one comment.
func parseComment(t hclsyntax.Token) (found []*resource.InlineWaiver) {
	text := string(t.Bytes)
	block := strings.HasPrefix(text, "/*")
	if block {
		text = strings.TrimSuffix(text, "*/")
	}
	at := syntax.Position(t.Range)
	for line := range strings.Lines(text) {
		said := strings.TrimLeft(line, "#/")
		if block {
			said = strings.TrimLeft(line, " \t/*")
		}
		found = append(found, inline.Parse(said, at)...)
		at.Line, at.Column = at.Line+1, 1
	}
	return found
}

// commentLines returns the lines on which a comment begins and nothing comes before it,
// with the lines after them.
func commentLines(tokens hclsyntax.Tokens) map[int]int {
	own, last := map[int]int{}, 0
	for _, t := range tokens {
		switch {
		case t.Type == hclsyntax.TokenNewline:
			continue
		case t.Type == hclsyntax.TokenComment && t.Range.Start.Line > last:
			own[t.Range.Start.Line] = lineAfter(t)
		}
		if last = t.Range.End.Line; t.Type == hclsyntax.TokenComment {
			last = lineAfter(t) - 1
		}
	}
	return own
}

// lineAfter returns the line after a comment. The newline belongs to one that begins
// with # or //.
func lineAfter(t hclsyntax.Token) int {
	if bytes.HasSuffix(t.Bytes, []byte("\n")) {
		return t.Range.Start.Line + 1
	}
	return t.Range.End.Line + 1
}

// blockAt returns the block that a comment is about: the one around it, or the one
// below it and the comments that follow it. nil if there is none.
func blockAt(blocks []*hclsyntax.Block, at hcl.Range, own map[int]int) *hclsyntax.Block {
	for _, b := range blocks {
		if b.TypeRange.Start.Line <= at.Start.Line && at.Start.Byte > b.TypeRange.Start.Byte && at.Start.Line <= b.CloseBraceRange.End.Line {
			return b
		}
	}
	line, isOwn := at.Start.Line, false
	for next, ok := own[line]; ok; next, ok = own[line] {
		line, isOwn = next, true
	}
	for _, b := range blocks {
		if isOwn && b.TypeRange.Start.Line == line {
			return b
		}
	}
	return nil
}

// attach notes a waiver as one of a block.
func (g *Waivers) attach(i *resource.InlineWaiver, b *hclsyntax.Block) {
	g.All = append(g.All, i)
	switch {
	case i.Problem != "":
	case b == nil:
		i.Problem, i.Hint = "it belongs to no block", "write it inside a block or on the line above"
	case !slices.Contains([]string{"resource", "data", "module", "terraform"}, b.Type):
		i.Problem, i.Hint = "a "+b.Type+" block has nothing to waive", "write it at a resource, a data source, a module call, or in the terraform block of the root module"
	default:
		g.ByBlock[b] = append(g.ByBlock[b], i)
	}
}

// Judged returns the waivers of the code that is judged, and the others, which waive
// nothing.
func (g *Waivers) Judged() (counted, others []*resource.InlineWaiver) {
	for _, i := range g.All {
		if g.Own[g.dirs[i]] {
			counted = append(counted, i)
		} else {
			others = append(others, i)
		}
	}
	return counted, others
}

// override gives a block the waivers of the block that overrides it.
func (g *Waivers) override(base, over *hclsyntax.Block) {
	if base != nil && base != over {
		g.ByBlock[base] = append(g.ByBlock[base], g.ByBlock[over]...)
	}
}

// MarkWhole notes that waivers are about the input: those in the terraform blocks of
// the root module.
func (g *Waivers) MarkWhole(blocks []*hclsyntax.Block) {
	for _, b := range blocks {
		for _, i := range g.ByBlock[b] {
			i.Whole = true
		}
	}
}
