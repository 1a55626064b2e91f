CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "PUT");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "content-type: text/xml");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_easy_setopt(hnd, CURLOPT_POSTFIELDS, "<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n");

CURLcode ret = curl_easy_perform(hnd);
