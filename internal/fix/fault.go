package fix

import "github.com/iacgate/iacgate/internal/verdict"

// Languages of changes.
const (
	HCL  = "hcl"
	YAML = "yaml"
	JSON = "json"
)

// A Fault is what is wrong, and the chain that it is found on: addresses, ""
// for what the chain lacks.
type Fault struct {
	Code      string
	Link      verdict.Link
	Resource  string
	Attribute string
	Control   string // id
	Pattern   string // what the control's filter has to match
	Another   bool   // what is there does not do: add another one
	Denied    bool   // a statement denies it, and no further statement can allow it

	Trail, LogGroup, Filter, Alarm, Topic string
	Namespace, Metric                     string // what the filter publishes
	TrailGroup                            string // the group that the trail writes to, where it is known
}

// address is that of the resource at fault, or else of the end of the chain: what is
// missing is added there.
func (f Fault) address() string {
	for _, address := range []string{f.Resource, f.Topic, f.Alarm, f.Filter, f.LogGroup, f.Trail} {
		if address != "" {
			return address
		}
	}
	return ""
}
