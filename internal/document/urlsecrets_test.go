package document

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	for url, want := range map[string]string{
		"https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX":          "https://hooks.slack.com/services/(sensitive)",
		"https://events.pagerduty.com/integration/0123456789abcdef0123456789abcdef/enqueue":      "https://events.pagerduty.com/integration/(sensitive)/enqueue",
		"https://events.eu.pagerduty.com/x-ere/R0123456789ABCDEF":                                "https://events.eu.pagerduty.com/x-ere/(sensitive)",
		"https://api.opsgenie.com/v1/json/amazonsns?apiKey=01234567-89ab-cdef":                   "https://api.opsgenie.com/v1/json/amazonsns?apiKey=(sensitive)",
		"https://ops:hunter2hunter2@alerts.example.org/sns?team=soc":                             "https://(sensitive)@alerts.example.org/sns?team=soc",
		"https://discord.com/api/webhooks/123456789012345678/abcdefghijklmnop":                   "https://discord.com/api/webhooks/(sensitive)",
		"https://acme.webhook.office.com/webhookb2/11111111-2222@3333/IncomingWebhook/4444/5555": "https://acme.webhook.office.com/webhookb2/(sensitive)",
		"https://alert.victorops.com/integrations/cloudwatch/20131130/alert/01234567-89ab/soc":   "https://alert.victorops.com/integrations/cloudwatch/20131130/alert/(sensitive)",
		"http://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX":           "http://hooks.slack.com/services/(sensitive)",
		" HTTPS://Hooks.Slack.com:443/services/T00000000/B00000000/XXXXXXXX ":                    " HTTPS://Hooks.Slack.com:443/services/(sensitive) ",
		"https://me:pw@hooks.slack.com/services/T00000000/B00000000/XXXXXXXX":                    "(sensitive)hooks.slack.com/services/(sensitive)",
		"https://0123456789abcdef@alerts.example.org/sns":                                        "https://(sensitive)@alerts.example.org/sns",
		"https://alerts.example.org/sns?key=s3cr3t&team=soc":                                     "https://alerts.example.org/sns(sensitive)&team=soc",
		"https://alerts.example.org/sns?api%5Fkey=01234567":                                      "https://alerts.example.org/sns?api%5Fkey=(sensitive)",
		"https://alerts.example.org/sns#access_token=01234567":                                   "https://alerts.example.org/sns#access_token=(sensitive)",
		"https://api.telegram.org/bot123456:ABC-DEF1234ghIkl/sendMessage":                        "https://api.telegram.org/bot(sensitive)/sendMessage",
		"https://chat.example.org/hooks/generatedkey":                                            "https://chat.example.org/hooks/(sensitive)",
		"https://oncall.example.org/integrations/v1/amazon_sns/0a1b2c3d4e5f6a7b8c9d0e1f/":        "https://oncall.example.org/integrations/v1/amazon_sns/(sensitive)/",
		"https://oncall.example.org/in/01234567-89ab-cdef-0123-456789abcdef":                     "https://oncall.example.org/in/(sensitive)",
		"https://alerts.example.org/cloudwatch-alarms-to-teams-v2/eu-west-1/111122223333/prod":   "https://alerts.example.org/cloudwatch-alarms-to-teams-v2/eu-west-1/111122223333/prod",
		"https://a1b2c3d4e5f6a7b8c9d0e1f2.execute-api.eu-west-1.amazonaws.com/prod/alarms":       "https://a1b2c3d4e5f6a7b8c9d0e1f2.execute-api.eu-west-1.amazonaws.com/prod/alarms",
		"https://alerts.example.org/sns?team=soc&region=eu":                                      "https://alerts.example.org/sns?team=soc&region=eu",
		"oncall@example.org":                        "oncall@example.org",
		"arn:aws:sqs:eu-west-1:111122223333:alerts": "arn:aws:sqs:eu-west-1:111122223333:alerts",
	} {
		if diff := cmp.Diff(want, NewRedactor(urlSecrets(url)).Text(url)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
