const response = await fetch("https://api.example.com/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name", {
  headers: { "X-Trace": "SOME_STRING_VALUE" }
});

console.log(await response.text());
