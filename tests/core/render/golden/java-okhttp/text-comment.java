OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("text/plain");
RequestBody body = RequestBody.create(mediaType, "/* a // b */ \"/*");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/notes?*/")
  .post(body)
  .addHeader("Accept", "*/*")
  .addHeader("content-type", "text/plain")
  .build();

Response response = client.newCall(request).execute();
