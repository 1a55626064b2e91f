// Renders documents with openapi-snippet, as the benchmark "speed" asks: one process, parsing not
// timed, every operation in API Pack's ten targets, an operation that throws costs only itself.
//
//   node openapi_snippet.cjs MODULES_DIR TASKS_JSON RESULTS_JSONL
//
// TASKS_JSON holds [{"name", "path"}, …]; RESULTS_JSONL gets one line per document:
// {"name", "seconds", "cpu_seconds", "operations", "snippets", "bytes", "failed": [[path, method], …]}.

const fs = require("fs");
const { createRequire } = require("module");

const [modulesDir, tasksPath, resultsPath] = process.argv.slice(2);
const { getEndpointSnippets } = createRequire(modulesDir + "/")("openapi-snippet");

const TARGETS = [
  "shell_curl", "java_okhttp", "node_request", "python_python3", "go_native",
  "ruby_native", "php_curl", "swift_nsurlsession", "c_libcurl", "javascript_xhr",
];
const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

console.log = console.warn = () => {}; // where the library reports what it cannot do

function render(root) {
  const result = { seconds: 0, cpu_seconds: 0, operations: 0, snippets: 0, bytes: 0, failed: [] };
  for (const [path, item] of Object.entries(root.paths || {})) {
    for (const method of Object.keys(item || {}).filter((key) => METHODS.has(key))) {
      result.operations += 1;
      const [started, cpuStarted] = [process.hrtime.bigint(), process.cpuUsage()];
      let snippets = [];
      try {
        snippets = getEndpointSnippets(root, path, method, TARGETS).snippets;
      } catch (error) {
        result.failed.push([path, method]);
      }
      result.seconds += Number(process.hrtime.bigint() - started) / 1e9;
      const { user, system } = process.cpuUsage(cpuStarted);
      result.cpu_seconds += (user + system) / 1e6;
      result.snippets += snippets.length;
      for (const { content } of snippets) result.bytes += Buffer.byteLength(content);
    }
  }
  return result;
}

const results = fs.openSync(resultsPath, "w");
for (const { name, path } of JSON.parse(fs.readFileSync(tasksPath, "utf8"))) {
  const result = render(JSON.parse(fs.readFileSync(path, "utf8")));
  fs.writeSync(results, JSON.stringify({ name, ...result }) + "\n");
}
