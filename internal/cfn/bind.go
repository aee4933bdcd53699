package cfn

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// parameter returns the value of a parameter: a given or assumed value, or its default,
// else a symbol.
func (s *stack) parameter(p *parameter) resource.Value {
	if v, ok := s.values[p.name]; ok {
		return v
	}
	v := s.bind(p)
	if !s.irrelevant {
		s.values[p.name] = v
	}
	if p.noEcho {
		s.hideTexts(v)
	}
	return v
}

// hideInputs remembers the values of NoEcho parameters, used or not, because the
// template may contain the same text elsewhere.
func (s *stack) hideInputs() {
	for _, p := range s.template.parameters {
		if !p.noEcho {
			continue
		}
		if p.fallback != nil {
			s.hideTexts(p.value(*p.fallback))
		}
		if given, ok := s.given[p.name]; ok {
			s.hideTexts(given)
			if text, isText := given.Text(); isText {
				s.hideTexts(p.value(text))
			}
		}
	}
}

// hideTexts remembers the texts inside a sensitive value.
func (s *stack) hideTexts(v resource.Value) {
	v.Walk(func(_ []any, inner resource.Value) bool {
		if text, ok := inner.Text(); ok && len(resource.Symbols(text)) == 0 && text != "" {
			s.secrets[text] = true
		}
		return true
	})
}

func (s *stack) bind(p *parameter) resource.Value {
	if assumed, ok := s.assumed[s.symbol(p.name)]; ok {
		return p.value(assumed)
	}
	given, ok := s.given[p.name]
	switch {
	case p.isStored() || !ok && s.mayHaveMore:
		return s.unsetParameter(p)
	case ok:
		return s.givenValue(p, given)
	case p.fallback != nil && p.admits(*p.fallback):
		return p.value(s.resolved(*p.fallback))
	}
	return s.unsetParameter(p)
}

// givenValue returns a value that is given to a parameter. A list with an unknown
// part is not known.
func (s *stack) givenValue(p *parameter, given resource.Value) resource.Value {
	text, isText := given.Text()
	if !isText {
		return given
	}
	text = s.resolved(text)
	v := resource.StringValue(text)
	if _, loose := s.originOf(text); !loose || !p.isList() {
		v = p.value(text)
	}
	return withSensitivity(v, given.IsSensitive() || p.noEcho)
}

// maxAllowed bounds the allowed values that become cases.
const maxAllowed = 16

// unsetParameter returns the value of a parameter of which only the name and the allowed values
// are known.
func (s *stack) unsetParameter(p *parameter) resource.Value {
	if n := len(p.allowed); n > 0 && n <= maxAllowed && !p.isList() && !p.isStored() {
		s.noteUndecided(s.undecidedFor(s.symbol(p.name), nil, true))
	}
	v := s.unknownText(s.symbol(p.name), resource.Origin{Cause: resource.Variable, Via: []string{s.displayName(p.name)}})
	if p.noEcho {
		v = v.AsSensitive()
	}
	return v
}

// setGiven takes over a value that is given.
func (s *stack) setGiven(name, value string) {
	switch name {
	case "AWS::Region":
		s.place.Region = value
	case "AWS::AccountId":
		s.place.Account = value
	case "AWS::StackName":
		s.name = value
	default:
		s.given[name] = resource.StringValue(value)
	}
}

// wholeSymbol returns the name of the symbol, if the text is a single symbol.
func wholeSymbol(text string) (string, bool) {
	symbols := resource.Symbols(text)
	if len(symbols) != 1 || text != resource.Symbol(symbols[0]) {
		return "", false
	}
	return symbols[0], true
}

// decides reports whether the user who creates the stack chooses a symbol: a parameter,
// its region, its account.
func (s *stack) decides(symbol string) bool {
	return s.parameterOf(symbol) != nil || strings.HasSuffix(symbol, " of "+stackProvider) || strings.HasSuffix(symbol, "name of the stack")
}

// parameterOf returns the parameter that a symbol represents, in this stack or
// in one around it.
func (s *stack) parameterOf(symbol string) *parameter {
	for at := s; at != nil; at = at.parent {
		if p, ok := at.symbols[symbol]; ok {
			return p
		}
	}
	return nil
}

// undecidedFor returns a symbol with the values that make a difference, as far as it may
// have them.
func (s *stack) undecidedFor(symbol string, values []string, closed bool) undecidedCondition {
	d := undecidedCondition{symbol: symbol, words: symbol, closed: closed}
	p := s.parameterOf(symbol)
	if p != nil && p.noEcho {
		s.hiddenSymbols[symbol] = true
	}
	if p != nil && p.isStored() {
		d.values = values // constraints are on the name of the stored value
		return d
	}
	if p != nil && len(p.allowed) > 0 && !p.isList() {
		d.values, d.closed = p.allowed, true
		return d
	}
	for _, v := range values {
		if p == nil || p.admits(v) {
			d.values = append(d.values, v)
		}
	}
	return d
}
