package document

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// Secrets returns the texts of an input that no output may hold: what it marks as
// sensitive, and the tokens in the endpoints of its subscriptions, which hardly
// anybody marks.
func Secrets(doc *resource.Document) []string {
	worlds := [][]*resource.Resource{doc.Resources, doc.Before}
	for _, c := range doc.Cases {
		worlds = append(worlds, c.Resources)
	}
	secrets := slices.Clone(doc.Secrets)
	for _, r := range slices.Concat(worlds...) {
		if endpoint, ok := r.Attr("endpoint").Text(); ok && r.Type == "aws_sns_topic_subscription" {
			secrets = append(secrets, urlSecrets(endpoint)...)
		}
	}
	return secrets
}

// secretPatterns are the places of URLs that hold a secret, as their only group: whoever
// knows it can post in the owner's name. A URL that SNS would refuse, such as one
// with http for https, holds the same secret. Parts that are generated are told by
// their shape, whoever the service is.
//
//   - user:password@host (RFC 3986, section 3.2.1)
//   - ?apiKey=, ?token= and their like: https://docs.opsgenie.com/docs/aws-cloudwatch-integration
//   - https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
//   - https://support.pagerduty.com/main/docs/aws-cloudwatch-integration-guide
//   - https://docs.discord.com/developers/resources/webhook
//   - https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
//   - https://help.victorops.com/knowledge-base/aws-cloudwatch-integration-guide
//   - https://core.telegram.org/bots/api#making-requests
//   - /hooks/: https://developers.mattermost.com/integrate/webhooks/incoming/
//   - a part of a path that is a UUID, or at least 20 letters and digits, of both kinds
var secretPatterns = sync.OnceValue(func() []*regexp.Regexp {
	const site = `(?i)^\s*https?://(?:[^/?#@]*@)?`
	const end = `(?::\d+)?/`
	var all []*regexp.Regexp
	for _, expression := range []string{
		`(?i)^\s*[a-z][a-z0-9+.-]*://([^/?#]+)@`,
		`(?i)[?&;#](?:[a-z0-9_.%-]*(?:key|token|secret|password|passwd|signature|sig|auth))=([^&;#\s]+)`,
		site + `hooks\.slack(?:-gov)?\.com` + end + `(?:services|workflows|triggers)/([^?#\s]+)`,
		site + `events(?:\.eu)?\.pagerduty\.com` + end + `(?:integration|x-ere)/([^/?#\s]+)`,
		site + `(?:[a-z]+\.)?discord(?:app)?\.com` + end + `api/(?:v\d+/)?webhooks/([^?#\s]+)`,
		site + `[^/]+\.webhook\.office\.com` + end + `webhookb2/([^?#\s]+)`,
		site + `alert\.victorops\.com` + end + `integrations/[^/]+/[^/]+/alert/([^?#\s]+)`,
		site + `api\.telegram\.org` + end + `bot([^/?#\s]+)`,
		site + `[^/?#]+/(?:[^?#]*/)?hooks/([^?#\s]+)`,
	} {
		all = append(all, regexp.MustCompile(expression))
	}
	return all
})

// webPath finds the path of a URL that SNS could post to.
var webPath = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^\s*https?://[^/?#]*([^?#]*)`) })

// generated are the parts of a path that nobody has chosen.
var generated = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9]{20,}`)
})

// urlSecrets returns the secrets of an endpoint. What is too short to be hidden
// wherever it occurs is taken with the name before it.
func urlSecrets(endpoint string) (found []string) {
	if !strings.Contains(endpoint, "://") && !strings.ContainsAny(endpoint, "?&;#") {
		return nil // an address, a number, an ARN: none of the expressions matches, compiling them takes time
	}
	for _, t := range secretPatterns() {
		for _, m := range t.FindAllStringSubmatch(endpoint, -1) {
			if found = append(found, m[1]); len(m[1]) < resource.MinSecret {
				found = append(found, m[0])
			}
		}
	}
	if m := webPath().FindStringSubmatch(endpoint); m != nil {
		for _, part := range generated().FindAllString(m[1], -1) {
			if mixed(part) {
				found = append(found, part)
			}
		}
	}
	return found
}

// mixed reports whether a text has letters and digits.
func mixed(s string) bool {
	var letters, digits bool
	for _, r := range s {
		if '0' <= r && r <= '9' {
			digits = true
		} else if r != '-' {
			letters = true
		}
	}
	return letters && digits
}
