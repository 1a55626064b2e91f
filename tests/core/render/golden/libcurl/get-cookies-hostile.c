CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");

curl_easy_setopt(hnd, CURLOPT_COOKIE, "a$b='\"\\$HOME #{x} \\(x) %s `id`; c=d=e=f");

CURLcode ret = curl_easy_perform(hnd);
