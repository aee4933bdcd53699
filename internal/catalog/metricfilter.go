package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_log_metric_filter", Modes: Managed,
			Named: "name",
			ID:    "name",
			Templates: []*Template{
				{
					Name: "AWS::Logs::MetricFilter", Ref: "id",
				},
			},
			Members: Members{
				boolean("apply_on_transformed_logs").computed().orAWS(false).since("6").as("ApplyOnTransformedLogs"),
				stringList("emit_system_field_dimensions").since("6").as("EmitSystemFieldDimensions"),
				str("field_selection_criteria").since("6").as("FieldSelectionCriteria"),
				str("log_group_name").required().as("LogGroupName"),
				str("name").required().as("FilterName"),
				str("pattern").required().inTemplates("").as("FilterPattern"),
				blocks("metric_transformation", Members{
					str("default_value").as("DefaultValue"),
					stringMap("dimensions").as("Dimensions"),
					str("name").required().as("MetricName"),
					str("namespace").required().as("MetricNamespace"),
					str("unit").or("None").as("Unit"),
					str("value").required().as("MetricValue"),
				}).required().as("MetricTransformations"),
			},
		}
	})
}
