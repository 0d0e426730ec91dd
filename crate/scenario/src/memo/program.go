package main

import (
	"fmt"
	"strings"
	"sync"
)

const (
	// "nothing", "writes-only", "two-sections", "mutex", "ready", "monitor",
	// "filled"
	guard  = "mutex"
	askers = 2
	count  = 1 // setting keys
)

type entry struct {
	result string
	ready  chan struct{} // closed once the result is there
}

type request struct {
	key   string
	reply chan string
}

var (
	keys     = []string{"a", "b", "c", "d", "e"}[:count]
	cache    = map[string]string{}
	entries  = map[string]*entry{}
	mu       sync.Mutex
	requests = make(chan request)
	wg       sync.WaitGroup
)

func main() {
	switch guard {
	case "filled":
		for _, key := range keys {
			cache[key] = slow(key) //= fill
		}
	case "monitor":
		go monitor() //= start-monitor
	}
	wg.Add(askers) //= add
	for i := 1; i <= askers; i++ {
		go asker(i, keys[(i-1)%len(keys)]) //= start
	}
	wg.Wait() //= wait
	if guard == "monitor" {
		close(requests) //= close-requests
	}
}

func asker(number int, key string) {
	defer wg.Done() //= done
	var value string
	switch guard {
	case "nothing":
		value = get(key)
	case "writes-only":
		value = getWritesOnly(key)
	case "two-sections":
		value = getTwoSections(key)
	case "mutex":
		mu.Lock() //= lock
		value = get(key)
		mu.Unlock() //= unlock
	case "ready":
		value = getReady(key)
	case "monitor":
		reply := make(chan string)
		requests <- request{key, reply} //= ask
		value = <-reply                 //= answer
	case "filled":
		value = cache[key] //= look
	}
	fmt.Printf("asker %d: %s\n", number, value) //= print
}

// get is the memo as one would write it for one goroutine.
func get(key string) string {
	if value, ok := cache[key]; ok { //= read
		return value
	}
	value := slow(key)
	cache[key] = value //= write
	return value
}

func getWritesOnly(key string) string {
	if value, ok := cache[key]; ok { //= bare-read
		return value
	}
	value := slow(key)
	mu.Lock()          //= guard-write
	cache[key] = value //= guarded-write
	mu.Unlock()        //= unguard-write
	return value
}

func getTwoSections(key string) string {
	mu.Lock()               //= lock-to-look
	value, ok := cache[key] //= first-section
	mu.Unlock()             //= let-go
	if ok {
		return value
	}
	value = slow(key)
	mu.Lock()          //= lock-again
	cache[key] = value //= second-section
	mu.Unlock()        //= unlock-again
	return value
}

func getReady(key string) string {
	mu.Lock()         //= lock-entries
	e := entries[key] //= find-entry
	if e != nil {
		mu.Unlock() //= unlock-found
		<-e.ready   //= wait-ready
	} else {
		e = &entry{ready: make(chan struct{})}
		entries[key] = e     //= add-entry
		mu.Unlock()          //= unlock-added
		e.result = slow(key) //= fill-entry
		close(e.ready)       //= close-ready
	}
	return e.result //= read-entry
}

func monitor() {
	for r := range requests { //= serve
		r.reply <- get(r.key) //= reply
	}
}

func slow(key string) string {
	fmt.Println("slow", key) //= slow
	return strings.ToUpper(key)
}
