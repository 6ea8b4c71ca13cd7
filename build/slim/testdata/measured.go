// Program measured writes profiles and a trace of itself.
package main

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
)

func main() {
	var profile, written bytes.Buffer
	if err := trace.Start(&written); err != nil {
		panic(err)
	}
	done := make(chan bool)
	go func() { done <- true }()
	<-done
	runtime.GC()
	trace.Stop()
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 0); err != nil {
		panic(err)
	}
	if profile.Len() > 0 && written.Len() > 0 {
		fmt.Println("a profile and a trace")
	}
}
