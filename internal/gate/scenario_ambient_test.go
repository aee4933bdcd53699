package gate_test

import "github.com/iacgate/iacgate/internal/verdict"

// ambient leaves the region to the environment of whoever plans.
func ambient(d draft) {
	provider := d.plan["configuration"].(object)["provider_config"].(object)["aws"].(object)
	delete(provider["expressions"].(object), "region")
}

const elsewhereARN = "arn:aws:sns:eu-west-1:111122223333:alerts"

// ambientScenarios: what the code states is not refuted by the environment of a
// plan (docs/decisions/0009).
var ambientScenarios = []scenario{
	{name: "region from the environment", of: "2.1", edits: []edit{ambient}, want: verdict.Pass},
	{name: "topic of another region than the environment's", of: "A04, 2.1",
		edits: []edit{ambient, setAttribute(alarm, "alarm_actions", []any{elsewhereARN})},
		want:  verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", elsewhereARN, ""}, {"subscription-elsewhere", elsewhereARN, ""}}},
	{name: "topic of another region than the stated one", of: "A04, 2.4",
		edits: []edit{setAttribute(alarm, "alarm_actions", []any{elsewhereARN})},
		want:  verdict.Fail, at: "topic",
		says: []said{{"topic-other-region", elsewhereARN, ""}, {"topic-outside", elsewhereARN, ""}, {"subscription-elsewhere", elsewhereARN, ""}}},
}
