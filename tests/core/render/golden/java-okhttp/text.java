OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("text/plain");
RequestBody body = RequestBody.create(mediaType, "Hello, Rex!");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .post(body)
  .addHeader("content-type", "text/plain")
  .build();

Response response = client.newCall(request).execute();
