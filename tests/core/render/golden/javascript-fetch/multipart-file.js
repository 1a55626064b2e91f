const { files } = document.querySelector("input[type=file]");

const data = new FormData();
data.append("title", "Rex");
data.append("photo", files[0], "rex.png");

const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  headers: { "X-Trace": "t-1" },
  body: data
});

console.log(await response.text());
