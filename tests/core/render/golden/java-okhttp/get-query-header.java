OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name")
  .get()
  .addHeader("X-Trace", "SOME_STRING_VALUE")
  .build();

Response response = client.newCall(request).execute();
