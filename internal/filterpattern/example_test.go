package filterpattern_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

func Example() {
	p, err := filterpattern.Parse(`{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Match([]byte(`{"userIdentity": {"type": "Root"}}`)))
	fmt.Println(p.Match([]byte(`{"userIdentity": {"type": "Root", "invokedBy": "AWS Internal"}}`)))
	// Output:
	// true
	// false
}

func ExampleParse_error() {
	_, err := filterpattern.Parse(`{ $.errorCode == "AccessDenied" }`)
	fmt.Println(err)
	var syntax *filterpattern.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println("AWS:", syntax.AWS)
	}
	// Output:
	// filter pattern, at byte 14: == is not an operator of filter patterns
	// AWS: Invalid metric filter pattern
}

func ExamplePattern_String() {
	p, err := filterpattern.Parse(`{($.errorCode=*UnauthorizedOperation)||(($.errorCode=AccessDenied*))}`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p)
	// Output:
	// { $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }
}

func ExamplePattern_Explain() {
	p, err := filterpattern.Parse(`{ $.eventSource = kms.amazonaws.com && ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion) }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Join(p.Explain(), "\n"))
	// Output:
	// an event matches when:
	//   - eventSource is "kms.amazonaws.com", and
	//   - eventName is "DisableKey" or "ScheduleKeyDeletion"
}

func ExamplePattern_Without() {
	p, err := filterpattern.Parse(`{ $.errorCode = "AccessDenied*" || $.eventName = "DeleteTrail" && $.errorCode NOT EXISTS }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	errorCode, err := filterpattern.ParseSelector("$.errorCode")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Without([]filterpattern.Selector{errorCode}))
	// Output:
	// { $.eventName = "DeleteTrail" }
}
