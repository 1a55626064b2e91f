package main

import (
	"fmt"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/me"

	req, _ := http.NewRequest("GET", url, nil)

	req.Header.Add("cookie", "sid=SOME_STRING_VALUE; lang=en%20us; empty=")
	req.Header.Add("X-Trace", "t-1")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
