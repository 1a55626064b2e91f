const response = await fetch("https://api.example.com/v1/pets", {
  method: "PUT",
  headers: { "Content-Type": "text/xml" },
  body: "<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n"
});

console.log(await response.text());
