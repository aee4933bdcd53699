package analysis

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

const hidden = resource.Hidden

// A Redactor takes sensitive texts out of everything that leaves the program.
type Redactor struct {
	veil    resource.Veil
	secrets []string          // all of them, also the short ones
	names   map[string]string // of the addresses in a document
}

// NewRedactor hides these texts wherever they occur.
func NewRedactor(secrets []string) Redactor {
	return Redactor{veil: resource.NewVeil(secrets), secrets: secrets}
}

// Text returns a text without secrets, and with words for what iampolicy's holes
// stand for: the account of a provider.
func (r Redactor) Text(s string) string {
	return worded(r.veil.Text(s))
}

// Name is Text for the name of something outside the input, which is one of its
// values as a whole.
func (r Redactor) Name(s string) string {
	if r.veil.IsSecret(s) {
		return hidden
	}
	return r.Text(s)
}

// Said is Text for our own messages, in which short secrets are hidden, too: they
// quote little, and whoever reads one knows what it quotes.
func (r Redactor) Said(s string) string { return worded(r.veil.Message(s)) }

func worded(s string) string {
	return strings.ReplaceAll(resource.Text(s).Words(), iampolicy.Hole, "…")
}

// A Judged is a document as policies see it: without sensitive values.
type Judged struct {
	// Tree is the document as encoding/json decodes one, with numbers as
	// [json.Number].
	Tree any

	document *Document // where it has nothing to hide
}

// Judged takes sensitive values out.
func (d *Document) Judged(r Redactor) (Judged, error) {
	plain, err := tree(reflect.ValueOf(d))
	if err != nil {
		return Judged{}, err
	}
	if r.veil.HidesNothing() && !symbolic(plain) {
		return Judged{plain, d}, nil
	}
	r.names = map[string]string{}
	addresses := map[string]bool{}
	collect("", plain, addresses)
	r.name(addresses)
	return Judged{Tree: r.tree("", plain)}, nil
}

// JSON writes the document, in its own order where it has nothing to hide.
func (j Judged) JSON() ([]byte, error) {
	if j.document != nil {
		return json.Marshal(j.document)
	}
	return json.Marshal(j.Tree)
}

// symbolic says whether a text in a tree holds what stands for something unknown.
func symbolic(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.ContainsAny(v, "\uFFF9"+iampolicy.Hole)
	case []any:
		return slices.ContainsFunc(v, symbolic)
	case map[string]any:
		for k, member := range v {
			if symbolic(k) || symbolic(member) {
				return true
			}
		}
	}
	return false
}

// collect notes the keys that are addresses of the input, and whether they name
// something outside.
func collect(name string, v any, into map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(name, e, into)
		}
	case map[string]any:
		for k, member := range v {
			if addressed[name] {
				node, _ := member.(map[string]any)
				into[k] = into[k] || node["external"] == true
				collect("", member, into)
			} else {
				collect(k, member, into)
			}
		}
	}
}

// name gives each address a text without secrets. Two of them never become one:
// a node would take the place of another.
func (r Redactor) name(addresses map[string]bool) {
	taken := map[string]bool{}
	for _, a := range slices.Sorted(maps.Keys(addresses)) {
		base := r.Text(a)
		if addresses[a] {
			base = r.Name(a)
		}
		name := base
		for n := 2; taken[name]; n++ {
			name = base + " (" + strconv.Itoa(n) + ")"
		}
		r.names[a], taken[name] = name, true
	}
}

// ours are the members whose texts are this program's own words: a secret that
// happens to equal one of them must not change what is judged.
var ours = map[string]bool{
	"version": true, "format": true, "state": true, "code": true, "kind": true, "type": true, "change": true,
	"attribute": true, "argument": true, "management": true, "aimed": true, "matches": true, "beyond": true,
	"holds": true, "fires": true, "filters": true, "events": true, "must_match": true,
}

// addressed are the members whose keys are addresses of the input.
var addressed = map[string]bool{
	"trails": true, "log_groups": true, "metric_filters": true, "alarms": true, "composites": true, "topics": true, "subscriptions": true,
	"watchers": true, "patterns": true, "actors": true, "actions": true,
}

// said are the members that hold our own messages, alone, in lists or by name.
var said = map[string]bool{
	"reason": true, "incomplete": true, "when": true, "hidden": true, "uncertain": true, "unknown": true, "settled": true,
}

// told are the members whose text is a message of ours.
var told = map[string]bool{"differences": true, "warnings": true, "gaps": true}

// arn is an ARN without a region, an account or a name that is sensitive.
func (r Redactor) arn(s string) string {
	parts := strings.Split(s, ":")
	for i := 3; i < len(parts); i++ {
		parts[i] = r.Name(parts[i])
	}
	return r.Text(strings.Join(parts, ":"))
}

// isAnswer says of what stands in the place of a region whether it is our own word:
// an action's region is whether it is that of the topic.
var isAnswer = map[string]bool{"yes": true, "no": true, "unknown": true}

// tree takes secrets out of the member of a name.
func (r Redactor) tree(name string, v any) any {
	switch v := v.(type) {
	case string:
		if address, ok := r.names[v]; ok {
			return address
		}
		switch {
		case said[name]:
			return r.Said(v)
		case strings.HasPrefix(v, "arn:"):
			return r.arn(v)
		}
		return r.Text(v)
	case []any:
		for i := range v {
			v[i] = r.tree(name, v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, member := range v {
			_, isText := member.(string)
			switch {
			case addressed[name]:
				out[r.names[k]] = r.tree("", member)
			case isText && ours[k]:
				out[k] = member
			case isText && (said[name] || k == "text" && told[name]):
				out[k] = r.Said(member.(string))
			case isText && (k == "region" || k == "account") && !isAnswer[member.(string)]:
				out[k] = r.Name(member.(string))
			default:
				out[k] = r.tree(k, member)
			}
		}
		return out
	}
	return v
}
