package main

import (
	"fmt"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name"

	req, _ := http.NewRequest("GET", url, nil)

	req.Header.Add("X-Trace", "SOME_STRING_VALUE")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
