package iampolicy

import "github.com/iacgate/iacgate/internal/truth"

// holds evaluates one condition.
//
// Absent keys: "the values do not match and the condition is false. If the policy condition requires that the key is
// not matched [...] the condition is true"; with IfExists it is true; ForAllValues is true of no values, ForAnyValue
// false.
func (c Condition) holds(r Request, variables bool) truth.Truth {
	op, known := parseOperator(c.Operator)
	if !known {
		return truth.Unknown
	}
	values, present := r.presence(c.Key)
	if op.null {
		return c.isNull(present)
	}
	switch present {
	case truth.Yes:
		return c.compare(op, values, r, variables)
	case truth.No:
		return op.absent()
	}
	if absent := op.absent(); absent == c.compare(op, values, r, variables) {
		return absent
	}
	return truth.Unknown
}

// isNull: {"Null": {"key": "true"}} holds if the key is absent.
func (c Condition) isNull(present truth.Truth) truth.Truth {
	var any []truth.Truth
	for _, value := range c.Values {
		any = append(any,
			truth.And(equalFold(value, Known("true")), present.Not()),
			truth.And(equalFold(value, Known("false")), present))
	}
	return truth.Or(any...)
}

func (o operator) absent() truth.Truth {
	switch {
	case o.ifExists || o.set == forAllValues:
		return truth.Yes
	case o.set == forAnyValue:
		return truth.No
	}
	return truth.Of(o.negated)
}

// compare tests the values of a key that is present. Of a key with several values and without a set operator any
// counts, or none for a negated operator.
func (c Condition) compare(op operator, values []Text, r Request, variables bool) truth.Truth {
	each := make([]truth.Truth, len(values))
	for i, value := range values {
		each[i] = c.matches(op, value, r, variables)
		if op.negated && op.set != single {
			each[i] = each[i].Not()
		}
	}
	switch {
	case op.set == forAllValues:
		return truth.And(each...)
	case op.set == single && op.negated:
		return truth.Or(each...).Not()
	}
	return truth.Or(each...)
}

// matches reports whether one value of the request is one of the policy's.
func (c Condition) matches(op operator, value Text, r Request, variables bool) truth.Truth {
	out := truth.No
	for _, policy := range c.Values {
		if variables {
			policy = r.expand(policy)
		}
		out = truth.Or(out, op.test(policy, value))
	}
	return out
}
