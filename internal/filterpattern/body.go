package filterpattern

// Kind says which of the five pattern languages a pattern is written in. The
// first character decides.
type Kind uint8

// The pattern languages.
const (
	JSON           Kind = iota // { $.errorCode = "AccessDenied*" }
	SpaceDelimited             // [ip, user, ..., status = 4*]
	Terms                      // ERROR -timeout
	Regex                      // %colou?r%
	Everything                 // the empty pattern
)

var kindNames = [...]string{"JSON", "space-delimited", "terms", "regular expression", "everything"}

// String returns the kind's name in plain words.
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return "unknown"
	}
	return kindNames[k]
}

// A Body is the syntax tree of one kind of pattern. The interface is sealed: it is
// a [Document], [Line], [TermList], [Search] or [Empty].
type Body interface {
	kind() Kind
	match(m *Message) bool
	print(compact bool) string
	explain(*outline)
}

// Empty is the body of the empty pattern, which matches everything.
type Empty struct{}

func (Empty) kind() Kind          { return Everything }
func (Empty) match(*Message) bool { return true }
func (Empty) print(bool) string   { return "" }
func (Empty) explain(o *outline)  { o.addLine("every event matches") }
