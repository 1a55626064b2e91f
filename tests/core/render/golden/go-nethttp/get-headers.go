package main

import (
	"fmt"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/pets"

	req, _ := http.NewRequest("GET", url, nil)

	req.Header.Add("accept", "application/json, text/plain;q=0.5")
	req.Header.Add("Authorization", "Bearer REPLACE_token")
	req.Header.Add("X-Empty", "")
	req.Header.Add("A-Last", "1")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
