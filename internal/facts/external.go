package facts

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/glob"
	"github.com/iacgate/iacgate/internal/resource"
)

// matchingEntries returns the indices of the entries under external, of one kind, that
// match one of some names.
func (b *Base) matchingEntries(glob func(i int) string, texts []resource.Text) []int {
	named := []int{}
	for i := range b.config.External {
		if g := glob(i); g != "" && slices.ContainsFunc(texts, func(t resource.Text) bool { return mayMatch(g, t) }) {
			named = append(named, i)
		}
	}
	return named
}

// topicEntries returns the entries that name the topic of an action: as the code writes it,
// by its address or by its ARN, as far as the input determines the ARN before it
// exists.
func (b *Base) topicEntries(text, topic string) []int {
	if len(b.config.External) == 0 {
		return []int{}
	}
	texts := []resource.Text{resource.Text(text), resource.Text(topic)}
	if t := b.Graph.Topic(topic); t != nil {
		texts = append(texts, arnsOf(t.ARN, t.Name, t.Place, "sns", "")...)
	}
	return b.matchingEntries(func(i int) string { return b.config.External[i].Topic }, texts)
}

// arnsOf returns the ARNs of a resource: the known one, and the one that follows from its
// place and name. That of a log group is also written with its
// streams.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
func arnsOf(arn, name resource.Value, at resource.Scope, service, before string) (texts []resource.Text) {
	if known, ok := arn.Symbolic(); ok {
		texts = append(texts, resource.Text(known))
	}
	if known, ok := name.Symbolic(); ok && known != "" {
		made := "arn:" + at.PartitionText() + ":" + resource.Text(service) + ":" + at.RegionText() + ":" + at.AccountText() + ":" + resource.Text(before+known)
		texts = append(texts, made)
		if service == "logs" {
			texts = append(texts, made+":*")
		}
	}
	return texts
}

// unwritten represents a text that nobody can write: only a star covers it.
const unwritten = "\uFFFC\uFFFC\uFFFC"

// maxSpellings bounds the texts that are tried for one with symbols.
const maxSpellings = 1024

// mayMatch reports whether a glob matches a text. A part that only apply can tell, such as
// a region, an account, a partition or a generated name, matches what the glob has in its
// place. Other symbols are values that the user has yet to give, so only a star matches
// them.
func mayMatch(pattern string, text resource.Text) bool {
	spellings := []string{string(text)}
	for _, symbol := range resource.Symbols(string(text)) {
		var more []string
		for _, value := range symbolValues(pattern, symbol) {
			for _, s := range spellings {
				if len(more) < maxSpellings {
					more = append(more, strings.ReplaceAll(s, resource.Symbol(symbol), value))
				}
			}
		}
		spellings = more
	}
	return slices.ContainsFunc(spellings, func(s string) bool { return glob.MatchText(pattern, s) })
}

// symbolValues returns the values in a glob that a symbol may have.
func symbolValues(pattern, symbol string) []string {
	words := strings.FieldsFunc(pattern, func(c rune) bool { return strings.ContainsRune(":{},*?[]!/ ", c) })
	values := []string{unwritten}
	if of, ok := resource.GeneratedFor(symbol); ok {
		return append(values, generatedNames(of, words)...)
	}
	switch what, _ := resource.PlaceOf(symbol); what {
	case "partition":
		values = append(values, resource.Partitions()...)
	case "region":
		values = append(values, slices.DeleteFunc(words, func(word string) bool { return !resource.IsRegion(word) })...)
	case "account":
		values = append(values, slices.DeleteFunc(words, func(word string) bool { return !resource.IsAccount(word) })...)
	}
	return values
}

// generatedNames returns those of some words that may be a name that CloudFormation
// generates for a resource: the stack, the resource and a random text.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
func generatedNames(address string, words []string) []string {
	parts := strings.FieldsFunc(address, func(c rune) bool { return strings.ContainsRune(".:∶", c) })
	if len(parts) > 1 && strings.HasPrefix(parts[len(parts)-2], "aws_") {
		return nil // Terraform's names have nothing of the resource
	}
	logical := parts[len(parts)-1]
	stacks, randoms := []string{unwritten}, []string{unwritten}
	for _, word := range words {
		if before, after, found := strings.Cut("-"+word+"-", "-"+logical+"-"); found {
			stacks = append(stacks, strings.Trim(before, "-"))
			randoms = append(randoms, strings.Trim(after, "-"))
		}
	}
	var names []string
	for _, stack := range stacks {
		for _, random := range randoms {
			if stack != "" && random != "" {
				names = append(names, stack+"-"+logical+"-"+random)
			}
		}
	}
	return names
}
