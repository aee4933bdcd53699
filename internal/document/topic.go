package document

// Topic is an SNS topic.
type Topic struct {
	Node
	Name          *string  `json:"name"`
	ARN           *string  `json:"arn"`
	FIFO          *bool    `json:"fifo"`
	MaxMessage    *float64 `json:"max_message"` // bytes, null for 256 KiB
	Policies      []string `json:"policies"`    // addresses that set its policy
	Misplaced     []string `json:"misplaced"`   // addresses that would, and are made in another region
	Subscriptions []string `json:"subscriptions"`
	Delivering    []string `json:"delivering"` // of these, those that deliver
	// Undelivered says why nothing is delivered, if that is so.
	Undelivered []Check `json:"undelivered"`
}

// Subscription is a subscription to a topic.
type Subscription struct {
	Node
	Protocol *string  `json:"protocol"`
	Endpoint *string  `json:"endpoint"`
	Delivers Check    `json:"delivers"`
	Doubts   []Reason `json:"doubts"` // what to say of it where it delivers
}
