package fix

var receiverFixes = map[string]func(*draft){
	"no-subscription":           (*draft).addSubscription,
	"subscription-to-topic":     (*draft).addSubscription,
	"subscription-other-region": (*draft).addSubscription,
	"subscription-filtered":     remove("filter_policy", "filter_policy_scope"),
	"subscription-endpoint":     (*draft).setEndpoint,
	"receiver-denies":           (*draft).allowDelivery,
}

func (d *draft) addSubscription() {
	d.refer(d.Topic, "arn")
	d.newSubscription(d.Topic)
}

func (d *draft) newSubscription(topic string) {
	s := d.newAddress("aws_sns_topic_subscription", "alarm_reader", "AlarmReader")
	of := d.find(topic)
	if of == nil {
		of = d.beside
	}
	d.add(s, append(d.placed(of), argument{"topic_arn", ref{topic, "arn"}}, argument{"protocol", literal("email")}, argument{"endpoint", d.email()})...)
}

// setEndpoint gives the subscription somebody who reads it. A FIFO topic has no
// e-mail: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
func (d *draft) setEndpoint() {
	if t := d.find(d.Topic); t != nil {
		fifo, _ := t.Attr("fifo_topic").Truth()
		d.impossible = fifo
	}
	if !d.hasText("protocol", "email") {
		d.assign("protocol", literal("email"))
	}
	d.assign("endpoint", d.email())
}

// allowDelivery lets SNS deliver for the topic: to a queue by its policy, to a
// function by a permission. The role of a delivery stream is somebody's to choose.
func (d *draft) allowDelivery() {
	switch d.target.Type {
	case "aws_sqs_queue":
		d.allowSend()
	case "aws_sqs_queue_policy":
		d.allow(d.sendStatement("*"))
	case "aws_lambda_function":
		d.newPermission(argument{"function_name", ref{d.target.Address, "function_name"}})
	case "aws_lambda_alias":
		d.newAliasPermission()
	default:
		d.impossible = true
	}
}

// allowSend lets SNS send to a queue, by a new policy where it has none.
func (d *draft) allowSend() {
	if d.terraform && !d.target.Attr("policy").IsNull() && !isComputed(d.target.Attr("policy")) {
		d.allow(d.sendStatement("*"))
		return
	}
	p := d.newAddress("aws_sqs_queue_policy", "alarms", "AlarmsQueuePolicy")
	var queue value = ref{d.target.Address, "url"}
	if !d.terraform {
		queue = list{queue}
	}
	d.add(p, argument{"queue_url", queue}, argument{"policy", d.newPolicy("alarms_queue", d.sendStatement(d.target.Address))})
}

// sendStatement lets SNS send to a queue, "*" for the one that the policy is of.
func (d *draft) sendStatement(queue string) object {
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
		{"Condition", object{{"ArnEquals", object{{"aws:SourceArn", d.refer(d.Topic, "arn")}}}}},
	}
}

// newAliasPermission adds a permission on an alias, which a template names by its ARN.
func (d *draft) newAliasPermission() {
	if !d.terraform {
		d.newPermission(argument{"function_name", ref{d.target.Address, "arn"}})
		return
	}
	d.newPermission(argument{"function_name", ref{d.target.Address, "function_name"}}, argument{"qualifier", ref{d.target.Address, "name"}})
}

func (d *draft) newPermission(of ...argument) {
	p := d.newAddress("aws_lambda_permission", "alarms", "AlarmsPermission")
	d.add(p, append(of,
		argument{"action", literal("lambda:InvokeFunction")}, argument{"principal", literal("sns.amazonaws.com")},
		argument{"source_arn", d.refer(d.Topic, "arn")})...)
}
