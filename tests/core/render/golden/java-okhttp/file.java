OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("image/png");
RequestBody body = RequestBody.create(mediaType, new File("photo.png"));
Request request = new Request.Builder()
  .url("https://api.example.com/v1/upload/7")
  .put(body)
  .addHeader("content-type", "image/png")
  .build();

Response response = client.newCall(request).execute();
