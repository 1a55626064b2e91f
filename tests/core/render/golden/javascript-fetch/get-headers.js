const response = await fetch("https://api.example.com/v1/pets", {
  headers: {
    accept: "application/json, text/plain;q=0.5",
    Authorization: "Bearer REPLACE_token",
    "X-Empty": "",
    "A-Last": "1"
  }
});

console.log(await response.text());
