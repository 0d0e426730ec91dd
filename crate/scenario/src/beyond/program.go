package main

import (
	"fmt"
	"sync"
)

const (
	// "asked", "middle", "middle-keeps", "once-stop", "once-data", "mutex",
	// "mutex-consumer"
	closing   = "asked"
	producers = 2
	values    = 2
	capacity  = 0
)

var (
	dataCh = make(chan int, capacity)
	stopCh = make(chan struct{})
	once   sync.Once
	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
)

func main() {
	finished := make(chan struct{})
	count := producers
	if closing == "asked" {
		count = 1
	}
	wg.Add(count) //= add
	for i := 1; i <= count; i++ {
		go producer(i) //= start-producer
	}
	out := dataCh
	inTheMiddle := closing == "middle" || closing == "middle-keeps"
	if inTheMiddle {
		out = make(chan int)
		go middle(out) //= start-middle
	}
	go consumer(out, finished) //= start-consumer
	if closing == "asked" || inTheMiddle {
		go thirdParty() //= start-third-party
	}
	wg.Wait()  //= wait-producers
	<-finished //= wait-consumer
}

// Anybody may say stop, any number of times: who is first closes.
func sayStop() {
	once.Do(func() { close(stopCh) }) //= once-stop
}

// Neither sends nor receives, and says when it is enough.
func thirdParty() {
	sayStop()
}

func producer(number int) {
	defer wg.Done() //= producer-done
rounds:
	for round := 1; round <= values; round++ {
		value := 10*number + round
		switch closing {
		case "once-data":
			dataCh <- value //= send-plain
		case "mutex", "mutex-consumer":
			if !guardedSend(value) {
				break rounds
			}
		default:
			select { //= producer-select
			case <-stopCh: //= producer-stops
				break rounds
			case dataCh <- value: //= send
			}
		}
	}
	switch closing {
	case "asked":
		close(dataCh) //= producer-closes
	case "once-stop":
		sayStop()
	case "once-data":
		once.Do(func() { close(dataCh) }) //= once-data
	case "mutex":
		guardedClose()
	}
}

// The only one who sends on out, and so the one who may close it.
func middle(out chan<- int) {
	defer close(out) //= middle-closes
	for {
		select { //= middle-select
		case <-stopCh: //= middle-stops
			return
		case value := <-dataCh: //= middle-receives
			if closing == "middle-keeps" {
				out <- value //= forward-first
				continue
			}
			select { //= forward-select
			case <-stopCh: //= forward-stops
				return
			case out <- value: //= forward
			}
		}
	}
}

func consumer(input <-chan int, finished chan<- struct{}) {
	defer close(finished) //= finished
	for {
		var value int
		var ok bool
		if closing == "once-stop" {
			select { //= consumer-select
			case <-stopCh: //= consumer-stops
			case value, ok = <-input: //= receive-or-stop
			}
		} else {
			value, ok = <-input //= receive
		}
		if !ok {
			return
		}
		fmt.Println(value) //= print
		if closing == "mutex-consumer" {
			guardedClose()
			return
		}
	}
}

// Whether it could be sent. The mutex is held while the send waits.
func guardedSend(value int) bool {
	mu.Lock()         //= lock-send
	defer mu.Unlock() //= unlock-send
	if closed {       //= look-send
		return false
	}
	dataCh <- value //= send-guarded
	return true
}

func guardedClose() {
	mu.Lock()         //= lock-close
	defer mu.Unlock() //= unlock-close
	if !closed {      //= look-close
		closed = true //= mark
		close(dataCh) //= close-guarded
	}
}
