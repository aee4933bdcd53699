package analysis

import (
	"regexp"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// Secrets are the texts of an input that no output may hold: what it marks as
// sensitive, and the tokens in the endpoints of its subscriptions, which hardly
// anybody marks.
func Secrets(doc *resource.Document) []string {
	secrets := slices.Clone(doc.Secrets)
	for _, world := range [][]*resource.Resource{doc.Resources, doc.Before} {
		for _, r := range world {
			if endpoint, ok := r.Attr("endpoint").Text(); ok && r.Type == "aws_sns_topic_subscription" {
				secrets = append(secrets, tokensIn(endpoint)...)
			}
		}
	}
	return secrets
}

// tokens are the places of URLs that hold a secret, as their only group: whoever
// knows it can post in the owner's name.
//
//   - user:password@host (RFC 3986, section 3.2.1)
//   - ?apiKey=, ?token= and their like: https://docs.opsgenie.com/docs/aws-cloudwatch-integration
//   - https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
//   - https://support.pagerduty.com/main/docs/aws-cloudwatch-integration-guide
//   - https://docs.discord.com/developers/resources/webhook
//   - https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
//   - https://help.victorops.com/knowledge-base/aws-cloudwatch-integration-guide
var tokens = sync.OnceValue(func() []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, expression := range []string{
		`^[a-z+]+://([^/@]+:[^/@]+)@`,
		`(?i)[?&;](?:[a-z_-]*(?:key|token|secret|password|passwd|signature|sig|auth))=([^&#]+)`,
		`^https://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/(.+)$`,
		`^https://events(?:\.eu)?\.pagerduty\.com/(?:integration|x-ere)/([^/]+)`,
		`^https://(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/(.+)$`,
		`^https://[^/]+\.webhook\.office\.com/webhookb2/(.+)$`,
		`^https://alert\.victorops\.com/integrations/[^/]+/[^/]+/alert/(.+)$`,
	} {
		all = append(all, regexp.MustCompile(expression))
	}
	return all
})

func tokensIn(url string) (found []string) {
	for _, t := range tokens() {
		for _, m := range t.FindAllStringSubmatch(url, -1) {
			found = append(found, m[1])
		}
	}
	return found
}
