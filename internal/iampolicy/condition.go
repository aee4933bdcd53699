package iampolicy

// holds evaluates one condition.
//
// Absent keys: "the values do not match and the condition is false. If the policy condition requires that the key is
// not matched [...] the condition is true"; with IfExists it is true; ForAllValues is true of no values, ForAnyValue
// false.
func (c Condition) holds(r Request, variables bool) answer {
	op, known := parseOperator(c.Operator)
	if !known {
		return maybe
	}
	values, present := r.presence(c.Key)
	if op.null {
		return c.isNull(present)
	}
	switch present {
	case yes:
		return c.compare(op, values, r, variables)
	case no:
		return op.absent()
	}
	if absent := op.absent(); absent == c.compare(op, values, r, variables) {
		return absent
	}
	return maybe
}

// isNull: {"Null": {"key": "true"}} holds if the key is absent.
func (c Condition) isNull(present answer) answer {
	var any []answer
	for _, value := range c.Values {
		any = append(any,
			and(equalFold(value, Known("true")), present.not()),
			and(equalFold(value, Known("false")), present))
	}
	return or(any...)
}

func (o operator) absent() answer {
	switch {
	case o.ifExists || o.set == forAllValues:
		return yes
	case o.set == forAnyValue:
		return no
	}
	return sure(o.negated)
}

// compare tests the values of a key that is present. Of a key with several values and without a set operator any
// counts, or none for a negated operator.
func (c Condition) compare(op operator, values []Text, r Request, variables bool) answer {
	each := make([]answer, len(values))
	for i, value := range values {
		each[i] = c.matches(op, value, r, variables)
		if op.negated && op.set != single {
			each[i] = each[i].not()
		}
	}
	switch {
	case op.set == forAllValues:
		return and(each...)
	case op.set == single && op.negated:
		return or(each...).not()
	}
	return or(each...)
}

// matches says whether one value of the request is one of the policy's.
func (c Condition) matches(op operator, value Text, r Request, variables bool) answer {
	out := no
	for _, policy := range c.Values {
		if variables {
			policy = r.expand(policy)
		}
		out = or(out, op.test(policy, value))
	}
	return out
}
