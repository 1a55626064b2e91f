OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/me")
  .get()
  .addHeader("cookie", "sid=SOME_STRING_VALUE; lang=en%20us; empty=")
  .addHeader("X-Trace", "t-1")
  .build();

Response response = client.newCall(request).execute();
