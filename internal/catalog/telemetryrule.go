package catalog

// A telemetry rule delivers events to log groups without a trail; a centralization rule
// copies the logs of other accounts and regions. The input does not show which accounts
// and regions a rule covers.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/telemetry-config-rules.html
func init() {
	const covers = "which accounts and regions a rule covers is not in the input"
	rule := func(more ...Member) Member {
		return block("rule", append(Members{
			str("resource_type").as("ResourceType"),
			str("telemetry_type").as("TelemetryType").irrelevant(covers),
			stringList("telemetry_source_types").as("TelemetrySourceTypes").irrelevant(covers),
			block("destination_configuration", Members{
				str("destination_type").as("DestinationType").irrelevant(covers),
				str("destination_pattern").as("DestinationPattern"),
				number("retention_in_days").as("RetentionInDays").irrelevant(keeping),
				str("kms_key_arn").as("KmsKeyArn").irrelevant(keeping),
				anything("vpc_flow_log_parameters").as("VPCFlowLogParameters").irrelevant(otherLogs),
				anything("cloudtrail_parameters").as("CloudtrailParameters").irrelevant(covers),
				anything("elb_load_balancer_logging_parameters").as("ELBLoadBalancerLoggingParameters").irrelevant(otherLogs),
				anything("waf_logging_parameters").as("WAFLoggingParameters").irrelevant(otherLogs),
				anything("msk_monitoring_parameters").as("MskMonitoringParameters").irrelevant(otherLogs),
				anything("log_delivery_parameters").as("LogDeliveryParameters").irrelevant(otherLogs),
			}).as("DestinationConfiguration"),
			str("selection_criteria").as("SelectionCriteria").irrelevant(covers),
			boolean("allow_field_updates").as("AllowFieldUpdates").irrelevant(covers),
			stringList("regions").as("Regions").irrelevant(covers),
			boolean("all_regions").as("AllRegions").irrelevant(covers),
		}, more...)).required().as("Rule")
	}
	register(func() *Type {
		return &Type{
			Name: "aws_observabilityadmin_telemetry_rule", Modes: Managed, Since: NoRelease,
			Templates: []*Template{{
				Name: "AWS::ObservabilityAdmin::TelemetryRule", Ref: "rule_arn", ID: "rule_arn",
				GetAtt: map[string]string{"RuleArn": "rule_arn", "RegionStatuses": ""},
			}},
			Members: Members{
				str("rule_name").as("RuleName").irrelevant(forPeople), str("rule_arn").computed().irrelevant(unreferred), rule(),
				stringMap("tags").as("Tags").irrelevant(labels),
			},
		}
	})
	register(func() *Type {
		return &Type{
			Name: "aws_observabilityadmin_organization_telemetry_rule", Modes: Managed, Since: NoRelease,
			Templates: []*Template{{
				Name: "AWS::ObservabilityAdmin::OrganizationTelemetryRule", Ref: "rule_arn", ID: "rule_arn",
				GetAtt: map[string]string{"RuleArn": "rule_arn", "RegionStatuses": ""},
			}},
			Members: Members{
				str("rule_name").as("RuleName").irrelevant(forPeople), str("rule_arn").computed().irrelevant(unreferred),
				rule(str("scope").as("Scope").irrelevant(covers)), stringMap("tags").as("Tags").irrelevant(labels),
			},
		}
	})
	register(func() *Type {
		return &Type{
			Name: "aws_observabilityadmin_centralization_rule_for_organization", Modes: Managed, Since: "6",
			Rest: covers,
			Templates: []*Template{{
				Name: "AWS::ObservabilityAdmin::OrganizationCentralizationRule", Ref: "rule_arn", ID: "rule_arn",
				GetAtt: map[string]string{"RuleArn": "rule_arn"},
			}},
			Members: Members{str("rule_name").as("RuleName").irrelevant(forPeople), str("rule_arn").computed().irrelevant(unreferred)},
		}
	})
}
