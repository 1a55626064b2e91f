OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("http://[::1]:8080/v1/pets?ids%5B%5D=1")
  .get()
  .build();

Response response = client.newCall(request).execute();
