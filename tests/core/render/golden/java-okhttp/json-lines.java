OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/json");
RequestBody body = RequestBody.create(mediaType, "{\"text\":\"one\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\"}");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .post(body)
  .addHeader("content-type", "application/json")
  .build();

Response response = client.newCall(request).execute();
