// Browsers send the cookies that they hold for this host and drop the Cookie header.
const response = await fetch("https://api.example.com/v1/pets", {
  credentials: "include",
  headers: { Cookie: "a$b='\"\\$HOME #{x} \\(x) %s `id`; c=d=e=f" }
});

console.log(await response.text());
