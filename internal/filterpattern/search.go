package filterpattern

// A search is a pattern that is one regular expression over the raw message.
type search struct{ *regex }

// parseSearch reads the regular expression; AWS admits nothing beside it.
func parseSearch(s *scanner) (body, *SyntaxError) {
	re, err := parseRegex(s)
	if err != nil {
		return nil, err
	}
	if !s.atEnd() {
		return nil, s.stray(s.pos, "a regular expression stands alone")
	}
	return search{re}, nil
}

func (search) kind() Kind              { return Regex }
func (p search) match(m *Message) bool { return p.re.Match(m.text()) }
func (p search) print(bool) string     { return "%" + p.source + "%" }
