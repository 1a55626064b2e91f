// Browsers send the cookies that they hold for this host and drop the Cookie header.
const response = await fetch("https://api.example.com/v1/pets/7?notify=true", {
  method: "PATCH",
  credentials: "include",
  headers: { Cookie: "sid=abc", "Content-Type": "application/json-patch+json" },
  body: JSON.stringify([{ op: "replace", path: "/name", value: null }])
});

console.log(await response.text());
