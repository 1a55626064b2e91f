const { files } = document.querySelector("input[type=file]");

const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  headers: { "Content-Type": "application/octet-stream" },
  body: new File([files[0]], "$x 'é` #{y} %s.bin")
});

console.log(await response.text());
