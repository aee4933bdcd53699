package chaintest

import (
	"strconv"
)

// Pattern gives the filter another pattern.
func Pattern(text string) Edits { return PatternValue(strconv.Quote(text)) }

func PatternValue(value string) Edits {
	const reference = `"{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"`
	return Edits{reference, value}
}

const (
	DeniedCodes = `($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")`
	HeadBucket  = `{ $.eventName = "HeadBucket" }`
	Delivery    = `{ $.sourceIPAddress = "delivery.logs.amazonaws.com" }`
)
