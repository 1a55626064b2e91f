package main

import (
	"fmt"
	"strings"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/pets/7?notify=true"

	payload := strings.NewReader("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":null}]")

	req, _ := http.NewRequest("PATCH", url, payload)

	req.Header.Add("cookie", "sid=abc")
	req.Header.Add("content-type", "application/json-patch+json")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
