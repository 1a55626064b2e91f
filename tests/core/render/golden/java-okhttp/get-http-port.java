OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("http://localhost:8080/health?verbose=true")
  .get()
  .build();

Response response = client.newCall(request).execute();
