OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/octet-stream");
RequestBody body = RequestBody.create(mediaType, new File("$x 'é` #{y} %s.bin"));
Request request = new Request.Builder()
  .url("https://api.example.com/v1/upload")
  .post(body)
  .addHeader("content-type", "application/octet-stream")
  .build();

Response response = client.newCall(request).execute();
