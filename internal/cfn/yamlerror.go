package cfn

import (
	"bytes"
	"errors"
	"io"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/diag"
)

// yamlError takes the parser's line out of its message, yaml: line 3: ..., and
// puts the line at fault in its place.
func yamlError(file string, raw []byte, err error) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		digits, what, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(digits); err == nil {
			line, msg = n, what
		}
	}
	if len(raw) <= maxSearched {
		line = lineAtFault(raw, msg)
	}
	if line > 0 {
		return errorAt(place{file, line, 1}, "no YAML: %s", msg)
	}
	return diag.New(file, "no YAML: %s", msg)
}

// maxSearched bounds the texts that are searched for the line at fault: it is
// found by reading parts of them.
const maxSearched = 256 << 10

// lineAtFault is the number of the line that makes a text no YAML. The parser
// tells the line in which the construct around the fault begins, often far
// above; but it reads from the beginning, so the text up to the fault is the
// shortest that it refuses so.
func lineAtFault(raw []byte, msg string) int {
	lines := bytes.SplitAfter(raw, []byte("\n"))
	ends := make([]int, len(lines))
	end := 0
	for i, l := range lines {
		end += len(l)
		ends[i] = end
	}
	return 1 + sort.Search(len(lines)-1, func(i int) bool { return refusesWith(raw[:ends[i]], msg) })
}

// refusesWith says whether the parser refuses a text with a message.
func refusesWith(raw []byte, msg string) bool {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	for {
		var n yaml.Node
		switch err := dec.Decode(&n); {
		case errors.Is(err, io.EOF):
			return false
		case err != nil:
			return strings.HasSuffix(err.Error(), msg)
		}
	}
}
