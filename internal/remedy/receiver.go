package remedy

var receiverMends = map[string]func(*work){
	"receiver-denies": (*work).letIn,
}

// letIn lets SNS in for the topic: a queue by its policy, a function by a
// permission. The role of a delivery stream is somebody's to choose.
func (w *work) letIn() {
	switch w.at.Type {
	case "aws_sqs_queue":
		w.queuePolicy()
	case "aws_sqs_queue_policy":
		w.allow(w.sending("*"))
	case "aws_lambda_function":
		w.permission(argument{"function_name", ref{w.at.Address, "function_name"}})
	case "aws_lambda_alias":
		w.aliasPermission()
	default:
		w.stuck = true
	}
}

// queuePolicy writes the policy of a queue that has none.
func (w *work) queuePolicy() {
	if w.terraform && !w.at.Attr("policy").IsNull() && !w.computed("policy") {
		w.allow(w.sending("*"))
		return
	}
	p := w.name("aws_sqs_queue_policy", "alarms", "AlarmsQueuePolicy")
	var queue value = ref{w.at.Address, "url"}
	if !w.terraform {
		queue = list{queue}
	}
	w.make(p, argument{"queue_url", queue}, argument{"policy", w.policy("alarms_queue", w.sending(w.at.Address))})
}

// sending lets SNS send to a queue, "*" for the one that the policy is of.
func (w *work) sending(queue string) object {
	var receiver value = literal(queue)
	if queue != "*" {
		receiver = ref{queue, "arn"}
	}
	return object{
		{"Sid", literal("AlarmsTopic")},
		{"Effect", literal("Allow")},
		{"Principal", object{{"Service", literal("sns.amazonaws.com")}}},
		{"Action", literal("sqs:SendMessage")},
		{"Resource", receiver},
		{"Condition", object{{"ArnEquals", object{{"aws:SourceArn", w.point(w.Topic, "arn")}}}}},
	}
}

// aliasPermission is a permission on an alias, which a template names by its ARN.
func (w *work) aliasPermission() {
	if !w.terraform {
		w.permission(argument{"function_name", ref{w.at.Address, "arn"}})
		return
	}
	w.permission(argument{"function_name", ref{w.at.Address, "function_name"}}, argument{"qualifier", ref{w.at.Address, "name"}})
}

func (w *work) permission(of ...argument) {
	p := w.name("aws_lambda_permission", "alarms", "AlarmsPermission")
	w.make(p, append(of,
		argument{"action", literal("lambda:InvokeFunction")}, argument{"principal", literal("sns.amazonaws.com")},
		argument{"source_arn", w.point(w.Topic, "arn")})...)
}
