package catalog

// A Maker is a type of resource that creates others that Terraform does not know.
type Maker struct {
	Body       string   // the attribute that holds a template as text, "" if none does
	URL        string   // the attribute that names one that lies elsewhere
	Parameters string   // the attribute that holds the template's parameters
	Type       string   // the attribute that names a type of Cloud Control
	State      string   // the attribute that holds the properties of that type
	IsSet      bool     // it deploys to other places than its own
	Name       string   // the attribute that names the stack, or the set
	Groups     string   // the attribute of a set that says where its stacks are
	Set        string   // the attribute that names the stack set that it deploys
	Overrides  string   // the attribute that holds parameters that its stacks have
	Regions    []string // the attributes that say in which regions its stacks are, the first that is set
}

// makers are the types that create others.
var makers = map[string]Maker{
	"aws_cloudformation_stack":                                 {Body: "template_body", URL: "template_url", Parameters: "parameters", Name: "name"},
	"aws_cloudformation_stack_set":                             {Body: "template_body", URL: "template_url", Parameters: "parameters", Name: "name", IsSet: true},
	"aws_cloudformation_stack_instances":                       {IsSet: true, Set: "stack_set_name", Overrides: "parameter_overrides", Regions: []string{"regions"}},
	"aws_cloudformation_stack_set_instance":                    {IsSet: true, Set: "stack_set_name", Overrides: "parameter_overrides", Regions: []string{"stack_set_instance_region", "region"}},
	"aws_cloudcontrolapi_resource":                             {Type: "type_name", State: "desired_state"},
	"awscc_cloudformation_stack":                               {Body: "template_body", URL: "template_url", Parameters: "parameters", Name: "stack_name"},
	"awscc_cloudformation_stack_set":                           {Body: "template_body", URL: "template_url", Parameters: "parameters", Name: "stack_set_name", IsSet: true, Groups: "stack_instances_group", Overrides: "parameter_overrides", Regions: []string{"regions"}},
	"aws_servicecatalog_provisioned_product":                   {},
	"awscc_servicecatalog_cloudformation_provisioned_product":  {},
	"aws_serverlessapplicationrepository_cloudformation_stack": {},
}

// MakerOf returns the entry of a type that creates other resources.
func MakerOf(typ string) (Maker, bool) {
	m, ok := makers[typ]
	return m, ok
}
