package plan

// constant returns the value of an expression that is a constant, or a variable
// that is one; nil for any other.
func (s *scopes) constant(e expression, module modulePath) any {
	if e.IsConstant {
		return e.Constant
	}
	written := e.direct()
	if len(written) != 1 {
		return nil
	}
	ref := parseSteps(written[0])
	if len(ref) < 2 || ref[0].name != "var" {
		return nil
	}
	return lookUp(s.input(ref[1].name, module), ref[2:])
}

// input returns the value of an input variable of a module.
func (s *scopes) input(name string, module modulePath) any {
	m := s.config.module(module)
	if len(module) == 0 {
		if v := s.variables[name]; v.isSet {
			return v.value
		}
	} else if call := s.config.call(module); call != nil {
		if e, ok := call.expressions[name]; ok {
			return s.constant(e, module[:len(module)-1])
		}
	}
	if m == nil {
		return nil
	}
	return m.variables[name].Default
}
