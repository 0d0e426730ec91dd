package main

import (
	"context"
	"fmt"
	"time"
)

const ends = "request" // or "search", "timeout", "shorter", "detached"

var ended = make(chan struct{})

func main() {
	var request context.Context
	var cancelRequest context.CancelFunc
	if ends == "shorter" {
		request, cancelRequest = context.WithTimeout(context.Background(), time.Minute) //= request-timeout
	} else {
		request, cancelRequest = context.WithCancel(context.Background()) //= request
	}
	defer cancelRequest() //= request-at-end

	var search context.Context
	var cancelSearch context.CancelFunc
	if ends == "timeout" || ends == "shorter" {
		search, cancelSearch = context.WithTimeout(request, 20*time.Millisecond) //= search-timeout
	} else {
		search, cancelSearch = context.WithCancel(request) //= search
	}
	defer cancelSearch() //= search-at-end

	var page context.Context
	cancelPage := func() {}
	switch ends {
	case "detached":
		page = context.WithoutCancel(search)
	case "timeout":
		page, cancelPage = context.WithTimeout(search, time.Minute) //= page-timeout
	default:
		page, cancelPage = context.WithCancel(search) //= page
	}
	defer cancelPage() //= page-at-end

	if ends == "timeout" || ends == "shorter" {
		pages, _ := page.Deadline()
		searchs, _ := search.Deadline()
		fmt.Println("one deadline for both:", pages.Equal(searchs)) //= print-deadline
	}
	go wait("request", request) //= start-request
	go wait("search", search)   //= start-search
	go wait("page", page)       //= start-page

	switch ends {
	case "request", "detached":
		cancelRequest() //= cancel-request
	case "search":
		cancelSearch() //= cancel-search
	}
	<-ended //= first-ended
	<-ended //= second-ended
	switch ends {
	case "request":
		<-ended //= third-ended
	case "search", "timeout", "shorter":
		err := request.Err()               //= look
		fmt.Println("request lives:", err) //= print-look
		cancelRequest()                    //= cancel-rest
		<-ended                            //= last-ended
	}
}

func wait(name string, ctx context.Context) {
	<-ctx.Done()                      //= done
	err := ctx.Err()                  //= err
	fmt.Printf("%s: %v\n", name, err) //= print
	ended <- struct{}{}               //= ended
}
