package cover

import (
	"regexp/syntax"
	"slices"
)

// A regexpMachine accepts the texts in which a regular expression is found. Its
// places are the program's instructions that consume a character or wait for
// the end, and two of its own.
type regexpMachine struct {
	prog *syntax.Prog
	seen []bool // scratch for walk
}

func newRegexpMachine(prog *syntax.Prog) *regexpMachine {
	return &regexpMachine{prog: prog, seen: make([]bool, len(prog.Inst))}
}

// matched returns the place after a match, which nothing leaves; atStart marks that
// no character has been read.
func (m *regexpMachine) matched() uint32 { return uint32(len(m.prog.Inst)) }
func (m *regexpMachine) atStart() uint32 { return uint32(len(m.prog.Inst)) + 1 }

func (m *regexpMachine) start() []uint32 {
	set := m.closure([]uint32{uint32(m.prog.Start)}, syntax.EmptyBeginText)
	if m.universal(set) {
		return set
	}
	return append(set, m.atStart())
}

// effort counts the whole program where a search may begin anew anywhere.
func (m *regexpMachine) effort(set []uint32) int { return len(set) + len(m.prog.Inst)/4 }

func (m *regexpMachine) next(set []uint32, r rune) []uint32 {
	to := []uint32{uint32(m.prog.Start)}
	for _, pc := range set {
		if int(pc) < len(m.prog.Inst) && consumes(&m.prog.Inst[pc]) && m.prog.Inst[pc].MatchRune(r) {
			to = append(to, m.prog.Inst[pc].Out)
		}
	}
	return m.closure(to, 0)
}

func consumes(inst *syntax.Inst) bool {
	switch inst.Op {
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return true
	}
	return false
}

// closure follows the instructions that consume nothing, from every pc in
// todo, to the places where the machine waits.
func (m *regexpMachine) closure(todo []uint32, position syntax.EmptyOp) []uint32 {
	clear(m.seen)
	var set []uint32
	for len(todo) > 0 {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if m.seen[pc] {
			continue
		}
		m.seen[pc] = true
		switch inst := &m.prog.Inst[pc]; inst.Op {
		case syntax.InstMatch:
			return []uint32{m.matched()}
		case syntax.InstAlt, syntax.InstAltMatch:
			todo = append(todo, inst.Out, inst.Arg)
		case syntax.InstNop, syntax.InstCapture:
			todo = append(todo, inst.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(inst.Arg)&^position == 0 {
				todo = append(todo, inst.Out)
			} else if syntax.EmptyOp(inst.Arg)&syntax.EmptyEndText != 0 {
				set = append(set, pc)
			}
		case syntax.InstFail:
		default:
			set = append(set, pc)
		}
	}
	slices.Sort(set)
	return set
}

func (m *regexpMachine) universal(set []uint32) bool {
	return len(set) == 1 && set[0] == m.matched()
}

// accepts reports whether a match is reached if the text ends here.
func (m *regexpMachine) accepts(set []uint32) bool {
	position := syntax.EmptyEndText
	var waiting []uint32
	for _, place := range set {
		switch {
		case place == m.matched():
			return true
		case place == m.atStart():
			position |= syntax.EmptyBeginText
		case m.prog.Inst[place].Op == syntax.InstEmptyWidth:
			waiting = append(waiting, place)
		}
	}
	return len(waiting) > 0 && m.universal(m.closure(waiting, position))
}

func (m *regexpMachine) classes(visit func([]rune)) {
	for i := range m.prog.Inst {
		switch inst := &m.prog.Inst[i]; inst.Op {
		case syntax.InstRune1:
			visit([]rune{inst.Rune[0], inst.Rune[0]})
		case syntax.InstRune:
			visit(pairs(inst.Rune))
		case syntax.InstRuneAnyNotNL:
			visit([]rune{'\n', '\n'})
		}
	}
}

// pairs spells a single character as bounds.
func pairs(runes []rune) []rune {
	if len(runes) == 1 {
		return []rune{runes[0], runes[0]}
	}
	return runes
}
