package tally

// fields are those that are asked of each record, in this order.
var fields = []string{
	"eventTime", "eventID", "readOnly",
	"userIdentity.type", "userIdentity.userName", "userIdentity.invokedBy", "userIdentity.sessionContext.sessionIssuer.userName",
	"userIdentity.sessionContext.sessionIssuer.arn", "userIdentity.arn",
	"eventSource", "eventName", "errorCode", "sourceIPAddress",
}

const (
	fieldTime = iota
	fieldID
	fieldReadOnly
	fieldType
	fieldUser
	fieldInvokedBy
	fieldRole
	fieldRoleARN
	fieldARN
	fieldSource
	fieldName
	fieldCode
	fieldAddress
)
