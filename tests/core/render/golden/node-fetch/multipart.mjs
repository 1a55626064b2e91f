const data = new FormData();
data.append("title", "string");
data.append("meta", "{\"k\":0}");

const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  body: data
});

console.log(await response.text());
