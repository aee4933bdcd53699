package filterpattern

func (document) explain(*outline) {}
func (line) explain(*outline)     {}
func (terms) explain(*outline)    {}
func (search) explain(*outline)   {}
