package fix

// Declaration is the code that declares an input which a change asks for, in a root
// module or a template around the one that the change is in: a variable in HCL or JSON,
// a parameter in YAML or JSON.
func Declaration(input, language string, terraform bool) string {
	s := scope{terraform: terraform, language: language}
	switch {
	case language == HCL:
		return s.hclFile(input, false, nil)
	case terraform:
		return s.encode(s.jsonFile(input, false, nil))
	}
	return s.encode(s.templateFile(input, nil))
}
