const response = await fetch("https://api.example.com/v1/me", {
  headers: { Cookie: "sid=SOME_STRING_VALUE; lang=en%20us; empty=", "X-Trace": "t-1" }
});

console.log(await response.text());
