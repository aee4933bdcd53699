package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// copyTree copies the files of a directory, and of those below it, whose names
// end as told.
func copyTree(dir string, from fs.FS, end string) error {
	return fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, end) {
			return err
		}
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o644)
	})
}

// writeVars writes the -var of a plan's arguments down where every reader of
// Terraform code looks for them.
func writeVars(file, arguments string) error {
	var b strings.Builder
	words := strings.Fields(arguments)
	for i, word := range words {
		if word != "-var" || i+1 == len(words) {
			continue
		}
		name, value, _ := strings.Cut(strings.Trim(words[i+1], `'"`), "=")
		if value != "true" && value != "false" {
			value = fmt.Sprintf("%q", value)
		}
		fmt.Fprintf(&b, "%s = %s\n", name, value)
	}
	if b.Len() == 0 {
		return nil
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// writeParameters writes the parameters of a template as the AWS CLI takes them.
func writeParameters(file string, values map[string]string) error {
	type parameter struct{ ParameterKey, ParameterValue string }
	var all []parameter
	for key, value := range values {
		all = append(all, parameter{key, value})
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, raw, 0o644)
}
