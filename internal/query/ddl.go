package query

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
)

// Bounds of a definition.
const (
	maxDefinition = 1 << 20 // bytes
	maxNesting    = 32      // types in types
	maxColumns    = 2000    // with the members of structures
)

// ReadTable reads the CREATE TABLE statement of a table with CloudTrail records: names and
// types of its columns and partitions, how members of the JSON are mapped to columns, and
// the format of dates in partitions. All else is passed over.
// https://docs.aws.amazon.com/athena/latest/ug/create-table.html
func ReadTable(in io.Reader) (*Table, error) {
	raw, err := intake.All(in, maxDefinition)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(raw) {
		return nil, errors.New("not a text in UTF-8")
	}
	p := &ddl{}
	if p.tokens, err = ddlTokens(string(raw)); err != nil {
		return nil, err
	}
	t := p.table()
	if p.err != nil {
		return nil, p.err
	}
	return t, t.check()
}

// check looks for what every query needs.
func (t *Table) check() error {
	at, ok := named(t.Columns, "eventTime")
	if !ok {
		return diag.New("", "the table has no column eventtime, which tells the minute of a record").
			WithHint("one row has to be one CloudTrail record; rows of whole log files cannot be asked")
	}
	if at.Type.Kind != String && at.Type.Kind != Timestamp {
		return diag.New("", "the column %s is of the type %s, and should be string or timestamp", at.Name, at.Type.Text)
	}
	return nil
}

// A ddl reads a statement. The first error ends it.
type ddl struct {
	tokens  []ddlToken
	err     error
	columns int
}

// A ddlToken is a word, a text in quotes or a sign.
type ddlToken struct {
	text   string
	quoted byte // ' for a text, ` or " for a name, 0 for none
	line   int
}

// ddlPattern is one token, or a gap between tokens: a comment or blanks.
var ddlPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?P<gap>\s+|--[^\n]*|/\*(?s:.*?)\*/)|(?P<text>'(?:[^'\\]|''|\\(?s:.))*')|(?P<name>` + "`[^`]*`" + `|"[^"]*")|(?P<word>[\pL\pN_$-]+)|(?P<sign>(?s:.)))`)
})

// ddlTokens reads all tokens. What is opened and never closed ends it, or each such
// opening would be looked for to the end.
func ddlTokens(src string) (tokens []ddlToken, err error) {
	line := 1
	for src != "" {
		m := ddlPattern().FindStringSubmatch(src)
		switch text := m[0]; {
		case m[1] != "":
		case m[2] != "":
			tokens = append(tokens, ddlToken{unescape(text[1 : len(text)-1]), '\'', line})
		case m[3] != "":
			tokens = append(tokens, ddlToken{text[1 : len(text)-1], text[0], line})
		case strings.Contains("'\"`", text) || strings.HasPrefix(src, "/*"):
			return nil, &diag.Diagnostic{Line: line, Message: "what begins with " + text + " here is never closed"}
		default:
			tokens = append(tokens, ddlToken{text, 0, line})
		}
		line += strings.Count(m[0], "\n")
		src = src[len(m[0]):]
	}
	return tokens, nil
}

// unescape reads a text of Hive's: two quotes are one, and a backslash keeps what follows.
func unescape(text string) string {
	text = strings.ReplaceAll(text, "''", "'")
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func (p *ddl) peek() ddlToken {
	if len(p.tokens) == 0 {
		return ddlToken{}
	}
	return p.tokens[0]
}

func (p *ddl) next() ddlToken {
	t := p.peek()
	if len(p.tokens) > 0 {
		p.tokens = p.tokens[1:]
	}
	return t
}

// accept steps over words or signs, if they are next.
func (p *ddl) accept(words ...string) bool {
	if len(p.tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if t := p.tokens[i]; t.quoted != 0 || !strings.EqualFold(t.text, w) {
			return false
		}
	}
	p.tokens = p.tokens[len(words):]
	return true
}

func (p *ddl) fail(format string, args ...any) {
	if p.err == nil {
		d := diag.New("", format, args...)
		d.Line = p.peek().line
		p.err = d
	}
}

func (p *ddl) expect(sign string) {
	if !p.accept(sign) {
		what := "the end"
		if len(p.tokens) > 0 {
			what = excerpt(p.peek().text)
		}
		p.fail("%s is expected here, not %s", sign, what)
	}
}

// name reads a name, in lower case.
func (p *ddl) name() string {
	t := p.peek()
	if t.quoted == '\'' || t.text == "" || t.quoted == 0 && strings.ContainsAny(t.text[:1], "()<>,:;.=") {
		p.fail("a name is expected here, not %s", excerpt(t.text))
		return ""
	}
	return strings.ToLower(p.next().text)
}

func (p *ddl) table() *Table {
	t := &Table{formats: map[string]string{}}
	if !p.accept("CREATE") {
		p.fail("not a CREATE TABLE statement, such as SHOW CREATE TABLE prints")
		return t
	}
	p.accept("EXTERNAL")
	p.expect("TABLE")
	p.accept("IF", "NOT", "EXISTS")
	t.Name = append(t.Name, p.name())
	for p.accept(".") && p.err == nil {
		t.Name = append(t.Name, p.name())
	}
	t.Columns = p.fields("(", ")", 0)
	properties, mapped := map[string]string{}, map[string]string{}
	for len(p.tokens) > 0 && p.err == nil {
		switch {
		case p.accept("PARTITIONED", "BY"):
			t.Partitions = p.fields("(", ")", 0)
		case p.accept("TBLPROPERTIES"):
			p.properties(properties)
		case p.accept("SERDEPROPERTIES"):
			p.properties(mapped)
		case p.accept("CREATE"):
			p.fail("a second statement; give one")
		default:
			p.next()
		}
	}
	t.use(properties, mapped)
	return t
}

// use applies properties: partition projection's dates, and the mapping of OpenX's JSON
// SerDe.
// https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
// https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html
func (t *Table) use(properties, mapped map[string]string) {
	for _, f := range t.Partitions {
		if properties["projection."+f.Name+".type"] == "date" {
			t.formats[f.Name] = properties["projection."+f.Name+".format"]
		}
	}
	for i, c := range t.Columns {
		if json, ok := mapped["mapping."+c.Name]; ok {
			t.Columns[i].JSON = strings.ToLower(json)
		}
	}
}

// properties reads ('key' = 'value', ...).
func (p *ddl) properties(into map[string]string) {
	p.expect("(")
	for p.err == nil && !p.accept(")") {
		key := p.next()
		p.expect("=")
		value := p.next()
		if p.err == nil && (key.quoted == 0 || value.quoted == 0) {
			p.fail("'key'='value' is expected here")
		}
		into[strings.ToLower(key.text)] = value.text
		if !p.accept(",") && p.peek().text != ")" {
			p.expect(")")
		}
	}
}

// fields reads columns, or members of a structure, between two signs.
func (p *ddl) fields(open, end string, depth int) (fields []Field) {
	p.expect(open)
	for p.err == nil {
		f := Field{Name: p.name()}
		p.accept(":")
		f.JSON, f.Type = f.Name, p.typ(depth)
		for p.err == nil && (p.accept("COMMENT") || p.accept("NOT") || p.accept("NULL")) {
			if p.peek().quoted == '\'' {
				p.next()
			}
		}
		if _, doubled := named(fields, f.Name); doubled {
			p.fail("%s is there twice", excerpt(f.Name))
		}
		fields = append(fields, f)
		if p.columns++; p.columns > maxColumns {
			p.fail("more than %d columns", maxColumns)
		}
		if p.accept(end) {
			break
		}
		p.expect(",")
	}
	return fields
}

// simpleTypes are the types without parts. Numbers with fractions are Other: they do not
// print as JSON wrote them.
var simpleTypes = map[string]TypeKind{
	"string": String, "varchar": String, "char": String, "boolean": Boolean,
	"tinyint": Integer, "smallint": Integer, "int": Integer, "integer": Integer, "bigint": Integer,
	"timestamp": Timestamp, "date": Date, "float": Other, "double": Other, "decimal": Other, "binary": Other,
}

func (p *ddl) typ(depth int) Type {
	if depth > maxNesting {
		p.fail("types are nested more than %d deep", maxNesting)
		return Type{}
	}
	word := p.name()
	t := Type{Text: word}
	switch word {
	case "struct":
		t.Kind, t.Fields = Struct, p.fields("<", ">", depth+1)
	case "array":
		p.expect("<")
		of := p.typ(depth + 1)
		p.expect(">")
		t.Kind, t.Of = Array, &of
	case "map":
		p.expect("<")
		p.typ(depth + 1)
		p.expect(",")
		of := p.typ(depth + 1)
		p.expect(">")
		t.Kind, t.Of = Map, &of
	default:
		kind, ok := simpleTypes[word]
		if !ok {
			p.fail("%s is no type of Athena's tables", excerpt(word))
		}
		t.Kind = kind
		if p.accept("(") {
			for p.err == nil && !p.accept(")") {
				if _, err := strconv.Atoi(p.peek().text); err != nil && p.peek().text != "," {
					p.fail("a length is expected here, not %s", excerpt(p.peek().text))
				}
				p.next()
			}
		}
	}
	return t
}
