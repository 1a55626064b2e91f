package main

import (
	"fmt"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/pets"

	req, _ := http.NewRequest("GET", url, nil)

	req.Header.Add("X-Hostile", "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //")
	req.Header.Add("X-Tab", "a\tb  c")
	req.Header.Add("X-At", "@file")
	req.Header.Add("X-Semicolon", "a; b=\"c, d\";")
	req.Header.Add("!#$%&'*+-.^_`|~9", "every token character")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
