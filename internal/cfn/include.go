package cfn

import (
	"errors"

	"github.com/iacgate/iacgate/internal/diag"
)

// fromTransforms returns the members that the includes of the section Transform add to
// a section.
func (s *stack) fromTransforms(section string) *node {
	var extra *node
	for _, tr := range s.template.transforms {
		if tr.name != "AWS::Include" {
			continue
		}
		n := s.include(tr.arguments, tr.place)
		if n == nil {
			continue
		}
		if part := n.get(section); part != nil && part.kind == object {
			extra = joined(extra, part)
		}
	}
	return extra
}

// withIncludes replaces every include of a local file inside a node by what the
// file says. Others are left for evaluation, which says that it cannot see them.
func (s *stack) withIncludes(n *node, section string) *node {
	if !s.template.transformed {
		return n
	}
	out := *n
	out.items = nil
	for _, item := range n.items {
		out.items = append(out.items, s.withIncludes(item, ""))
	}
	out.members = nil
	for _, m := range n.members {
		included := (*node)(nil)
		if m.name == transformFn {
			included = s.includeCall(m)
		}
		switch {
		case included != nil && len(n.members) == 1 && section == "":
			return included
		case included != nil:
			out.members = append(out.members, included.members...)
		case m.name == transformFn && section != "" && isInclude(m): // of which a note is taken
		case m.name == transformFn && section != "":
			s.gap("%s: Fn::Transform on line %d adds content to %s that is not in the input", s.fileName(), m.line, section)
		default:
			out.members = append(out.members, member{m.name, s.withIncludes(m.value, ""), m.place})
		}
	}
	return &out
}

// includeCall reads the file of {"Fn::Transform": {"Name": "AWS::Include", ...}};
// nil for any other transform.
func (s *stack) includeCall(m member) *node {
	if !isInclude(m) {
		return nil
	}
	return s.include(m.value.get("Parameters"), m.place)
}

// include reads the file of an AWS::Include; nil if it is elsewhere.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
func (s *stack) include(arguments *node, at place) *node {
	var location *node
	if arguments != nil {
		location = arguments.get("Location")
	}
	if location == nil || location.kind != text || isRemote(location.text) {
		s.gap("%s: AWS::Include on line %d adds content that is not in the input; put the file next to the template", s.fileName(), at.line)
		return nil
	}
	path, raw, err := s.template.readBeside(location.text)
	if err != nil {
		s.fail(errorAt(location.place, "%s: %v", location.text, err))
		return nil
	}
	n, _, err := parseNode(path, raw)
	if err == nil {
		err = checkCalls(n, grammar{extensions: s.template.extensions})
	}
	var refused *diag.Diagnostic
	if errors.As(err, &refused) {
		s.fail(refused)
		return nil
	}
	return n
}
