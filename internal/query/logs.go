package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
)

// groupPlaceholder is written where the input does not name the log group.
const groupPlaceholder = "LOG_GROUP"

// isGroupName reports whether AWS gives log groups such names, of at most 512 characters. The
// AWS CLI would read the file of a name such as file:///etc/passwd, and send it.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
func isGroupName(s string) bool {
	foreign := func(r rune) bool { return !strings.ContainsRune(groupCharacters, r) }
	return s != "" && len(s) <= 512 && !strings.ContainsFunc(s, foreign)
}

const groupCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.#-"

// checkGroups refuses what is no name of a log group.
func (q Query) checkGroups() error {
	for _, g := range q.groups() {
		if !isGroupName(g) {
			return diag.New("", "%s is no name of a log group: letters, digits and . _ - / # only", excerpt(g))
		}
	}
	return nil
}

func (h *head) sayGroup(group string) {
	if group == groupPlaceholder {
		h.say("%s is the log group to ask: the input does not name it.", group)
	}
}

// logsText is a command for each pattern: filter-log-events takes patterns themselves.
// https://docs.aws.amazon.com/cli/latest/reference/logs/filter-log-events.html
func logsText(q Query) (string, error) {
	h := head{mark: "#"}
	h.say("Log events that filter patterns match, as CloudWatch matches them, at the time of the log event.")
	h.say("Each file holds what one filter matches: give one at a time to iacgate backtest --events. Hours without a match are")
	h.say("silent there, so that figures per week are too large, and a filter's default value is not published.")
	h.notes(q, "--events")
	if missing := slices.ContainsFunc(q.Columns, func(c Column) bool { return q.groupOf(c) == groupPlaceholder }); missing {
		h.sayGroup(groupPlaceholder)
	}
	var commands strings.Builder
	times := q.logTimes()
	for _, c := range q.Columns {
		if len(c.All) != 1 || len(c.None) > 0 {
			h.say("Not asked: %s: a filter pattern does not say AND NOT.", c.Title)
			continue
		}
		own := head{mark: "#"}
		own.say("%s", c.Title)
		fmt.Fprintf(&commands, "\n%saws logs filter-log-events --log-group-name=%s \\\n%s  --filter-pattern=%s \\\n  --output json > %s.json\n",
			own.String(), q.groupOf(c), times, shell(c.All[0].String()), c.Name)
	}
	if commands.Len() == 0 {
		return "", diag.New("", "no column is one filter pattern alone")
	}
	return h.String() + commands.String(), nil
}

// logTimes are the flags of the times that are asked for, in milliseconds; "" for all.
func (q Query) logTimes() string {
	var flags []string
	if !q.Since.IsZero() {
		flags = append(flags, fmt.Sprintf("--start-time %d", q.Since.Unix()/60*60*1000))
	}
	if !q.Until.IsZero() {
		flags = append(flags, fmt.Sprintf("--end-time %d", q.Until.Unix()*1000-1))
	}
	if len(flags) == 0 {
		return ""
	}
	return "  " + strings.Join(flags, " ") + " \\\n"
}

// groupOf is the group of a column as a word of a shell: its own, or for a column of any
// the only one that is known.
func (q Query) groupOf(c Column) string {
	switch groups := q.groups(); {
	case c.Group != "":
		return shell(c.Group)
	case len(groups) == 1 && !c.Unplaced:
		return shell(groups[0])
	}
	return groupPlaceholder
}
