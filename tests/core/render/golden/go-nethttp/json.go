package main

import (
	"fmt"
	"strings"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/pets"

	payload := strings.NewReader("{\"name\":\"string\",\"age\":0,\"weight\":0.1,\"ok\":true,\"tags\":[\"string\"],\"owner\":{\"email\":\"user@example.com\",\"phones\":[{\"kind\":\"home\",\"number\":\"1\"}]}}")

	req, _ := http.NewRequest("POST", url, payload)

	req.Header.Add("Authorization", "Bearer REPLACE_token")
	req.Header.Add("content-type", "application/json")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
