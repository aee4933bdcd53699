package catalog

// A transformer rewrites the events of a log group before filters that ask for it
// see them.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation.html
func init() {
	const how = "that a field is changed counts, not how"
	source := str("source").as("Source")
	overwrite := boolean("overwrite_if_exists").or(false).as("OverwriteIfExists").irrelevant(how)
	keys := Members{stringList("with_keys").required().as("WithKeys")}
	parser := func(name, property string, more ...Member) Member {
		return block(name, append(Members{source}, more...)).as(property)
	}
	entries := func(name, property string, m ...Member) Member {
		return block(name, Members{blocks("entry", m).required().as("Entries")}).as(property)
	}
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_log_transformer", Modes: Managed, Since: "6",
			Templates: []*Template{
				{
					Name: "AWS::Logs::Transformer", Ref: "log_group_arn", ID: "log_group_arn",
				},
			},
			Members: Members{
				str("log_group_arn").required().as("LogGroupIdentifier"),
				blocks("transformer_config", Members{
					entries("add_keys", "AddKeys", str("key").required().as("Key"), str("value").required().as("Value"), overwrite),
					entries("copy_value", "CopyValue", source.required(), str("target").required().as("Target"), overwrite),
					block("csv", Members{
						stringList("columns").as("Columns").irrelevant(how), str("delimiter").as("Delimiter").irrelevant(how), str("quote_character").as("QuoteCharacter").irrelevant(how), source,
					}).as("Csv"),
					block("date_time_converter", Members{
						str("locale").as("Locale").irrelevant(how), stringList("match_patterns").required().as("MatchPatterns").irrelevant(how), source.required(),
						str("source_timezone").as("SourceTimezone").irrelevant(how), str("target").required().as("Target"),
						str("target_format").as("TargetFormat").irrelevant(how), str("target_timezone").as("TargetTimezone").irrelevant(how),
					}).as("DateTimeConverter"),
					block("delete_keys", keys).as("DeleteKeys"),
					block("grok", Members{str("match").required().as("Match").irrelevant(how), source}).as("Grok"),
					block("list_to_map", Members{
						boolean("flatten").or(false).as("Flatten").irrelevant(how), str("flattened_element").as("FlattenedElement").irrelevant(how), str("key").required().as("Key"),
						source.required(), str("target").as("Target"), str("value_key").as("ValueKey").irrelevant(how),
					}).as("ListToMap"),
					block("lower_case_string", keys).as("LowerCaseString"),
					entries("move_keys", "MoveKeys", source.required(), str("target").required().as("Target"), overwrite),
					parser("parse_cloudfront", "ParseCloudfront"),
					parser("parse_json", "ParseJSON", str("destination").as("Destination")),
					parser("parse_key_value", "ParseKeyValue", str("destination").as("Destination"), str("field_delimiter").as("FieldDelimiter").irrelevant(how),
						str("key_prefix").as("KeyPrefix").irrelevant(how), str("key_value_delimiter").as("KeyValueDelimiter").irrelevant(how), str("non_match_value").as("NonMatchValue").irrelevant(how), overwrite),
					parser("parse_postgres", "ParsePostgres"),
					parser("parse_route53", "ParseRoute53"),
					parser("parse_to_ocsf", "ParseToOCSF", str("event_type").required().as("EventSource").irrelevant(how), str("ocsf_version").required().as("OcsfVersion").irrelevant(how),
						str("mapping_version").as("MappingVersion").irrelevant(how).templateOnly()),
					parser("parse_vpc", "ParseVPC"),
					parser("parse_waf", "ParseWAF"),
					entries("rename_keys", "RenameKeys", str("key").required().as("Key"), str("rename_to").required().as("RenameTo"), overwrite),
					entries("split_string", "SplitString", str("delimiter").required().as("Delimiter").irrelevant(how), source.required()),
					entries("substitute_string", "SubstituteString", str("from").required().as("From"), source.required(), str("to").required().as("To").irrelevant(how)),
					block("trim_string", keys).as("TrimString"),
					entries("type_converter", "TypeConverter", str("key").required().as("Key"), str("type").required().as("Type")),
					block("upper_case_string", keys).as("UpperCaseString"),
				}).required().as("TransformerConfig"),
			},
		}
	})
}
