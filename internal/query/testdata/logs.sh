# Log events that filter patterns match, as CloudWatch matches them, at the time of the log event.
# Each file holds what one filter matches: give one at a time to iacgate backtest --events. Hours without a match are
# silent there, so that figures per week are too large, and a filter's default value is not published.
# Asked with --since 2026-11-02T00:00:00Z --until 2026-11-08T00:00:30Z: give the same with --events.
# Not asked: an alarm DROP TABLE x: of a pattern that is sensitive
# Not asked: filter missed: a filter pattern does not say AND NOT.

# alarm
aws logs filter-log-events --log-group-name='/its/trail#1' \
  --start-time 1793577600000 --end-time 1794096029999 \
  --filter-pattern='{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }' \
  --output json > denied.json

# filter quotes
aws logs filter-log-events --log-group-name='/its/trail#1' \
  --start-time 1793577600000 --end-time 1794096029999 \
  --filter-pattern='{ $.errorMessage = "it'\''s 100%_\\x\"*end" }' \
  --output json > quotes.json

# filter regexps
aws logs filter-log-events --log-group-name='/its/trail#1' \
  --start-time 1793577600000 --end-time 1794096029999 \
  --filter-pattern='{ $.sourceIPAddress = %^10\.[0-9]+/% || $.userAgent != %a b$% }' \
  --output json > regexps.json

# filter identity
aws logs filter-log-events --log-group-name='/its/trail#1' \
  --start-time 1793577600000 --end-time 1794096029999 \
  --filter-pattern='{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.sessionContext.sessionIssuer.userName = "a*b" }' \
  --output json > identity.json

# filter below
aws logs filter-log-events --log-group-name='/its/trail#1' \
  --start-time 1793577600000 --end-time 1794096029999 \
  --filter-pattern='{ $.requestParameters.items[0].name = "x" && $.additionalEventData.MFAUsed != "Yes" && $.requestParameters.count >= 5 && $.requestParameters.n = 1.50 }' \
  --output json > below.json

# filter text
aws logs filter-log-events --log-group-name='/its/trail#1' \
  --start-time 1793577600000 --end-time 1794096029999 \
  --filter-pattern='?ERROR "it'\''s"' \
  --output json > text.json
