package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_lambda_function", Modes: Managed,
			Named: "function_name",
			ID:    "function_name",
			ARN:   "arn:{partition}:lambda:{region}:{account}:function:{name}",
			Rest:  "what it does with what it is given is not judged",
			Templates: []*Template{
				{
					Name: "AWS::Lambda::Function", Ref: "function_name", ID: "function_name",
					GetAtt: map[string]string{"Arn": "arn", "SnapStartResponse": "", "SnapStartResponse.ApplyOn": "", "SnapStartResponse.OptimizationStatus": ""},
				},
			},
			Members: Members{
				str("arn").computed(),
				str("function_name").required().as("FunctionName"),
				str("qualified_arn").computed(),
				str("version").computed(),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_lambda_alias", Modes: Managed,
			Named: "name",
			ID:    "arn",
			ARN:   "arn:{partition}:lambda:{region}:{account}:function:{function_name}:{name}",
			Templates: []*Template{
				{
					Name: "AWS::Lambda::Alias", Ref: "arn", ID: "arn",
					GetAtt:     map[string]string{"AliasArn": "arn"},
					Irrelevant: map[string]string{"ProvisionedConcurrencyConfig": invocation, "RoutingConfig": invocation},
				},
			},
			Members: Members{
				str("arn").computed(),
				str("description").as("Description").irrelevant(forPeople),
				str("function_name").required().as("FunctionName"),
				str("function_version").required().as("FunctionVersion").irrelevant(invocation),
				str("invoke_arn").computed().irrelevant(invocation),
				str("name").required().as("Name"),
				blocks("routing_config", Members{
					stringMap("additional_version_weights").irrelevant(invocation),
				}).irrelevant(invocation),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_lambda_permission", Modes: Managed,
			Templates: []*Template{
				{
					Name: "AWS::Lambda::Permission", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Id": "id"},
				},
			},
			Members: Members{
				str("action").required().as("Action"),
				str("event_source_token").as("EventSourceToken"),
				str("function_name").required().as("FunctionName"),
				str("function_url_auth_type").as("FunctionUrlAuthType"),
				boolean("invoked_via_function_url").or(false).since("6").as("InvokedViaFunctionUrl"),
				str("principal").required().as("Principal"),
				str("principal_org_id").as("PrincipalOrgID"),
				str("qualifier"),
				str("source_account").as("SourceAccount"),
				str("source_arn").as("SourceArn"),
				str("statement_id").computed().irrelevant(unreferred),
				str("statement_id_prefix").computed().irrelevant(unreferred),
			},
		}
	})
}
