package cover

// Axioms are facts about every event, known beforehand. The zero Axioms know
// only that an event is a JSON object.
type Axioms struct {
	Fields []Field

	// FreeText is a selector for a place that may hold any text and decides
	// nothing: witnesses that need a text somewhere in the message have it
	// there. Empty: $.text.
	FreeText string
}

// A Field has the facts about one field.
type Field struct {
	Path     string     // a selector without wildcards: $.errorCode
	Required bool       // present in every event
	Kinds    ValueKinds // what it can be when present; zero: anything
	Prefer   []string   // realistic texts, tried first for witnesses, in order
}

// ValueKinds is a set of kinds of JSON values.
type ValueKinds uint8

// The kinds of JSON values.
const (
	StringValue ValueKinds = 1 << iota
	NumberValue
	BooleanValue
	NullValue
	ObjectValue
	ArrayValue

	anyValue ValueKinds = 1<<iota - 1
)
