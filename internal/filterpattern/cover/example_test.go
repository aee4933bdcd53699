package cover_test

import (
	"fmt"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/cover"
)

func ExampleSeparate() {
	denied, err := filterpattern.Parse(`{ $.errorCode = "AccessDenied*" || $.errorCode = "*UnauthorizedOperation" }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	words, err := filterpattern.Parse(`?AccessDenied ?UnauthorizedOperation`)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := cover.Separate([]*filterpattern.Pattern{denied}, []*filterpattern.Pattern{words}, cover.Axioms{})
	fmt.Println("a denied call without these words:", s.Decision)
	// Output:
	// a denied call without these words: no
}

func ExampleSeparate_covers() {
	have, err := filterpattern.Parse(`{ $.errorCode = "*UnauthorizedOperation" }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	want, err := filterpattern.Parse(`{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	lost := cover.Separate([]*filterpattern.Pattern{want}, []*filterpattern.Pattern{have}, cover.Axioms{})
	fmt.Println(lost.Decision.Not(), lost.Event)
	// Output:
	// no map[errorCode:AccessDenied]
}
