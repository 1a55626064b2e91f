curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"text":"'\''\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //","'\''\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //":"key","$where":"pa$$word"}'
