package main

import "fmt"

// lengths of the request parameters in bytes, each as likely as the next; with them an
// average record is as long as a real one.
var lengths = []int{4, 4, 53, 80, 90, 120, 140, 160, 190, 220, 240, 260, 300, 320, 340, 360, 400, 501}

// parameters writes what was asked for, of about a length of real ones.
func (w *writer) parameters() {
	length := lengths[w.IntN(len(lengths))]
	if length == 4 {
		w.add("null")
		return
	}
	end := len(w.b) + length
	w.add("{")
	if length > 310 {
		w.add(`"policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}",`)
	}
	w.parameter()
	for len(w.b) < end {
		w.add(",")
		w.parameter()
	}
	w.add("}")
}

// parameter writes one of the forms that parameters have.
func (w *writer) parameter() {
	name := w.pick("filter", "resource", "group", "instance", "parameter", "target") + w.pick("Set", "Name", "Arn", "Value", "Options")
	switch w.IntN(6) {
	case 0:
		w.addf(`"%s":{"items":[{"%sId":"%s-%s"}]}`, name, name, name[:3], w.hex(8))
	case 1:
		w.addf(`"max%s":%d`, name, w.IntN(1000))
	case 2:
		w.addf(`"with%s":%t`, name, w.IntN(2) == 0)
	case 3:
		w.addf(`"%s":{}`, name)
	case 4:
		w.addf(`"%s":"arn:aws:ssm:%s:%s:parameter/app/%s"`, name, w.region, w.account, w.letters(4))
	default:
		w.addf(`"%s":"/credentials/application/of/stage-%d"`, name, w.IntN(100))
	}
}

// response writes what a changing call was answered with.
func (w *writer) response(c call) {
	switch {
	case !c.answered:
		w.add("null")
	case c.service == "signin" && c.code != "":
		w.add(`{"ConsoleLogin":"Failure"}`)
	case c.service == "signin":
		w.add(`{"ConsoleLogin":"Success"}`)
	case c.name == "AssumeRole":
		w.addf(`{"credentials":{"accessKeyId":"ASIA%09dEXAMPLE","sessionToken":%q,"expiration":"Mar 2, 2026, 1:00:00 PM"}}`, w.IntN(1e9), w.letters(400))
	default:
		w.addf(`{"requestId":%q,"_return":true,"version":%d,"resourceId":"r-%s"}`, w.uuid(), w.IntN(9), w.hex(17))
	}
}

// addition writes what sign-ins and some services add.
func (w *writer) addition(c call) {
	switch {
	case c.name == "ConsoleLogin":
		w.addf(`,"additionalEventData":{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAUsed":%q}`, w.pick("Yes", "No"))
	case c.service == "s3":
		w.addf(`,"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"ECDHE-RSA-AES128-GCM-SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"%s=","bytesTransferredOut":%d}`, w.letters(75), w.IntN(1000))
	case c.identity == "":
		w.addf(`,"additionalEventData":{"SecretId":"arn:aws:secretsmanager:%s:%s:secret:s-%s"}`, w.region, w.account, w.letters(6))
	}
}

func (w *writer) add(text string)                   { w.b = append(w.b, text...) }
func (w *writer) addf(format string, values ...any) { w.b = fmt.Appendf(w.b, format, values...) }
func (w *writer) pick(options ...string) string     { return options[w.IntN(len(options))] }
func (w *writer) hex(n int) string                  { return w.text("0123456789abcdef", n) }
func (w *writer) letters(n int) string {
	return w.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", n)
}

func (w *writer) text(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[w.IntN(len(alphabet))]
	}
	return string(b)
}

// uuid is one of version 4.
func (w *writer) uuid() string {
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", w.Uint32(), w.Uint32N(1<<16), w.Uint32N(1<<12), 1<<15|w.Uint32N(1<<14), w.Uint64N(1<<48))
}
