OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/json");
RequestBody body = RequestBody.create(mediaType, "{\"name\":\"string\",\"age\":0,\"weight\":0.1,\"ok\":true,\"tags\":[\"string\"],\"owner\":{\"email\":\"user@example.com\",\"phones\":[{\"kind\":\"home\",\"number\":\"1\"}]}}");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .post(body)
  .addHeader("Authorization", "Bearer REPLACE_token")
  .addHeader("content-type", "application/json")
  .build();

Response response = client.newCall(request).execute();
