package cover

// maxSteps bounds a decision. A step is a few dozen nanoseconds of work and at
// most a few dozen bytes of memory, so that no pattern that AWS admits takes
// long to answer or to give up on.
const maxSteps = 400_000

// A budget counts the steps of one decision.
type budget struct {
	steps, limit int
}

// spend takes n steps and reports whether the budget admits them.
func (b *budget) spend(n int) bool {
	b.steps += n
	return !b.spent()
}

func (b *budget) spent() bool { return b.steps > b.limit }

// within returns a part of what is left, for one question of many.
func (b *budget) within(n int) *budget {
	return &budget{limit: max(0, min(n, b.limit-b.steps))}
}
