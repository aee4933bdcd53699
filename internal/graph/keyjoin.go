package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

var (
	keyTypes = []string{"aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_alias"}
	keyAttrs = []string{"arn", "id", "key_id", "name", "target_key_arn", "target_key_id"}
)

func (g *Graph) keyKind() kind {
	return kind{types: keyTypes, attrs: keyAttrs, named: g.keyNamed, outside: outside}
}

func (g *Graph) joinKeys() {
	key := g.keyKind()
	for _, a := range g.aliases {
		a.key = g.target(a.Resource, argumentsOf(a.Resource).get("target_key_id"), key)
	}
	for _, p := range g.KeyPolicies {
		p.Of = g.KeyOf(g.target(p.Resource, argumentsOf(p.Resource).get("key_id"), key))
		for _, id := range p.Of.To {
			if k := g.Key(id); k != nil {
				k.attach(p, k.Scope())
			}
		}
	}
}

// KeyOf follows aliases to their key.
func (g *Graph) KeyOf(t Target) Target {
	if len(t.To) != 1 {
		return t
	}
	if a := g.indexes.aliases.find(g.aliases, t.To[0]); a != nil {
		if a.External && a.key.State == None {
			return Target{State: External, Text: t.Text, Reason: "its key is managed elsewhere"}
		}
		return a.key
	}
	return t
}

// keyNamed finds the key that a key id, key ARN, alias name or alias ARN means.
func (g *Graph) keyNamed(text string, from *resource.Resource) (Target, bool) {
	name, place := text, from.Scope
	if arn, ok := ParseARN(text); ok && arn.Service == "kms" {
		name, place = arn.Resource, arn.Scope()
	}
	if strings.HasPrefix(name, "alias/") {
		return g.aliasNamed(name, place)
	}
	id := strings.TrimPrefix(name, "key/")
	for _, k := range g.Keys {
		if k.Scope().SameRegion(place) == truth.No {
			continue // a replica has the id of its primary
		}
		if known, ok := argumentsOf(k.Resource).get("key_id").Symbolic(); ok && known == id {
			return Target{State: Known, To: []string{k.ID}}, true
		}
	}
	return Target{}, false
}

func (g *Graph) aliasNamed(name string, place resource.Scope) (Target, bool) {
	for _, a := range g.aliases {
		if known, ok := a.name.Symbolic(); ok && known == name && a.Scope().Same(place) != truth.No {
			return Target{State: Known, To: []string{a.ID}}, true
		}
	}
	return Target{}, false
}
