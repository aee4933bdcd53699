package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_caller_identity", Modes: Data, Global: true,
			Members: Members{
				str("account_id").computed(),
				str("arn").computed(),
				str("user_id").computed().irrelevant(unreferred),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_region", Modes: Data,
			Members: Members{
				str("description").computed().irrelevant(forPeople),
				str("endpoint").computed(),
				str("name").computed(),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_partition", Modes: Data, Global: true,
			Members: Members{
				str("dns_suffix").computed().irrelevant(unreferred),
				str("partition").computed(),
				str("reverse_dns_prefix").computed().irrelevant(unreferred),
			},
		}
	})
}
