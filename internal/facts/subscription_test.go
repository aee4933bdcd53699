package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestEndpoints: what nobody can read is delivered to nobody.
func TestEndpoints(t *testing.T) {
	const (
		bad   = "broken subscription-endpoint at " + chaintest.TheSubscription + " endpoint"
		topic = "broken subscription-to-topic at " + chaintest.TheSubscription + " endpoint"
		open  = "unknown value-unknown at " + chaintest.TheSubscription
	)
	for name, c := range map[string]struct {
		protocol, endpoint string
		want, why          string
	}{
		"an address":                      {`"email"`, `"oncall@example.org"`, "ok", ""},
		"no address":                      {`"email"`, `"oncall"`, bad, "oncall is not a valid email endpoint"},
		"an address with a name":          {`"email"`, `"On Call <oncall@example.org>"`, bad, ""},
		"an address for JSON":             {`"email-json"`, `"oncall@example.org"`, "ok", ""},
		"no address for JSON":             {`"email-json"`, `"@"`, bad, ""},
		"blanks":                          {`"email"`, `"  "`, bad, "it is empty"},
		"nothing":                         {`"email"`, `null`, bad, "it is empty"},
		"an address nobody knows yet":     {`"email"`, `hidden()`, "ok", ""},
		"an address of elsewhere":         {`"email"`, `outside("data.x.y")`, "ok", ""},
		"a variable":                      {`"email"`, `var.address`, open + " endpoint", "var.address has no value"},
		"a protocol that is a variable":   {`var.protocol`, `"oncall@example.org"`, open + " protocol", "var.protocol has no value"},
		"a secret that is not an address": {`"email"`, `secret("hunter2")`, bad, "(sensitive) is not a valid email endpoint"},

		"a URL":                   {`"https"`, `"https://alerts.example.org/in"`, "ok", ""},
		"a URL of http":           {`"http"`, `"http://alerts.example.org/in"`, "ok", ""},
		"a URL of the other kind": {`"https"`, `"http://alerts.example.org/in"`, bad, ""},
		"a URL without a host":    {`"https"`, `"https:///in"`, bad, ""},
		"no URL":                  {`"https"`, `"https://alerts .example.org"`, bad, ""},
		"a number":                {`"sms"`, `"+1 (555) 010-0100"`, "ok", ""},
		"a number with letters":   {`"sms"`, `"+1-555-OOPS"`, bad, ""},
		"a number without digits": {`"sms"`, `"+ ()"`, bad, ""},
		"a queue's URL":           {`"sqs"`, `"https://sqs.us-east-1.amazonaws.com/111122223333/q"`, bad, "is not a valid sqs endpoint"},
		"a queue for a function":  {`"lambda"`, `"arn:aws:sqs:us-east-1:111122223333:q"`, bad, "is not a valid lambda endpoint"},
		"a function":              {`"lambda"`, `"arn:aws:lambda:us-east-1:111122223333:function:f"`, "ok", ""},
		"an app":                  {`"application"`, `"arn:aws:sns:us-east-1:111122223333:app/GCM/x"`, "ok", ""},
		"an app's endpoint":       {`"application"`, `"arn:aws:sns:us-east-1:111122223333:endpoint/GCM/x/y"`, "ok", ""},
		"a topic for an app":      {`"application"`, `"arn:aws:sns:us-east-1:111122223333:other"`, topic, "is a topic"},
		"a topic for a chat":      {`"chatbot"`, `"arn:aws:sns:us-east-1:111122223333:other"`, topic, "is a topic"},
		"a hook for a chat":       {`"chatbot"`, `"https://chatbot.example.org/in"`, "ok", ""},
		"a topic by reference":    {`"lambda"`, chaintest.TheTopic + ".arn", topic, "is not a valid lambda endpoint"},
		"a topic's people":        {`"email"`, chaintest.TheTopic + ".arn", topic, "is not a valid email endpoint"},
		"a group by reference":    {`"lambda"`, chaintest.TheGroup + ".arn", bad, "is not a valid lambda endpoint"},
		"a queue for an app":      {`"application"`, `"arn:aws:sqs:us-east-1:111122223333:q"`, bad, ""},
		"a topic for nobody":      {`"lambda"`, `"arn:aws:sns:us-east-1:111122223333:other"`, bad, "is not a valid lambda endpoint"},
		"what is new":             {`"carrier-pigeon"`, `"loft"`, "broken subscription-endpoint at aws_sns_topic_subscription.oncall protocol", "SNS has no protocol"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{`"email"`, c.protocol, `"oncall@example.org"`, c.endpoint}.Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, world)), c.want, c.why)
		})
	}
}

// TestEndpointThatIsKnown: what decided it is of no interest.
func TestEndpointThatIsKnown(t *testing.T) {
	known := resource.StringValue("oncall@example.org").WithOrigin(resource.Origin{Cause: resource.Variable, Deciders: []string{"var.team"}})
	chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, chaintest.Complete, chaintest.Setting(chaintest.TheSubscription, "endpoint", known))), "ok", "")
}

// TestFIFO: a FIFO topic delivers to queues only.
func TestFIFO(t *testing.T) {
	const name = `name = "security"`
	fifo := chaintest.Edits{name, name + "\n fifo_topic = true"}
	chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, fifo.Of(t, chaintest.Complete))), "broken subscription-endpoint at "+chaintest.TheSubscription+" protocol", "not by email")
	queue := chaintest.Delivered("sqs", chaintest.TheQueue+".arn", chaintest.QueueOf("policy = "+chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", ""))))
	chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, fifo.Of(t, queue))), "ok", "")
	perhaps := chaintest.Edits{name, name + "\n fifo_topic = var.fifo"}.Of(t, chaintest.Complete)
	d := chaintest.Build(t, perhaps)
	chaintest.Compare(t, chaintest.DeliveryOf(d), "ok", "")
	if topic := d.Topics[chaintest.TheTopic]; topic.FIFO != nil || topic.Unknown["fifo_topic"] != "var.fifo has no value" {
		t.Errorf("%v %v", topic.FIFO, topic.Unknown)
	}
	if topic := chaintest.Build(t, fifo.Of(t, chaintest.Complete)).Topics[chaintest.TheTopic]; topic.FIFO == nil || !*topic.FIFO {
		t.Errorf("fifo: %v", topic.FIFO)
	}
}

// TestTopicLimits: to whom a topic of its kind delivers.
func TestTopicLimits(t *testing.T) {
	const (
		endpoint = "broken subscription-endpoint at " + chaintest.TheSubscription + " endpoint"
		protocol = "broken subscription-endpoint at " + chaintest.TheSubscription + " protocol"
		large    = "a topic with messages above 256 KiB delivers only to queues, functions and delivery streams, not by "
		ordered  = "a FIFO queue accepts messages only from FIFO topics"
		function = `"arn:aws:lambda:us-east-1:111122223333:function:f"`
		topicARN = "topic_arn = aws_sns_topic.security.arn"
	)
	queue := func(arguments string) string {
		return chaintest.QueueOf("policy = " + chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", "")) + "\n" + arguments)
	}
	fifo, plain := chaintest.Delivered("sqs", chaintest.TheQueue+".arn", queue("fifo_queue = true")), chaintest.Delivered("sqs", chaintest.TheQueue+".arn", queue(""))
	for name, c := range map[string]struct {
		topic, world string
		want, why    string
	}{
		"a FIFO queue":                             {"", fifo, endpoint, ordered},
		"a FIFO queue of a FIFO topic":             {"fifo_topic = true", fifo, "ok", ""},
		"a queue":                                  {"", plain, "ok", ""},
		"a queue that may be FIFO":                 {"", chaintest.Delivered("sqs", chaintest.TheQueue+".arn", queue("fifo_queue = var.fifo")), "ok", ""},
		"a FIFO queue of a topic elsewhere":        {"", chaintest.Edits{topicARN, `topic_arn = "arn:aws:sns:us-east-1:111122223333:other"`}.Of(t, fifo), "ok", ""},
		"people":                                   {"maximum_message_size = 262144", chaintest.Complete, "ok", ""},
		"people on a topic of large messages":      {"maximum_message_size = 262145", chaintest.Complete, protocol, large + "email"},
		"people on a topic of messages to be seen": {"maximum_message_size = var.most", chaintest.Complete, "ok", ""},
		"a queue on a topic of large messages":     {"maximum_message_size = 262145", plain, "ok", ""},
		"a function on a topic of large messages":  {"maximum_message_size = 262145", chaintest.Delivered("lambda", function, ""), "ok", ""},
		"some protocol, large messages":            {"maximum_message_size = 262145", strings.Replace(chaintest.Complete, `"email"`, "var.protocol", 1), "unknown value-unknown at " + chaintest.TheSubscription + " protocol", ""},
	} {
		t.Run(name, func(t *testing.T) {
			const named = `name = "security"`
			world := chaintest.Edits{named, named + "\n " + c.topic}.Of(t, c.world)
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, world)), c.want, c.why)
		})
	}
}

// TestPlaceOfSubscription: SNS finds the topics of its own region alone.
func TestPlaceOfSubscription(t *testing.T) {
	const (
		other = "broken subscription-other-region at " + chaintest.TheSubscription + " topic_arn"
		open  = "unknown value-unknown at " + chaintest.TheSubscription + " region"
		place = "the subscription is made in eu-west-1, the topic is in "
	)
	made := func(region string) chaintest.Option {
		return chaintest.At(chaintest.TheSubscription, func(r *resource.Resource) { r.Scope.Region, r.Scope.Provider = region, "aws.other" })
	}
	stated := func(v resource.Value) chaintest.Option {
		return chaintest.Setting(chaintest.TheSubscription, "region", v)
	}
	here := chaintest.At(chaintest.TheTopic, func(r *resource.Resource) { r.Scope.Region = "us-east-1" })
	chat := chaintest.Edits{`"email"`, `"chatbot"`, `"oncall@example.org"`, `"https://chatbot.example.org/in"`}.Of(t, chaintest.Complete)
	elsewhere := chaintest.Edits{"topic_arn = aws_sns_topic.security.arn", `topic_arn = "arn:aws:sns:us-west-2:111122223333:other"`}.Of(t, chaintest.Complete)
	for name, c := range map[string]struct {
		world     string
		options   []chaintest.Option
		want, why string
	}{
		"the topic's region by another provider": {chaintest.Complete, []chaintest.Option{here, made("us-east-1")}, "ok", ""},
		"another region":                         {chaintest.Complete, []chaintest.Option{here, made("eu-west-1")}, other, place + "us-east-1"},
		"a region that is open":                  {chaintest.Complete, []chaintest.Option{here, chaintest.WithoutPlace(chaintest.TheSubscription)}, open, "whether it is the region of the topic"},
		"a chat in a region that is open":        {chat, []chaintest.Option{here, chaintest.WithoutPlace(chaintest.TheSubscription)}, "ok", ""},
		"another region than the ARN's":          {elsewhere, []chaintest.Option{made("eu-west-1")}, other, place + "us-west-2"},
		"an open region, a topic elsewhere":      {elsewhere, []chaintest.Option{chaintest.WithoutPlace(chaintest.TheSubscription)}, "ok", ""},
		"the property of a template":             {chaintest.Complete, []chaintest.Option{here, made("eu-west-1"), stated(resource.StringValue("us-east-1"))}, "ok", ""},
		"the property of a template, wrong":      {chaintest.Complete, []chaintest.Option{here, made("us-east-1"), stated(resource.StringValue("eu-west-1"))}, other, ""},
		"the property of a template, anywhere":   {chaintest.Complete, []chaintest.Option{chaintest.At(chaintest.TheTopic, func(r *resource.Resource) { r.Scope.Region = "" }), made(""), stated(resource.StringValue("eu-west-1"))}, open, ""},
		"the property of a template, open":       {chaintest.Complete, []chaintest.Option{here, made("us-east-1"), stated(resource.UnknownValue(resource.Origin{Cause: resource.Variable}))}, open, ""},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, c.world, c.options...)), c.want, c.why)
		})
	}
}

// TestFilterPolicies: which of them let an alarm message through.
func TestFilterPolicies(t *testing.T) {
	const (
		filtered  = "broken subscription-filtered at " + chaintest.TheSubscription + " filter_policy"
		undecided = "unknown subscription-filter-undecided at " + chaintest.TheSubscription + " filter_policy"
		body      = "filter_policy_scope = \"MessageBody\""
		second    = "aws_cloudwatch_metric_alarm \"second\" {\n alarm_name = %\n alarm_actions = [aws_sns_topic.security.arn]\n}"
	)
	quoted := func(policy string) string { return "<<JSON\n" + policy + "\nJSON\n" }
	named := func(name string) string { return strings.Replace(second, "%", name, 1) }
	for name, c := range map[string]struct {
		policy, scope, world string
		want, why            string
	}{
		"none":                             {"null", "", "", "ok", ""},
		"an empty text":                    {`""`, "", "", "ok", ""},
		"an empty object":                  {quoted("{}"), "", "", "ok", ""},
		"no object":                        {quoted(`["x"]`), "", "", undecided, "filter_policy is not a JSON object"},
		"what nobody sees":                 {"hidden()", "", "", undecided, "filter_policy is (known after apply)"},
		"a scope that nobody sees":         {quoted("{}"), "filter_policy_scope = var.scope", "", undecided, "filter_policy is "},
		"no policy of a scope nobody sees": {"null", "filter_policy_scope = var.scope", "", "ok", ""},
		"an attribute":                     {quoted(`{"team": ["soc"]}`), "", "", filtered, "it requires the message attribute team"},
		"an attribute that is there":       {quoted(`{"team": [{"exists": true}]}`), "", "", filtered, ""},
		"an attribute by its scope":        {quoted(`{"NewStateValue": ["ALARM"]}`), `filter_policy_scope = "MessageAttributes"`, "", filtered, "NewStateValue"},
		"one of two attributes":            {quoted(`{"a": [{"exists": false}], "b": ["x"]}`), "", "", filtered, "the message attribute"},

		"the state":                               {quoted(`{"NewStateValue": ["ALARM"]}`), body, "", "ok", ""},
		"another state":                           {quoted(`{"NewStateValue": ["OK"]}`), body, "", filtered, "it does not let NewStateValue ALARM through"},
		"either state":                            {quoted(`{"NewStateValue": ["OK", "ALARM"]}`), body, "", "ok", ""},
		"all but another state":                   {quoted(`{"NewStateValue": [{"anything-but": "OK"}]}`), body, "", "ok", ""},
		"all but this state":                      {quoted(`{"NewStateValue": [{"anything-but": "ALARM"}]}`), body, "", filtered, ""},
		"all but several states":                  {quoted(`{"NewStateValue": [{"anything-but": ["OK", "INSUFFICIENT_DATA"]}]}`), body, "", "ok", ""},
		"all but several, of which this":          {quoted(`{"NewStateValue": [{"anything-but": ["OK", "ALARM"]}]}`), body, "", filtered, ""},
		"the state in other letters":              {quoted(`{"NewStateValue": [{"equals-ignore-case": "alarm"}]}`), body, "", "ok", ""},
		"another state in other letters":          {quoted(`{"NewStateValue": [{"equals-ignore-case": "ok"}]}`), body, "", filtered, ""},
		"the state in wrong letters":              {quoted(`{"NewStateValue": ["alarm"]}`), body, "", filtered, ""},
		"a test that is new":                      {quoted(`{"NewStateValue": [{"sounds-like": "alarm"}]}`), body, "", undecided, "it tests NewStateValue of the message body"},
		"two tests in one":                        {quoted(`{"NewStateValue": [{"prefix": "AL", "suffix": "X"}]}`), body, "", undecided, ""},
		"a test that is new beside a good one":    {quoted(`{"NewStateValue": [{"sounds-like": "alarm"}, "ALARM"]}`), body, "", "ok", ""},
		"a rule that is not a list":               {quoted(`{"NewStateValue": "ALARM"}`), body, "", undecided, ""},
		"another member":                          {quoted(`{"Region": ["US East"]}`), body, "", undecided, "it tests Region of the message body"},
		"a member that is not there":              {quoted(`{"Severity": ["x"]}`), body, "", filtered, "it requires the field Severity"},
		"no member that is not there":             {quoted(`{"Severity": [{"exists": false}]}`), body, "", "ok", ""},
		"a member that is there, or not":          {quoted(`{"Severity": [{"exists": true}, {"exists": false}]}`), body, "", "ok", ""},
		"a member that has to be there":           {quoted(`{"Severity": [{"exists": true}]}`), body, "", filtered, ""},
		"a member that is":                        {quoted(`{"Region": [{"exists": true}]}`), body, "", "ok", ""},
		"two wrong members, of which one is told": {quoted(`{"NewStateValue": ["OK"], "AlarmName": ["x"]}`), body, "", filtered, "it does not let AlarmName denied-calls through"},
		"a wrong member after an undecided one":   {quoted(`{"NewStateValue": ["OK"], "AWSAccountId": ["x"]}`), body, "", filtered, "NewStateValue"},
		"two undecided members":                   {quoted(`{"Region": ["x"], "AlarmArn": ["x"]}`), body, "", undecided, "it tests AlarmArn"},
		"the metric":                              {quoted(`{"Trigger": {"MetricName": ["Denied"], "Namespace": ["Security"]}}`), body, "", "ok", ""},
		"another metric":                          {quoted(`{"Trigger": {"MetricName": ["Other"]}}`), body, "", filtered, ""},
		"the metric, beside a composite alarm":    {quoted(`{"Trigger": {"MetricName": ["Denied"]}}`), body, chaintest.Over("any", `"ALARM(x)"`), undecided, ""},
		"an undecided member and a wrong one":     {quoted(`{"NewStateValue": ["OK"], "OtherThing": ["x"]}`), body, "", filtered, ""},

		"the alarm's name":                 {quoted(`{"AlarmName": ["denied-calls"]}`), body, "", "ok", ""},
		"the beginning of its name":        {quoted(`{"AlarmName": [{"prefix": "denied-"}]}`), body, "", "ok", ""},
		"the end of its name":              {quoted(`{"AlarmName": [{"suffix": "-calls"}]}`), body, "", "ok", ""},
		"the beginning is not the end":     {quoted(`{"AlarmName": [{"prefix": "-calls"}]}`), body, "", filtered, ""},
		"the end is not the beginning":     {quoted(`{"AlarmName": [{"suffix": "denied-"}]}`), body, "", filtered, ""},
		"another name":                     {quoted(`{"AlarmName": ["other"]}`), body, "", filtered, "it does not let AlarmName denied-calls through"},
		"the name of one of two alarms":    {quoted(`{"AlarmName": ["denied-calls"]}`), body, named(`"second"`), undecided, ""},
		"the names of two alarms":          {quoted(`{"AlarmName": ["denied-calls", "second"]}`), body, named(`"second"`), "ok", ""},
		"the name of none of two":          {quoted(`{"AlarmName": ["x"]}`), body, named(`"second"`), filtered, "AlarmName denied-calls or second"},
		"beside an alarm of no known name": {quoted(`{"AlarmName": ["denied-calls"]}`), body, named("var.name"), undecided, ""},
		"beside an alarm of another topic": {quoted(`{"AlarmName": ["denied-calls"]}`), body, strings.Replace(named("var.name"), chaintest.TheTopic+".arn", "var.topic", 1), "ok", ""},
		"the name of a composite alarm":    {quoted(`{"AlarmName": ["denied-calls"]}`), body, chaintest.Over("any", `"ALARM(x)"`), undecided, ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{`"oncall@example.org"`, `"oncall@example.org"` + "\n filter_policy = " + c.policy + "\n" + c.scope, "", c.world}.Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, world)), c.want, c.why)
		})
	}
}

// TestDoubts: what an expert says of a subscription that delivers.
func TestDoubts(t *testing.T) {
	for name, c := range map[string]struct {
		protocol, endpoint, arguments string
		want                          []string
	}{
		"an address":                   {"email", "oncall@example.org", "", []string{"email-needs-confirmation"}},
		"an address that waits":        {"email", "oncall@example.org", "pending_confirmation = true", []string{"email-unconfirmed"}},
		"an address that is confirmed": {"email-json", "oncall@example.org", "pending_confirmation = false", nil},
		"a URL":                        {"https", "https://alerts.example.org/in", "", []string{"endpoint-needs-confirmation"}},
		"a URL that confirms":          {"https", "https://alerts.example.org/in", "endpoint_auto_confirms = true", nil},
		"a URL that may confirm":       {"https", "https://alerts.example.org/in", "endpoint_auto_confirms = var.x", nil},
		"a URL that is confirmed":      {"https", "https://alerts.example.org/in", "pending_confirmation = false", nil},
		"a URL that waits":             {"http", "http://alerts.example.org/in", "pending_confirmation = true", []string{"endpoint-needs-confirmation"}},
		"a number":                     {"sms", "+15550100100", "", []string{"sms-limits"}},
		"a queue of another account":   {"sqs", "arn:aws:sqs:us-east-1:444455556666:q", "", []string{"subscription-other-account"}},
		"a queue of no account":        {"sqs", "arn:aws:sqs:us-east-1::q", "", []string{"receiver-outside"}},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{`"email"`, `"` + c.protocol + `"`, `"oncall@example.org"`, `"` + c.endpoint + "\"\n" + c.arguments}.Of(t, chaintest.Complete)
			var got []string
			for _, doubt := range chaintest.Build(t, world).Subscriptions[chaintest.TheSubscription].Doubts {
				got = append(got, doubt.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	t.Run("a secret queue of another account", func(t *testing.T) {
		d := chaintest.Build(t, chaintest.Delivered("sqs", `secret("arn:aws:sqs:us-east-1:444455556666:q")`, ""))
		for _, doubt := range d.Subscriptions[chaintest.TheSubscription].Doubts {
			if strings.Contains(doubt.Text, "444455556666") {
				t.Errorf("%s", doubt.Text)
			}
		}
	})
}

// TestUndelivered: why nothing that is published to a topic is delivered.
func TestUndelivered(t *testing.T) {
	const (
		address = `"oncall@example.org"`
		link    = "topic_arn = aws_sns_topic.security.arn"
		second  = "aws_sns_topic \"second\" {\n name = \"second\"\n}"
		bad     = "broken subscription-endpoint at aws_sns_topic_subscription.second endpoint"
		perhaps = "unknown value-unknown at " + chaintest.TheSubscription + " topic_arn"
	)
	subscription := func(topic, endpoint string) string {
		return "\naws_sns_topic_subscription \"second\" {\n topic_arn = " + topic + "\n protocol = \"email\"\n endpoint = " + endpoint + "\n}\n"
	}
	for name, c := range map[string]struct {
		chaintest.Edits
		options    []chaintest.Option
		delivering []string
		want       []string
	}{
		"one that delivers":                          {nil, nil, []string{chaintest.TheSubscription}, nil},
		"none":                                       {chaintest.Edits{link, "topic_arn = \"arn:aws:sns:us-east-1:111122223333:x\""}, nil, nil, []string{"broken no-subscription at " + chaintest.TheTopic}},
		"one that does not":                          {chaintest.Edits{address, `""`}, nil, nil, []string{"broken subscription-endpoint at " + chaintest.TheSubscription + " endpoint"}},
		"two that do not":                            {chaintest.Edits{address, `""`, "", subscription(chaintest.TheTopic+".arn", `""`)}, nil, nil, []string{"broken subscription-endpoint at " + chaintest.TheSubscription + " endpoint", bad}},
		"one that does beside one that does not":     {chaintest.Edits{"", subscription(chaintest.TheTopic+".arn", `""`)}, nil, []string{chaintest.TheSubscription}, nil},
		"one that may beside one that does not":      {chaintest.Edits{address, "var.address", "", subscription(chaintest.TheTopic+".arn", `""`)}, nil, nil, []string{"unknown value-unknown at " + chaintest.TheSubscription + " endpoint"}},
		"one that does beside one that may":          {chaintest.Edits{address, "var.address", "", subscription(chaintest.TheTopic+".arn", `"o@example.org"`)}, nil, []string{"aws_sns_topic_subscription.second"}, nil},
		"one of either topic":                        {chaintest.Edits{link, "topic_arn = one(aws_sns_topic.second.arn, aws_sns_topic.security.arn)", "", second}, nil, nil, []string{perhaps}},
		"one of some topic":                          {chaintest.Edits{link, "topic_arn = var.topic"}, nil, nil, []string{perhaps}},
		"one of some topic beside one that does not": {chaintest.Edits{link, "topic_arn = var.topic", "", subscription(chaintest.TheTopic+".arn", `""`)}, nil, nil, []string{perhaps}},
		"one of some topic beside one that does":     {chaintest.Edits{link, "topic_arn = var.topic", "", subscription(chaintest.TheTopic+".arn", `"o@example.org"`)}, nil, []string{"aws_sns_topic_subscription.second"}, nil},
		"a chat channel":                             {chaintest.Edits{address, `""`, "", "aws_chatbot_slack_channel_configuration \"c\" {\n sns_topic_arns = [aws_sns_topic.security.arn]\n}"}, nil, []string{"aws_chatbot_slack_channel_configuration.c"}, nil},
		"one that may exist beside one that does":    {chaintest.Edits{"", subscription(chaintest.TheTopic+".arn", `"o@example.org"`+"\n uncertain = \"count\"")}, nil, []string{chaintest.TheSubscription}, nil},
		"one that may exist":                         {chaintest.Edits{address, address + "\n uncertain = \"count\""}, nil, []string{chaintest.TheSubscription}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			topic := chaintest.Build(t, c.Of(t, chaintest.Complete), c.options...).Topics[chaintest.TheTopic]
			var got []string
			for _, check := range topic.Undelivered {
				got = append(got, chaintest.Line(check))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if !slices.Equal(topic.Delivering, c.delivering) {
				t.Errorf("delivering: %v", topic.Delivering)
			}
		})
	}
}

// TestSubscriptionsOfATopic: which are on it, and what sets its policy.
func TestSubscriptionsOfATopic(t *testing.T) {
	const second = "aws_sns_topic \"second\" {\n name = \"second\"\n}\naws_sns_topic_subscription \"either\" {\n topic_arn = one(aws_sns_topic.second.arn, aws_sns_topic.security.arn)\n}\n"
	d := chaintest.Build(t, chaintest.Complete+second+chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets)))
	topic := d.Topics[chaintest.TheTopic]
	if want := []string{chaintest.TheSubscription, "aws_sns_topic_subscription.either"}; !slices.Equal(topic.Subscriptions, want) {
		t.Errorf("subscriptions %v", topic.Subscriptions)
	}
	if !slices.Equal(topic.Policies, []string{"aws_sns_topic_policy.p"}) {
		t.Errorf("policies %v", topic.Policies)
	}
	if other := d.Topics["aws_sns_topic.second"]; !slices.Equal(other.Subscriptions, []string{"aws_sns_topic_subscription.either"}) || len(other.Policies) != 0 {
		t.Errorf("second: %v %v", other.Subscriptions, other.Policies)
	}
}

// TestPolicyBesideAResource: before an apply only somebody who wrote the argument
// can have set it.
func TestPolicyBesideAResource(t *testing.T) {
	const name = `name = "security"`
	inside := chaintest.Edits{name, name + "\n policy = " + chaintest.PolicyOf(chaintest.Publishing(chaintest.Lets))}
	created := chaintest.At(chaintest.TheTopic, func(r *resource.Resource) { r.Change.Action = resource.Create })
	for _, c := range []struct {
		name, world string
		options     []chaintest.Option
		want        []string
	}{
		{"made with both", inside.Of(t, chaintest.Complete) + chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets)), []chaintest.Option{created}, []string{chaintest.ThePolicy, chaintest.TheTopic}},
		{"there already", inside.Of(t, chaintest.Complete) + chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets)), nil, []string{chaintest.ThePolicy}},
		{"made with a resource", chaintest.Complete + chaintest.TopicPolicy(chaintest.Publishing(chaintest.Lets)), []chaintest.Option{created}, []string{chaintest.ThePolicy}},
		{"made with the argument", inside.Of(t, chaintest.Complete), []chaintest.Option{created}, []string{chaintest.TheTopic}},
	} {
		if got := chaintest.Build(t, c.world, c.options...).Topics[chaintest.TheTopic].Policies; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestTopicElsewhere: who hears a topic that the input does not make, nobody sees.
func TestTopicElsewhere(t *testing.T) {
	const elsewhere = "arn:aws:sns:eu-west-1:444455556666:elsewhere"
	world := chaintest.Edits{"[aws_sns_topic.security.arn]", `["` + elsewhere + `"]`}
	topic := chaintest.Build(t, world.Of(t, chaintest.Complete)).Topics[elsewhere]
	if topic.Region != "eu-west-1" || topic.Account != "444455556666" || !topic.External {
		t.Errorf("%+v", topic.Node)
	}
	if len(topic.Undelivered) != 1 || chaintest.Line(topic.Undelivered[0]) != "broken subscription-elsewhere at "+elsewhere {
		t.Errorf("%v", topic.Undelivered)
	}
	own := append(world, "topic_arn = aws_sns_topic.security.arn", `topic_arn = "`+elsewhere+`"`)
	there := chaintest.At(chaintest.TheSubscription, func(r *resource.Resource) { r.Scope.Region = "eu-west-1" })
	if topic := chaintest.Build(t, own.Of(t, chaintest.Complete), there).Topics[elsewhere]; len(topic.Undelivered) != 0 || !slices.Equal(topic.Delivering, []string{chaintest.TheSubscription}) {
		t.Errorf("%v %v", topic.Undelivered, topic.Delivering)
	}
}
