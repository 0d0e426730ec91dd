package main

import (
	"context"
	"fmt"
	"time"
)

const (
	calls = "meant"  // or "written"
	ends  = "cancel" // or "timeout", "deadline", "never"
	after = 30       // milliseconds
	rest  = 50
)

func main() {
	background := context.Background()
	var ctx context.Context
	var cancel context.CancelFunc
	switch ends {
	case "cancel":
		ctx, cancel = context.WithCancel(background) //= with-cancel
		go func() {                                  //= start-canceller
			time.Sleep(after * time.Millisecond) //= sleep
			cancel()                             //= cancel
		}()
	case "timeout":
		ctx, cancel = context.WithTimeout(background, after*time.Millisecond) //= with-timeout
		defer cancel()                                                        //= cancel-timeout
	case "deadline":
		deadline := time.Now().Add(after * time.Millisecond)
		ctx, cancel = context.WithDeadline(background, deadline) //= with-deadline
		defer cancel()                                           //= cancel-deadline
	case "never":
		ctx, cancel = context.WithCancel(background) //= with-cancel
		_ = cancel                                   // else go vet objects, and it is right
	}
	answer := A(ctx)
	fmt.Println(answer)                 //= print-a
	time.Sleep(rest * time.Millisecond) //= rest
}

func A(ctx context.Context) string {
	if calls == "written" {
		go fmt.Println(B(ctx)) //= go-println-b
	} else {
		go func() { //= go-b
			answer := B(ctx)
			fmt.Println(answer) //= print-b
		}()
	}
	<-ctx.Done() //= a-done
	return "A Done"
}

func B(ctx context.Context) string {
	if calls == "written" {
		go fmt.Println(C(ctx)) //= go-println-c
	} else {
		go func() { //= go-c
			answer := C(ctx)
			fmt.Println(answer) //= print-c
		}()
	}
	<-ctx.Done() //= b-done
	return "B Done"
}

func C(ctx context.Context) string {
	<-ctx.Done() //= c-done
	return "C Done"
}
