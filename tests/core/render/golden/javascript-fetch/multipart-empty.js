const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  headers: { "Content-Type": "multipart/form-data; boundary=---011000010111000001101001" },
  body: "-----011000010111000001101001--\r\n"
});

console.log(await response.text());
