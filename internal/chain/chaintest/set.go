package chaintest

func Code(c string) string { return `{ $.errorCode = "` + c + `" }` }
