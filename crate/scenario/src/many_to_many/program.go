package main

import (
	"fmt"
	"log"
	"math/rand"
	"strconv"
	"sync"
)

const (
	producers    = 3
	consumers    = 2
	capacity     = 2
	values       = 100
	rounds       = 2      // 0: draw for ever
	requests     = "both" // or "producer", "consumers"
	stopCapacity = 1
	earlyCheck   = true
	wait         = false
)

var (
	dataCh   = make(chan int, capacity)
	stopCh   = make(chan struct{})
	stopReq  = make(chan string, stopCapacity)
	stopName string
	wg       sync.WaitGroup
)

func main() {
	log.SetFlags(0)

	if wait {
		wg.Add(consumers + 1) //= add
	} else {
		wg.Add(consumers) //= add
	}
	go moderator() //= start-moderator
	for i := 1; i <= producers; i++ {
		go producer(i) //= start-producer
	}
	for i := 1; i <= consumers; i++ {
		go consumer(i) //= start-consumer
	}

	wg.Wait()                   //= wait
	name := stopName            //= read-name
	fmt.Println("---> " + name) //= print-name
}

// The only one who closes stopCh, and so nobody closes it twice.
func moderator() {
	if wait {
		defer wg.Done() //= moderator-done
	}
	name := <-stopReq //= moderate
	stopName = name   //= write-name
	close(stopCh)     //= close
}

func producer(number int) {
	for round := 1; ; round++ {
		var value int
		if rounds == 0 {
			value = rand.Intn(values) //= draw
		} else if round > rounds {
			return //= script-ends
		} else {
			value = script(number, round)
		}
		if value == 0 {
			select { //= producer-asks
			case stopReq <- "producer " + strconv.Itoa(number): //= producer-request
			default:
			}
			return
		}
		if earlyCheck {
			select { //= producer-looks
			case <-stopCh: //= producer-early
				return
			default:
			}
		}
		select { //= producer-select
		case <-stopCh: //= producer-stops
			return
		case dataCh <- value: //= send
		}
	}
}

func consumer(number int) {
	defer wg.Done() //= done
	for {
		if earlyCheck {
			select { //= consumer-looks
			case <-stopCh: //= consumer-early
				return
			default:
			}
		}
		select { //= consumer-select
		case <-stopCh: //= consumer-stops
			return
		case value := <-dataCh: //= receive
			if value == values-1 {
				select { //= consumer-asks
				case stopReq <- "consumer " + strconv.Itoa(number): //= consumer-request
				default:
				}
				return
			}
			log.Println(value) //= print
		}
	}
}

// What a producer has to send in a round, counted from 1: numbers that ask for
// nothing, and at the end of the script 0 or the largest value.
func script(producer, round int) int {
	if round == rounds {
		if producer == producers && requests != "consumers" {
			return 0
		}
		if requests != "producer" {
			return values - 1
		}
	}
	return 1 + (10*producer+round-1)%(values-2)
}
