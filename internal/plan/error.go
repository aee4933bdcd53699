package plan

// An Error says why an input is no plan or state that can be read. Msg is one
// line, Hint says what to do instead.
type Error struct {
	Msg  string
	Hint string

	// Line and Column count from 1 and bytes; 0 where the fault has no place.
	Line   int
	Column int
}

func (e *Error) Error() string { return e.Msg }

const (
	hintShow  = "write it with: terraform show -json tfplan > plan.json"
	hintState = "write it with: terraform show -json > state.json"
)

func refuse(msg, hint string) error { return &Error{Msg: msg, Hint: hint} }
