package catalog

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// InCloudFormation replaces Terraform names in a text by those of CloudFormation: types,
// and attributes of more than one word, which cannot be English. Quoted parts come from
// the user and stay unchanged.
func InCloudFormation(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, isNoName)
		switch {
		case end < 0:
			end = len(text)
		case text[0] == '"':
			quoted := 1 + strings.IndexByte(text[1:], '"') + 1 // 1 where the quote is never closed
			b.WriteString(text[:quoted])
			text = text[quoted:]
			continue
		case end == 0:
			_, size := utf8.DecodeRuneInString(text)
			b.WriteString(text[:size])
			text = text[size:]
			continue
		}
		b.WriteString(cloudFormationName(text[:end]))
		text = text[end:]
	}
	return b.String()
}

func isNoName(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '_') }

func cloudFormationName(name string) string {
	if !strings.Contains(name, "_") {
		return name
	}
	if t := ByName(name).FirstTemplate(); t != nil {
		return t.Name
	}
	for _, t := range Types() {
		for _, tpl := range t.Templates {
			if property, ok := tpl.Properties().anywhere(name); ok {
				return property
			}
		}
	}
	return name
}

// anywhere returns the property that is an attribute, at any depth.
func (p Properties) anywhere(attribute string) (string, bool) {
	names := slices.Sorted(maps.Keys(p))
	for _, name := range names {
		if p[name].Attribute == attribute {
			return name, true
		}
	}
	for _, name := range names {
		if inner, ok := p[name].Properties.anywhere(attribute); ok {
			return inner, true
		}
	}
	return "", false
}

// PropertyOf returns the path of the property that is an attribute of a type in
// the words of Terraform; attributes that are not properties stay as they are.
func PropertyOf(terraform, attribute string) string {
	if t := ByName(terraform); t != nil {
		for _, tpl := range t.Templates {
			if path, ok := tpl.Property(attribute); ok {
				return path
			}
		}
	}
	return attribute
}
