package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A statement collects the distinct fields that its conditions ask for. The list x has their texts,
// the list t their kinds: DuckDB parses a record once for each list, where it would once for each
// column.
type statement struct{ paths []string }

// pattern returns a filter pattern as a condition that is true or false, never NULL. What
// cannot be said in SQL is refused.
func (s *statement) pattern(text string) (string, error) {
	p, err := filterpattern.Parse(text)
	if err != nil {
		return "", err
	}
	d, ok := p.Body().(filterpattern.Document)
	if !ok {
		return "", fmt.Errorf("%s: only JSON patterns have a condition", text)
	}
	return s.expr(d.Expr)
}

func (s *statement) expr(x filterpattern.Expr) (string, error) {
	switch x := x.(type) {
	case filterpattern.And:
		return s.join(x, " AND ")
	case filterpattern.Or:
		return s.join(x, " OR ")
	case *filterpattern.Condition:
		f, err := s.field(x.Selector)
		if err != nil {
			return "", err
		}
		return f.condition(x), nil
	}
	return "", fmt.Errorf("%T has no condition", x)
}

func (s *statement) join(operands []filterpattern.Expr, operator string) (string, error) {
	var all []string
	for _, operand := range operands {
		condition, err := s.expr(operand)
		if err != nil {
			return "", err
		}
		all = append(all, condition)
	}
	return "(" + strings.Join(all, operator) + ")", nil
}

// field returns the columns of what a selector names.
func (s *statement) field(selector filterpattern.Selector) (field, error) {
	path := "$"
	for _, step := range selector {
		switch {
		case step.Kind == filterpattern.Element:
			path += fmt.Sprintf("[%d]", step.Index)
		case step.Kind == filterpattern.Wildcard || strings.ContainsAny(step.Name, `"\`):
			return field{}, fmt.Errorf("%s: cannot be selected in SQL here", selector)
		default:
			path += `."` + step.Name + `"`
		}
	}
	i := slices.Index(s.paths, path)
	if i < 0 {
		i = len(s.paths)
		s.paths = append(s.paths, path)
	}
	return field{fmt.Sprintf("x[%d]", i+1), fmt.Sprintf("t[%d]", i+1), fmt.Sprintf("json_type(r, %s)", quote(path+"[*]"))}, nil
}

// fields is the table with the lists, and with the records r as they are; DuckDB works out only
// what is used.
func (s *statement) fields(source string) string {
	var paths []string
	for _, path := range s.paths {
		paths = append(paths, quote(path))
	}
	list := "[" + strings.Join(paths, ", ") + "]"
	return "SELECT r, json_extract_string(r, " + list + ") AS x, json_type(r, " + list + ") AS t\n  FROM (" + source + ")"
}

func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
