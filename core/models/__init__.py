"""Language models behind one small protocol: servers, vLLM in this process, transformers."""
