const { files } = document.querySelector("input[type=file]");

const response = await fetch("https://api.example.com/v1/upload/7", {
  method: "PUT",
  headers: { "Content-Type": "image/png" },
  body: new File([files[0]], "photo.png")
});

console.log(await response.text());
