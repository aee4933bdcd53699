package iampolicy

// answer is a three-valued truth; maybe is the zero value.
type answer int

const (
	maybe answer = iota
	no
	yes
)

func (a answer) not() answer { return [...]answer{maybe, yes, no}[a] }

func sure(b bool) answer {
	if b {
		return yes
	}
	return no
}

func and(answers ...answer) answer {
	out := yes
	for _, a := range answers {
		switch a {
		case no:
			return no
		case maybe:
			out = maybe
		}
	}
	return out
}

func or(answers ...answer) answer {
	out := no
	for _, a := range answers {
		switch a {
		case yes:
			return yes
		case maybe:
			out = maybe
		}
	}
	return out
}
