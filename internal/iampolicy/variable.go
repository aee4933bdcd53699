package iampolicy

import "strings"

// expand puts the values of policy variables into a text: ${aws:SourceAccount}. One that is not in the request, or has
// several values, becomes a hole. ${*}, ${?} and ${$} are those characters; as * and ? would be wildcards again,
// they become holes too.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (r Request) expand(t Text) Text {
	if !strings.Contains(t.Text, "${") {
		return t
	}
	var b strings.Builder
	rest := t.Text
	for {
		before, after, found := strings.Cut(rest, "${")
		b.WriteString(before)
		if !found {
			break
		}
		name, end, closed := strings.Cut(after, "}")
		if !closed {
			b.WriteString("${" + after)
			break
		}
		b.WriteString(r.variable(strings.TrimSpace(name)))
		rest = end
	}
	return Text{Text: b.String(), Unknown: t.Unknown}
}

func (r Request) variable(name string) string {
	if name == "$" {
		return "$"
	}
	values, present := r.presence(name)
	if present != yes || len(values) != 1 || values[0].Unknown || strings.ContainsAny(values[0].Text, "*?") {
		return Hole
	}
	return values[0].Text
}
