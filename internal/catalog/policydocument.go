package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_policy_document", Modes: Data, Global: true,
			Members: Members{
				str("json").computed(),
				str("minified_json").computed(),
				document("override_json"),
				stringList("override_policy_documents"),
				str("policy_id"),
				document("source_json"),
				stringList("source_policy_documents"),
				str("version"),
				blocks("statement", Members{
					stringList("actions"),
					str("effect"),
					stringList("not_actions"),
					stringList("not_resources"),
					stringList("resources"),
					str("sid"),
					blocks("condition", Members{
						str("test").required(),
						stringList("values").required(),
						str("variable").required(),
					}).set(),
					blocks("not_principals", Members{
						stringList("identifiers").required(),
						str("type").required(),
					}).set(),
					blocks("principals", Members{
						stringList("identifiers").required(),
						str("type").required(),
					}).set(),
				}),
			},
		}
	})
}
