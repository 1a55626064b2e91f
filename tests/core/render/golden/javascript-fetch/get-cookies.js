// Browsers send the cookies that they hold for this host and drop the Cookie header.
const response = await fetch("https://api.example.com/v1/me", {
  credentials: "include",
  headers: { Cookie: "sid=SOME_STRING_VALUE; lang=en%20us; empty=", "X-Trace": "t-1" }
});

console.log(await response.text());
