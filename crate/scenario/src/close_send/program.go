package main

import "fmt"

const (
	// "receive", "range", "never-closed", "close-twice", "close-nil", "send", "select", "send-nil", "receive-nil",
	// "nil-case", "safe-nil"
	what     = "receive"
	capacity = 0
)

func main() {
	ch := make(chan int, capacity)
	var none chan int
	switch what {
	case "receive":
		go sender(ch, true) //= start
		for i := 0; i < 3; i++ {
			value, ok := <-ch      //= receive
			fmt.Println(value, ok) //= print-received
		}
	case "range", "never-closed":
		go sender(ch, what == "range") //= start
		for value := range ch {        //= range
			fmt.Println(value) //= print
		}
		fmt.Println("the loop is over") //= over
	case "close-twice":
		close(ch) //= close-once
		close(ch) //= close-again
	case "close-nil":
		close(none) //= close-nil
	case "send":
		go sender(ch, false)   //= start
		close(ch)              //= close-under
		value, ok := <-ch      //= receive-after
		fmt.Println(value, ok) //= print-after
	case "select":
		stop := make(chan struct{})
		close(stop) //= close-stop
		close(ch)   //= close-ch
		select {    //= select
		case <-stop:
			fmt.Println("stopped") //= stopped
		case ch <- 1: //= case-send
		}
	case "send-nil":
		none <- 1 //= send-nil
	case "receive-nil":
		<-none //= receive-nil
	case "nil-case":
		go sender(ch, true) //= start
		merge(ch, none)     //= merge
	case "safe-nil":
		close(ch)                                       //= close-first
		fmt.Printf("%s: %t\n", "closed", safeClose(ch)) //= print-closed
		fmt.Printf("%s: %t\n", "nil", safeClose(none))  //= print-nil
	}
}

func sender(ch chan<- int, closes bool) {
	for value := 1; value <= 2; value++ {
		ch <- value //= send
	}
	if closes {
		close(ch) //= close
	}
}

// Receives from both until nothing can come any more. A nil channel is a case that is never ready.
func merge(first, second <-chan int) {
	for {
		select { //= merge-select
		case value, ok := <-first: //= from-first
			if !ok {
				fmt.Println("nothing more") //= nothing-more
				return
			}
			fmt.Println(value) //= print-first
		case value := <-second: //= from-second
			fmt.Println(value) //= print-second
		}
	}
}

// Whether it was this call that closed the channel.
func safeClose(ch chan int) (justClosed bool) {
	defer func() {
		justClosed = recover() == nil
	}()
	close(ch) //= safe-close
	return true
}
