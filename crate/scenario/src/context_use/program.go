package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// "cancelled", "not-cancelled", "struct", "passed", "nil", "todo", "shared",
// "late", "late-room"
const use = "cancelled"

func main() {
	background := context.Background()
	switch use {
	case "cancelled", "not-cancelled":
		ask(background)
	case "nil":
		ask(nil)
	case "todo":
		ask(context.TODO())
	case "struct":
		ctx, cancel := context.WithCancel(background) //= make-client
		c := client{ctx, cancel}
		for number := 1; number <= 2; number++ {
			request(c.ctx, number)
			c.cancel() //= request-over
		}
	case "passed":
		for number := 1; number <= 2; number++ {
			ctx, cancel := context.WithCancel(background) //= make-ctx
			request(ctx, number)
			cancel() //= call-over
		}
	case "shared":
		shared(background)
	case "late":
		late(background, 0)
	case "late-room":
		late(background, 1)
	}
}

// A client with a context inside, which is then the context of all its requests.
type client struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func ask(parent context.Context) {
	fmt.Println("asking")                                   //= asking
	ctx, cancel := context.WithTimeout(parent, time.Minute) //= derive
	defer func() {
		if use != "not-cancelled" {
			cancel() //= cancel
		}
	}()
	answers := make(chan int, 1)
	go worker(answers) //= start-worker
	select {           //= select
	case answer := <-answers: //= answer
		fmt.Println(answer)
	case <-ctx.Done(): //= too-late
		fmt.Println("too late")
	}
}

func worker(answers chan int) {
	answers <- 42 //= send
}

func request(ctx context.Context, number int) {
	err := ctx.Err() //= look
	if err != nil {
		fmt.Printf("request %d: %v\n", number, err) //= refused
	} else {
		fmt.Printf("request %d: ok\n", number) //= ok
	}
}

func shared(background context.Context) {
	ctx, cancel := context.WithCancel(background) //= make-shared
	var wg sync.WaitGroup
	wg.Add(3) //= add
	for number := 1; number <= 3; number++ {
		go func() { //= start-shared
			if number == 1 {
				cancel() //= cancel-shared
			}
			<-ctx.Done()                               //= done
			err := ctx.Err()                           //= err
			fmt.Printf("worker %d: %v\n", number, err) //= print
			wg.Done()                                  //= wg-done
		}()
	}
	wg.Wait() //= wait
	cancel()  //= cancel-again
}

// Gives up before the answer is there. Whether the worker can then leave
// depends on the room for its answer.
func late(background context.Context, room int) {
	ctx, cancel := context.WithTimeout(background, 20*time.Millisecond) //= derive-short
	defer cancel()                                                      //= cancel-short
	answers := make(chan int, room)
	go slowWorker(answers) //= start-slow
	select {               //= select-late
	case answer := <-answers: //= in-time
		fmt.Println(answer)
	case <-ctx.Done(): //= given-up
		fmt.Println("too late")
	}
}

func slowWorker(answers chan int) {
	time.Sleep(200 * time.Millisecond) //= work
	answers <- 42                      //= send-late
}
