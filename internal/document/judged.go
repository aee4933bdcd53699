package document

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/iampolicy"
)

// A Judged is a document as policies see it: without sensitive values.
type Judged struct {
	// Tree is the document as encoding/json decodes one, with numbers as
	// [json.Number].
	Tree map[string]any

	document *Document // if it has nothing to hide
}

// Judged takes sensitive values out.
func (d *Document) Judged(r Redactor) (Judged, error) {
	plain := map[string]any{}
	if err := addFields(plain, reflect.ValueOf(*d)); err != nil {
		return Judged{}, err
	}
	if r.veil.HidesNothing() && !hasSymbols(plain) {
		return Judged{plain, d}, nil
	}
	r.names = map[string]string{}
	addresses := map[string]bool{}
	collectAddresses("", plain, addresses)
	r.nameAddresses(addresses)
	return Judged{Tree: r.members("", plain)}, nil
}

// JSON writes the document, in its own order if it has nothing to hide.
func (j Judged) JSON() ([]byte, error) {
	if j.document != nil {
		return json.Marshal(j.document)
	}
	return json.Marshal(j.Tree)
}

// hasSymbols reports whether a text in a tree contains a symbol.
func hasSymbols(v any) bool {
	switch v := v.(type) {
	case string:
		return isSymbolic(v)
	case []any:
		return slices.ContainsFunc(v, hasSymbols)
	case map[string]any:
		for k, member := range v {
			if isSymbolic(k) || hasSymbols(member) {
				return true
			}
		}
	}
	return false
}

func isSymbolic(text string) bool {
	return strings.Contains(text, "\uFFF9") || strings.Contains(text, iampolicy.UnknownMark)
}

// collectAddresses notes the keys that are addresses of the input, and whether they name
// something outside.
func collectAddresses(name string, v any, into map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collectAddresses(name, e, into)
		}
	case map[string]any:
		for k, member := range v {
			if keyedByAddress[name] {
				node, _ := member.(map[string]any)
				into[k] = into[k] || node["external"] == true
				collectAddresses("", member, into)
			} else {
				collectAddresses(k, member, into)
			}
		}
	}
}

// nameAddresses gives each address a text without secrets. Two of them never become one:
// a node would take the place of another.
func (r Redactor) nameAddresses(addresses map[string]bool) {
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

// ownWords are the members whose texts are this program's own words: a secret that
// happens to equal one of them must not change what is judged.
var ownWords = map[string]bool{
	"version": true, "format": true, "state": true, "code": true, "kind": true, "type": true, "change": true,
	"attribute": true, "argument": true, "management": true, "aimed": true, "matches": true, "beyond": true,
	"holds": true, "fires": true, "filters": true, "events": true, "must_match": true,
}

// keyedByAddress are the members whose keys are addresses of the input.
var keyedByAddress = map[string]bool{
	"trails": true, "log_groups": true, "metric_filters": true, "alarms": true, "composites": true, "topics": true, "subscriptions": true,
	"watchers": true, "patterns": true, "actors": true, "actions": true,
}

// ownMessages are the members that hold our own messages, alone, in lists or by name.
var ownMessages = map[string]bool{
	"reason": true, "incomplete": true, "when": true, "hidden": true, "uncertain": true, "unknown": true, "settled": true,
}

// ownTexts are the members whose text is a message of ours.
var ownTexts = map[string]bool{"differences": true, "warnings": true, "gaps": true}

// arn returns an ARN without a region, an account or a name that is sensitive.
func (r Redactor) arn(s string) string {
	parts := strings.Split(s, ":")
	for i := 3; i < len(parts); i++ {
		parts[i] = r.Name(parts[i])
	}
	return r.Text(strings.Join(parts, ":"))
}

// isAnswer are our own words in the place of a region:
// an action's region is whether it is that of the topic.
var isAnswer = map[string]bool{"yes": true, "no": true, "unknown": true}

// tree takes secrets out of the member of a name.
func (r Redactor) tree(name string, v any) any {
	switch v := v.(type) {
	case string:
		return r.member(name, v)
	case []any:
		for i, e := range v {
			text, isText := e.(string)
			if !isText {
				v[i] = r.tree(name, e)
			} else if hidden := r.member(name, text); hidden != text {
				v[i] = hidden
			}
		}
	case map[string]any:
		return r.members(name, v)
	}
	return v
}

// member takes secrets out of a text that is, or is in, the member of a name.
func (r Redactor) member(name, text string) string {
	if address, ok := r.names[text]; ok {
		return address
	}
	switch {
	case ownMessages[name]:
		return r.Message(text)
	case strings.HasPrefix(text, "arn:"):
		return r.arn(text)
	}
	return r.Text(text)
}

// members takes secrets out of the members of an object, and out of its keys where they are
// addresses.
func (r Redactor) members(name string, v map[string]any) map[string]any {
	if keyedByAddress[name] {
		out := make(map[string]any, len(v))
		for k, member := range v {
			out[r.names[k]] = r.tree("", member)
		}
		return out
	}
	for k, member := range v {
		text, isText := member.(string)
		if !isText {
			v[k] = r.tree(k, member)
			continue
		}
		hidden := text
		switch {
		case ownWords[k]:
		case ownMessages[name] || k == "text" && ownTexts[name]:
			hidden = r.Message(text)
		case (k == "region" || k == "account") && !isAnswer[text]:
			hidden = r.Name(text)
		default:
			hidden = r.member(k, text)
		}
		if hidden != text { // most hide nothing, and a text in an interface takes memory
			v[k] = hidden
		}
	}
	return v
}
