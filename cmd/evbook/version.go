package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
)

// buildVersion is the program's version: that of the module when it was installed by version, else the commit's, else
// "devel".
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return strings.TrimPrefix(v, "v")
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}

// generator names the program in the metadata of books. It leaves out the commit, so that rebuilding the same notes with
// an equal program gives equal bytes.
func generator() string {
	v := buildVersion()
	if strings.HasPrefix(v, "devel") || strings.Contains(v, "-0.") {
		return "evbook"
	}
	return "evbook " + v
}

func (a *app) version(_ context.Context, args []string) error {
	if len(args) > 0 {
		return usageError(fmt.Errorf("version takes no arguments, got %q", args[0]))
	}
	_, err := fmt.Fprintf(a.stdout, "evbook %s\n", buildVersion())
	return err
}
